"""Questions of the council open nothing: not one after the other, and not all together."""

from __future__ import annotations

import pandas as pd
import pytest
from attacker import ranges
from differencing import ASKED_DOMAINS, ASKED_SLICES, SLICES_TO_ASK, Tally, asked
from municipality import change_table, clients
from plain_ledger import remembered

from data_contracts.gate.asked import Opened, opened_slices, rows_that_may_leave
from data_contracts.gate.summary import Released
from data_contracts.protection import Thresholds
from data_contracts.slices import Slice

CHANGE = "out_change__by_domain"
THRESHOLD, BASE = 10, 5


@pytest.fixture(scope="module")
def thirty() -> tuple[Tally, Released]:
    tally, shown, _ = asked(1)
    assert len(shown) == 30
    return tally, shown[-1]


@pytest.mark.slow
def test_of_thirty_random_questions_no_figure_moves_by_a_few_people(thirty: tuple[Tally, Released]) -> None:
    tally, _ = thirty
    assert tally.told == 0
    assert tally.anew >= 0.95 * tally.free > 0


def test_fewer_questions_tell_without_the_ledger() -> None:
    assert asked(1, n_questions=8, with_ledger=False)[0].told > 0


@pytest.mark.slow
@pytest.mark.parametrize("domain", ASKED_DOMAINS)
def test_after_thirty_questions_no_hidden_count_can_be_told(thirty: tuple[Tally, Released], domain: str) -> None:
    out = thirty[1].frame
    block = out[out["life_domain"] == domain]
    threshold = 20 if domain == "addiction" else THRESHOLD
    # Of these the name of a small group does not stand there, and its people are in none that does.
    open_slices = tuple(one for one in ASKED_SLICES if one.startswith("target_group") and one in set(block["slice"]))
    found = ranges(block, threshold, BASE, rest=False, enough=BASE, open_slices=open_slices)
    assert (found["high"] - found["low"] >= BASE).all(), found[found["high"] - found["low"] < BASE]


def test_a_slice_that_nobody_asked_for_does_not_come_to_the_gate() -> None:
    table = pd.concat([_asked_table("housing"), _asked_table("finances")])
    opened = [Opened.of(CHANGE, "cohort", {"life_domain": "finances"})]
    left = rows_that_may_leave(CHANGE, table, SLICES, opened)
    assert set(left.loc[left["life_domain"] == "housing", "slice"]) == {"all", "team_type"}
    assert set(left.loc[left["life_domain"] == "finances", "slice"]) == {"all", "team_type", "cohort"}
    assert [one.name for one in opened_slices(SLICES, [])] == ["all", "team_type"]


def test_a_question_about_one_table_opens_no_other() -> None:
    opened = [Opened.of("out_care__use", "cohort", {"life_domain": "housing"})]
    left = rows_that_may_leave(CHANGE, _asked_table("housing"), SLICES, opened)
    assert "cohort" not in set(left["slice"])


SLICES = [
    Slice(name="all"),
    Slice(name="team_type", merges_into="all"),
    Slice(name="cohort", merges_into="all", shown="asked"),
]


def _asked_table(domain: str) -> pd.DataFrame:
    return change_table(clients(3, [40, 30], cohorts=3), domain, ("all", "team_type", "cohort"))


def test_a_slice_may_ask_more_people_than_the_study_does(gate) -> None:
    people = clients(5, [60, 60]).assign(referred_by=lambda own: ["politie" if at < 13 else "zelf" for at in own.index])
    table = change_table(people, slices=("all", "referred_by"))
    rows = {row["slice_value"]: row["status"] for row in gate(table, slices=SLICES_TO_ASK).frame.to_dict("records")}
    assert rows["politie"] in ("too_few", "secondary")


def test_the_name_of_a_group_under_the_threshold_does_not_leave(gate) -> None:
    people = clients(5, [60, 60]).assign(referred_by=lambda own: ["tante" if at < 7 else "zelf" for at in own.index])
    out = gate(change_table(people, slices=("all", "referred_by")), slices=SLICES_TO_ASK)
    assert "tante" not in set(out.frame["slice_value"])
    assert out.summary.left_out == 1


@pytest.mark.parametrize("seed", [0, 4])
def test_a_count_that_was_shown_once_and_is_hidden_since_does_not_take_all_others_with_it(gate, seed: int) -> None:
    """A study that asks more people hides parts that stood there; what was told then, nothing can untell."""
    people, stricter = clients(seed, [40, 60, 33]), Thresholds(clients=12)
    shown = [gate(change_table(people))]
    shown.append(gate(change_table(people), ledger=remembered(*shown), thresholds=stricter))
    later = people[~people["client"].isin(people.loc[people["team"] == "Team 01", "client"].head(20))]
    shown.append(gate(change_table(later), ledger=remembered(*shown), thresholds=stricter))
    parts = [one.frame.filter(regex="^n_.*[a-z]$").select_dtypes("number").isna() for one in shown]
    assert (parts[1] & ~parts[0]).to_numpy().any(), "nothing was hidden that stood there"
    assert set(shown[2].frame["status"]) <= {"released", "banded"}
