"""Two releases side by side tell no more than each by itself."""

from __future__ import annotations

import datetime as dt
import json

import pandas as pd
import pytest
from municipality import change_table, clients

from data_contracts.contract import empty_frame, require
from data_contracts.gate.ledger import LEDGER, new_entries
from data_contracts.gate.summary import Released

DAY = dt.date(2025, 3, 1)
NOT_FIGURES = ["status", "held_from"]
TEAMS = [40, 7, 60, 25, 33]


def remembered(*releases: Released) -> pd.DataFrame:
    entries = [new_entries(one.cells, f"release-{at}", DAY) for at, one in enumerate(releases)]
    ledger = pd.concat([empty_frame(LEDGER), *entries], ignore_index=True)
    require(LEDGER, ledger)
    return ledger


def rows_with(frame: pd.DataFrame, *groups: str) -> pd.DataFrame:
    return frame[frame["slice_value"].isin(groups)]


@pytest.mark.parametrize("n_left", [1, 5, 9])
def test_a_team_that_shrinks_by_fewer_than_the_threshold_shows_its_earlier_row(gate, n_left: int) -> None:
    people = clients(5, TEAMS)
    first = gate(change_table(people))
    gone = people[people["team"] == "Team 02"]["client"].head(n_left)
    second = gate(change_table(people[~people["client"].isin(gone)]), ledger=remembered(first))
    pd.testing.assert_frame_equal(
        first.frame.drop(columns=NOT_FIGURES), second.frame.drop(columns=NOT_FIGURES), check_exact=True
    )
    touched = rows_with(second.frame, "all", "Team 02")
    assert touched[NOT_FIGURES].to_numpy().tolist() == [["held", "release-0"]] * 2
    assert rows_with(second.frame, "Team 00", "Team 03")["held_from"].isna().all()


def test_a_team_that_changes_by_the_threshold_is_shown_anew(gate) -> None:
    people = clients(5, TEAMS)
    first = gate(change_table(people))
    gone = people[people["team"] == "Team 02"]["client"].head(10)
    second = gate(change_table(people[~people["client"].isin(gone)]), ledger=remembered(first))
    assert not rows_with(second.frame, "all", "Team 02")["status"].isin(["held"]).any()


def test_many_small_changes_are_shown_once_they_add_up(gate) -> None:
    people = clients(5, [60, 40])
    releases = [gate(change_table(people))]
    for n_left in (4, 8, 12):
        now = people[~people["client"].isin(range(n_left))]
        releases.append(gate(change_table(now), ledger=remembered(*releases)))
    is_held = [rows_with(one.frame, "Team 00")["status"].iloc[0] == "held" for one in releases]
    assert is_held == [False, True, True, False]


def test_a_correction_of_the_same_people_shows_the_earlier_row(gate) -> None:
    people = clients(5, TEAMS)
    first = gate(change_table(people))
    corrected = people.assign(after=people["after"].where(people["team"] != "Team 02", 5))
    second = gate(change_table(corrected), ledger=remembered(first))
    assert rows_with(second.frame, "Team 02")["status"].tolist() == ["held"]
    pd.testing.assert_frame_equal(first.frame.drop(columns=NOT_FIGURES), second.frame.drop(columns=NOT_FIGURES))


def test_the_same_release_again_is_the_same_to_the_byte_and_adds_nothing_to_the_ledger(gate) -> None:
    table = change_table(
        clients(7, [40, 7, 12, 25, 33, 21], cohorts=3), slices=("all", "team", "cohort", "team+cohort")
    )
    first = gate(table)
    ledger = remembered(first)
    second = gate(table, ledger=ledger)
    third = gate(table.sample(frac=1, random_state=1), ledger=ledger)
    pd.testing.assert_frame_equal(first.frame, second.frame)
    pd.testing.assert_frame_equal(first.frame, third.frame)
    assert new_entries(second.cells, "release-1", DAY).empty


def test_a_group_hidden_to_protect_another_stays_hidden_for_the_same_people(gate) -> None:
    # Team 01 has 9 clients and Team 00 is hidden with it; a newcomer brings Team 01 over the threshold.
    people = clients(2, [21, 9])
    keeps_its_name = change_table(clients(3, [40, 30]), "finances")
    first = gate(pd.concat([change_table(people), keeps_its_name], ignore_index=True))
    hidden = first.frame[(first.frame["life_domain"] == "housing") & first.frame["n_clients"].isna()]
    assert set(hidden["slice_value"]) == {"Team 00", "Team 01"}
    more = pd.concat([people, people.tail(1).assign(team="Team 01", client=999)], ignore_index=True)
    second = gate(pd.concat([change_table(more), keeps_its_name], ignore_index=True), ledger=remembered(first))
    in_housing = second.frame[second.frame["life_domain"] == "housing"]
    assert rows_with(in_housing, "Team 00")["status"].tolist() == ["secondary"]


def test_almost_the_same_people_under_another_definition_are_not_shown(gate) -> None:
    people = clients(5, [60, 40])
    first = gate(change_table(people), definition="replicates within 30 days")
    fewer = people[people["client"] > 3]
    second = gate(change_table(fewer), definition="replicates within 60 days", ledger=remembered(first))
    assert rows_with(second.frame, "all", "Team 00")["status"].tolist() == ["refused", "refused"]


def test_the_same_people_under_another_definition_may_be_shown(gate) -> None:
    table = change_table(clients(5, [60, 40]))
    first = gate(table, definition="one")
    second = gate(table, definition="two", ledger=remembered(first))
    pd.testing.assert_frame_equal(first.frame, second.frame)


def test_without_hashes_the_number_of_clients_stands_for_the_people(gate) -> None:
    people = clients(5, [60, 40])
    first = gate(change_table(people).drop(columns="population"))
    swapped = people.assign(after=people["after"].sample(frac=1, random_state=2).to_numpy())
    second = gate(change_table(swapped).drop(columns="population"), ledger=remembered(first))
    pd.testing.assert_frame_equal(first.frame.drop(columns=NOT_FIGURES), second.frame.drop(columns=NOT_FIGURES))


def test_the_ledger_holds_exact_numbers_and_the_table_does_not(gate) -> None:
    first = gate(change_table(clients(5, [61, 42])))
    ledger = remembered(first)
    assert sorted(ledger["n_clients"]) == [42, 61, 103]
    assert first.frame["n_clients"].tolist() == [105, 60, 40]
    assert json.loads(ledger["row"].iloc[0])["n_clients"] == 105


def test_what_was_told_of_a_small_group_before_counts_in_the_next_audit(gate) -> None:
    people = clients(5, TEAMS)
    first = remembered(gate(change_table(people)))
    small = first[first["status"] == "too_few"]
    assert len(small) == 1
    # As if earlier releases had told that the group has 4 to 9 clients.
    told = [[4, 9], *json.loads(small["told"].iloc[0])[1:]]
    ledger = first.assign(told=first["told"].where(first["status"] != "too_few", json.dumps(told)))
    grown = pd.concat([people, clients(6, [20]).assign(client=lambda frame: frame["client"] + 500)], ignore_index=True)
    second = gate(change_table(grown), ledger=ledger)
    assert second.summary.worst_width >= 5
