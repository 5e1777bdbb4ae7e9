"""For whom it works: the default sentence, a real difference, and what the gate and the ledger see of the groups."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data_contracts.errors import StudyError
from data_contracts.gate.asked import declared_open, rows_that_may_leave
from data_contracts.study import Study
from data_contracts.tables.contributions import outcome_name
from data_contracts.vocabulary.field import ALL
from data_contracts.yaml_file import as_model
from reports.content.cause.for_whom import NOT_COMPARED, NOT_DECLARED, NOT_EQUAL, for_whom, for_whom_told
from reports.content.parts import Figure, Part, Table
from tests.effects.group_towns import COMPARISON, DOMAINS, STAGGERED, STUDY, GroupRoad, GroupWorld, study_of, travelled
from tests.effects.road import facts_of

BEFORE_AFTER = "kind: before_after"


def road(seed: int = 1, design: str = STAGGERED, **world: object) -> GroupRoad:
    return travelled(GroupWorld(**{"clients": (2500, 2500)} | world), design, np.random.default_rng(seed))


@pytest.fixture(scope="module")
def alike() -> GroupRoad:
    return road()


def tables_in(parts: list[Part]) -> list[Table]:
    return [part.table for part in parts if isinstance(part, Figure)]


def test_groups_of_one_effect_do_not_demonstrably_differ_and_that_is_not_called_equal(alike: GroupRoad) -> None:
    told = "Tussen groepen naar leeftijd en huishouden verschilt het effect niet aantoonbaar."
    assert for_whom_told(alike.source) == told
    assert [part.words for part in for_whom(alike.source)[1:3]] == [told, NOT_EQUAL]


@pytest.mark.parametrize("design", [STAGGERED, COMPARISON % "difference", COMPARISON % "ancova"])
def test_a_group_that_gains_much_more_is_told_apart_with_both_figures(design: str) -> None:
    words = for_whom_told(road(design=design, extra={"alleen": 1.2}).source)
    assert "voor alleen aantoonbaar groter dan voor de andere groepen: +1," in words
    assert "voor met anderen aantoonbaar kleiner dan" in words
    assert "leeftijd" not in words


def test_groups_stand_in_the_order_of_their_names_each_beside_everybody(alike: GroupRoad) -> None:
    ages, households = tables_in(for_whom(alike.source))
    assert [row[0] for row in households.rows[:3]] == [
        "Financiën: Iedereen samen",
        "Financiën: alleen",
        "Financiën: met anderen",
    ]
    assert [row[0].partition(": ")[2] for row in ages.rows[1:5]] == [
        "leeftijd 18 tot en met 26",
        "leeftijd 27 tot en met 44",
        "leeftijd 45 tot en met 66",
        "leeftijd 67 en ouder",
    ]


def test_what_leaves_is_rounded_and_no_group_of_few_on_either_side_has_a_figure(alike: GroupRoad) -> None:
    shown = alike.rows[alike.rows["effect"].notna()]
    assert len(shown) and (shown["n_clients"] % 5 == 0).all()
    few = road(clients=(260, 260))
    large = few.exact[few.exact["effect"].notna() & few.exact["slice"].eq("age_band")]
    assert len(large) < 16 and (large["n_clients"] >= 20).all()
    refused = few.rows[few.rows["refused_because"].notna()]
    assert refused["effect"].isna().all() and refused["p_value"].isna().all()


def test_the_ledger_knows_everybody_who_adds_to_the_figure_of_a_group(alike: GroupRoad) -> None:
    people = {one.outcome: set(one.client_no.tolist()) for one in alike.added}
    for row in alike.exact.to_dict("records"):
        own = people[
            outcome_name("for_whom", [row[name] for name in ("subject", "life_domain", "slice", "slice_value")])
        ]
        assert len(own) >= row["n_clients"]
        everybody = people[outcome_name("for_whom", [row["subject"], row["life_domain"], ALL, ALL])]
        assert row["slice"] == ALL or own >= everybody  # each is drawn to the whole


def test_of_two_groups_there_is_one_difference_and_the_correction_counts_it_once(alike: GroupRoad) -> None:
    rows = alike.rows[(alike.rows["slice"] == "household")]
    for _, pair in rows.groupby("life_domain"):
        assert len(set(pair["p_adjusted"])) == 1
    n_tests = 4 * 4 + 4  # ages and households, in four life domains
    least = alike.rows["p_value"].min()
    assert alike.rows["p_adjusted"].min() == pytest.approx(min(n_tests * least, 1), abs=0.002)


def test_without_a_comparison_there_is_no_effect_and_so_no_difference_in_it() -> None:
    found = road(design=BEFORE_AFTER)
    assert found.exact.empty
    assert for_whom_told(found.source) == NOT_COMPARED


def test_a_study_that_declared_no_groups_says_that_nobody_looked(alike: GroupRoad) -> None:
    study = study_of(STAGGERED)
    bare = study.model_copy(update={"design": study.design.model_copy(update={"for_whom": []})})
    source = type(alike.source)(facts_of(bare), alike.source.tables)
    assert for_whom_told(source) == NOT_DECLARED


def test_a_declared_slice_leaves_in_this_table_and_in_no_other() -> None:
    study = study_of(STAGGERED)
    asked = [one.model_copy(update={"shown": "asked"}) if one.name != ALL else one for one in study.slices]
    frame = pd.DataFrame({"slice": [ALL, "age_band", "household"]})
    opened = declared_open(study)
    assert len(rows_that_may_leave("out_effects__for_whom", frame, asked, opened)) == 3
    assert len(rows_that_may_leave("out_change__by_domain", frame, asked, opened)) == 1


@pytest.mark.parametrize(
    ("slice_", "told"),
    [
        ("solution_kind", "staat niet vast voordat de hulp begint"),
        ("provider", "staat niet vast voordat de hulp begint"),
        ("cohort", "staat niet vast voordat de hulp begint"),
        ("area", "staat niet onder slices"),
        ("household", "staat er twee keer"),
    ],
)
def test_what_cannot_be_looked_at_is_refused_in_study_yaml(slice_: str, told: str) -> None:
    declared = [slice_, *(["household"] if slice_ == "household" else [])]
    more = "".join(f"\n    - {{slice: {one}, because: Verzonnen om de software te toetsen.}}" for one in declared)
    text = STUDY.format(domains=", ".join(DOMAINS), design=STAGGERED)
    with pytest.raises(StudyError, match=told):
        as_model(text[: text.rindex("  for_whom:")] + f"  for_whom:{more}\n", Study, "study.yaml")
