"""What the records cannot carry is refused with a reason for the reader, and the rest of the report stands."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data_contracts.vocabulary.field import Edition, Stamp
from tests.effects.invented import people, records
from tests.effects.road import Road, study, travelled, with_views
from tests.effects.stamped_words import words_not_allowed
from tests.effects.test_designs_in_the_report import COMPARISON, SERIES, STAGGERED, STARTS, road


def measured_once(who: pd.DataFrame) -> pd.DataFrame:
    return who.assign(finances_after=np.nan, housing_after=np.nan)


def everybody_at_the_ceiling(who: pd.DataFrame) -> pd.DataFrame:
    return who.assign(finances_before=5, finances_after=5)


def nobody_alike(who: pd.DataFrame) -> pd.DataFrame:
    """In the approach only low starting scores, outside it only high ones."""
    return who.assign(finances_before=np.where(who["team_no"] < 5, 1, 4), finances_after=3.0 + who["client_no"] % 3)


def refused(design: str, spoiled: pd.DataFrame, starts: dict[int, str | None] = STARTS) -> Road:
    return travelled(with_views(records(spoiled, starts)), study(design))


CASES = {
    "one moment only": (STAGGERED, measured_once, STARTS, "Cliënten zijn maar één keer gemeten"),
    "one team only": (STAGGERED, lambda who: who, {1: "2021-08-01"}, "minstens 2 zijn nodig"),
    "at the ceiling": ("kind: before_after", everybody_at_the_ceiling, STARTS, "Bijna alle cliënten hebben dezelfde"),
    "at the ceiling, compared": (STAGGERED, everybody_at_the_ceiling, STARTS, "Bijna alle cliënten hebben dezelfde"),
    "nobody alike": (COMPARISON % "difference", nobody_alike, STARTS, "Er blijft geen vergelijking over"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_refusal_says_why_and_the_rest_stands(case: str) -> None:
    design, spoil, starts, reason = CASES[case]
    found = refused(design, spoil(people(starts)), starts)
    assert reason in found.cause
    assert len(found.chapters) == 14
    if case not in ("one moment only", "one team only"):
        row = found.rows(life_domain="housing", measure=found.study.design.headline_measure).iloc[0]
        assert row["refused_because"] is None or pd.isna(row["refused_because"])
        assert np.isfinite(row["estimate"])


def test_with_one_team_the_margin_is_said_to_be_about_its_clients_only() -> None:
    found = refused("kind: before_after", people({1: None}), {1: None})
    assert "De marges gaan daarom alleen over deze cliënten." in found.cause
    assert found.rows(measure="mean_change")["ci_low"].notna().all()


def test_a_design_that_fell_back_may_not_say_effect_and_leaves_no_comparison_to_the_mkba() -> None:
    starts = {1: "2021-08-01"}
    found = refused(STAGGERED, people(starts), starts)
    assert not words_not_allowed(found.report, Stamp.CHANGE)
    joint = found.out["out_effects__joint"]
    assert set(joint["vector"]) == {"before_after/mean_change/all/all"}
    assert found.rows(design="staggered")["estimate"].isna().all()


def test_the_lost_are_those_whose_year_is_over_and_every_part_adds_up() -> None:
    who = people(STARTS)
    who.loc[who["client_no"] % 4 == 0, ["finances_after", "housing_after"]] = np.nan
    found = road(STAGGERED, who)
    table = found.est["est_effects__who_is_missing"]
    whole = table[table["value"] == "all"].set_index("known_at_start")[["n_clients", "n_measured"]]
    parts = table[table["value"] != "all"].groupby("known_at_start")[["n_clients", "n_measured"]].sum()
    assert parts.equals(whole)
    over = who["intake"] + pd.DateOffset(months=12) <= who["intake"].max() + pd.Timedelta(days=300)
    assert whole["n_clients"].max() == pytest.approx(int(over.sum()), abs=25)
    assert "Opnieuw gemeten" in found.cause


def test_what_clients_say_is_an_outcome_when_they_were_asked_twice() -> None:
    who = people(STARTS)
    marks = pd.concat(
        [
            pd.DataFrame({"client_no": who["client_no"], "asked_on": who["intake"], "value": 6.0}),
            pd.DataFrame(
                {
                    "client_no": who["client_no"],
                    "asked_on": who["intake"] + pd.Timedelta(days=200),
                    "value": 6.5 + who["exposed"] + who["client_no"] % 2 / 2,
                }
            ),
        ]
    ).assign(scale="mark_1_10", record_no=None)[["client_no", "asked_on", "scale", "value", "record_no"]]
    tables = records(who, STARTS)
    asked_twice = travelled(with_views(tables | {"experienced": marks}), study(STAGGERED))
    row = asked_twice.rows(subject="experienced", measure="effect").iloc[0]
    assert (row["what"], row["unit"]) == ("mark_1_10", "mark")
    assert row["estimate"] == pytest.approx(1.0, abs=0.05)
    assert "Ervaren baat (punt op het rapportcijfer)" in asked_twice.cause
    asked_once = travelled(with_views(tables | {"experienced": marks.head(len(who))}), study(STAGGERED))
    assert asked_once.rows(subject="experienced").empty


DESIGNS = ["kind: before_after", STAGGERED, COMPARISON % "difference", SERIES]


@pytest.mark.parametrize("design", DESIGNS)
def test_without_any_score_there_is_no_figure_and_the_report_stands(design: str) -> None:
    who = people(STARTS)
    found = travelled(with_views({"teams": records(who, STARTS)["teams"]}), study(design))
    assert found.out["out_effects__estimates"].empty and found.out["out_effects__joint"].empty
    assert "Waar dit op rust" not in found.report
    assert "<h1" in found.page


@pytest.mark.parametrize("design", DESIGNS)
def test_the_zrm_for_youths_has_effects_of_its_own_and_is_never_called_that_of_adults(design: str) -> None:
    found = records(people(STARTS), STARTS)
    young = found | {"assessments": found["assessments"].assign(edition="zrm_youth_2020")}
    of_young = study(design).model_copy(update={"editions": [Edition.YOUTH_2020]})
    road = travelled(with_views(young), of_young)
    estimates = road.out["out_effects__estimates"]
    as_adults = travelled(with_views(found), study(design)).out["out_effects__estimates"]
    # The same scores give the same figures, under another name.
    measures = as_adults[~as_adults["measure"].str.contains("_at_|imputed|reweighted")].reset_index(drop=True)
    assert set(estimates["subject"]) == {"zrm_youth"}
    pd.testing.assert_series_equal(estimates["estimate"], measures["estimate"])
    # Change before and after is no effect: it has no line among the outcomes of the approach.
    assert ("Jongeren: Financiën (punten)" in road.report) is (design != "kind: before_after")
