"""Behind the gate the rows of teams part from the rest; nothing is lost, and nobody is named who did not agree."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from municipality import change_table, clients

from data_contracts.errors import ContractBroken, StudyError
from data_contracts.gate.asked import rows_that_may_leave
from data_contracts.gate.ledger import Before
from data_contracts.gate.named_teams import parted
from data_contracts.gate.team_outcomes import release_link_tests, release_logic_spread
from data_contracts.protection import Thresholds
from data_contracts.study import Study
from data_contracts.tables.team_years import LINK_TESTS, SPREAD
from data_contracts.yaml_file import as_model
from indicators.results_logic.values.frames import frame_of

STUDY = Path(__file__).parents[2] / "studies" / "voorbeeldstad" / "study.yaml"
SLICES = ("all", "team_type", "team", "cohort")


def test_the_rows_of_teams_and_the_rest_are_together_the_table_that_was_audited(gate) -> None:
    frame = gate(change_table(clients(7, [40, 25, 33, 21, 60]), slices=SLICES)).frame
    found = parted(frame, [])
    assert "team" not in set(found.released["slice"])
    assert set(found.of_teams["slice"]) == {"team"}
    together = pd.concat([found.released, found.of_teams]).sort_values(["slice", "slice_value"], ignore_index=True)
    pd.testing.assert_frame_equal(together, frame.sort_values(["slice", "slice_value"], ignore_index=True))


def test_a_team_that_agreed_is_named_however_its_name_is_spelled_and_keeps_its_own_rows(gate) -> None:
    frame = gate(change_table(clients(7, [40, 25, 33, 21, 60]), slices=SLICES)).frame
    found = parted(frame, ["TEAM 01"])
    named = found.released[found.released["slice"] == "team"]
    assert set(named["slice_value"]) == {"Team 01"}
    assert "Team 01" in set(found.of_teams["slice_value"])


def test_small_teams_together_are_no_team_and_have_no_circle(gate) -> None:
    frame = gate(change_table(clients(7, [40, 45, 4, 5, 3]), slices=SLICES)).frame
    assert "overig" in set(frame["slice_value"])
    found = parted(frame, ["overig"])
    assert "overig" not in {*found.released["slice_value"], *found.of_teams["slice_value"]}


def test_cells_of_a_team_and_a_year_do_not_come_to_the_gate() -> None:
    table = change_table(clients(7, [40, 25], cohorts=3), slices=(*SLICES, "team+cohort"))
    left = rows_that_may_leave("out_change__by_domain", table, [], [])
    assert set(left["slice"]) == set(SLICES)


def test_what_team_years_told_leaves_in_two_digits_with_its_numbers_and_its_verdict() -> None:
    row = {name: None for name in LINK_TESTS.columns} | {
        "tree": "boom",
        "link": "a-b",
        "one_from": 0.2,
        "one_to": 0.0512,
        "is_hidden_from": False,
        "is_hidden_to": False,
        "n_teams": 14,
        "n_team_years": 53,
        "periods": "2022 tot en met 2025",
        "lag_months": 0,
        "adjusted_for": "",
        "not_adjusted_for": "",
        "slope": 1.23456,
        "slope_low": 0.98765,
        "spread_from": 2.3456,
        "verdict": "moves_along",
        "has_team_years": True,
    }
    found = release_link_tests(frame_of(LINK_TESTS, [row]), Thresholds(), Before()).frame.iloc[0]
    figures = ["slope", "slope_low", "spread_from", "one_to"]
    assert found[figures].tolist() == pytest.approx([1.2, 0.99, 2.3, 0.051])
    assert (found["n_teams"], found["n_team_years"], found["verdict"]) == (14, 53, "moves_along")
    assert pd.isna(found["slope_high"])


def test_the_spread_of_fewer_than_five_teams_does_not_pass() -> None:
    row = {"tree": "boom", "indicator": "i", "unit": "share", "low": 0.1234, "middle": 0.2, "high": 0.3}
    enough, few = (frame_of(SPREAD, [row | {"n_teams": n_teams}]) for n_teams in (5, 4))
    assert release_logic_spread(enough, Thresholds(), Before()).frame["low"].tolist() == [0.12]
    with pytest.raises(ContractBroken, match="est_logic__spread"):
        release_logic_spread(few, Thresholds(), Before())


def test_consent_says_who_agreed_and_when_and_each_team_agrees_once() -> None:
    text = STUDY.read_text(encoding="utf-8")
    consent = "  - team: Team Noord\n    agreed_by: teamoverleg\n    agreed_on: 2026-01-12\n"
    assert as_model(text, Study, "study.yaml").named_teams == []
    study = as_model(f"{text}named_teams:\n{consent}", Study, "study.yaml")
    assert [(one.team, one.agreed_by, one.agreed_on.year) for one in study.named_teams] == [
        ("Team Noord", "teamoverleg", 2026)
    ]
    for wrong, words in (
        (consent + consent, "een team staat er twee keer"),
        ("  - team: Team Noord\n", "agreed_by': dit ontbreekt"),
        ("  - Team Noord\n", "sleutels met waarden"),
    ):
        with pytest.raises(StudyError, match=words):
            as_model(f"{text}named_teams:\n{wrong}", Study, "study.yaml")
