"""Two releases side by side tell no more than each by itself."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest
from municipality import change_table, clients
from plain_ledger import DAY, remembered

from data_contracts.gate.ledger import new_entries
from data_contracts.protection import Thresholds

NOT_FIGURES = ["status", "held_from"]
TEAMS = [40, 7, 60, 25, 33]


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


@pytest.mark.parametrize("n_corrected", [1, 9])
def test_a_correction_of_fewer_people_than_the_threshold_shows_the_earlier_row(gate, n_corrected: int) -> None:
    people = clients(5, TEAMS)
    first = gate(change_table(people))
    of_team = people.index[people["team"] == "Team 02"][:n_corrected]
    corrected = people.assign(after=people["after"].where(~people.index.isin(of_team), 6 - people["after"]))
    corrected.loc[of_team, "after"] = corrected.loc[of_team, "after"].replace(3, 4)
    second = gate(change_table(corrected), ledger=remembered(first))
    assert rows_with(second.frame, "all", "Team 02")["status"].tolist() == ["held", "held"]
    pd.testing.assert_frame_equal(first.frame.drop(columns=NOT_FIGURES), second.frame.drop(columns=NOT_FIGURES))


def test_a_correction_of_at_least_the_threshold_is_shown_with_its_right_figure(gate) -> None:
    people = clients(5, TEAMS)
    first = gate(change_table(people))
    corrected = people.assign(after=people["after"].where(people["team"] != "Team 02", 5))
    second = gate(change_table(corrected), ledger=remembered(first))
    row = rows_with(second.frame, "Team 02").iloc[0]
    assert row["status"] != "held" and pd.isna(row["held_from"])
    assert rows_with(first.frame, "Team 02")["mean_after"].iloc[0] != row["mean_after"]


def test_an_error_that_was_withdrawn_is_not_shown_again_beside_a_figure_that_differs_by_a_few(gate) -> None:
    people = clients(5, [60, 40])
    wrong = people.assign(after=people["after"].where(people["client"] > 2, 6 - people["after"]))
    first = gate(change_table(wrong))
    second = gate(change_table(people), ledger=remembered(first, withdrawn=("release-0",)))
    touched = rows_with(second.frame, "all", "Team 00")
    assert touched["status"].tolist() == ["withdrawn"] * 2
    assert touched[["n_clients", "n_up", "mean_change", "held_from"]].isna().all(axis=None)
    assert rows_with(second.frame, "Team 01")["status"].isin(["released", "banded"]).all()


def test_what_is_shown_again_after_it_was_withdrawn_is_held_from_the_release_that_stands(gate) -> None:
    people = clients(5, [60, 40])
    first = gate(change_table(people))
    again = gate(change_table(people), ledger=remembered(first, withdrawn=("release-0",)))
    assert again.frame.equals(first.frame)
    few = people.assign(after=people["after"].where(people["client"] > 2, 6 - people["after"]))
    third = gate(change_table(few), ledger=remembered(first, again, withdrawn=("release-0",)))
    assert rows_with(third.frame, "Team 00")[NOT_FIGURES].to_numpy().tolist() == [["held", "release-1"]]


def test_a_chain_of_errata_does_not_come_nearer_step_by_step(gate) -> None:
    # Ten people off, then back to one off: against the first state D is one, whatever stands in between.
    people = clients(5, [60, 40])
    off = people.assign(after=people["after"].where(people["client"] > 11, 6 - people["after"]))
    one_off = people.assign(after=people["after"].where(people["client"] > 0, 6 - people["after"]))
    first = gate(change_table(people))
    second = gate(change_table(off), ledger=remembered(first))
    third = gate(change_table(one_off), ledger=remembered(first, second, withdrawn=("release-1",)))
    row = rows_with(third.frame, "Team 00")
    assert row[NOT_FIGURES].to_numpy().tolist() == [["held", "release-0"]]


def test_who_was_erased_counts_in_every_later_d(gate) -> None:
    people = clients(5, [60, 40])
    known = remembered(gate(change_table(people)))
    left = people[people["client"] > 3]
    # What the ledger knew of the four is gone, and their number stays.
    gone = {str(one) for one in range(4)}
    without = {
        state: {who: code for who, code in own.items() if who not in gone} for state, own in known.people.items()
    }
    touched = known.entries["key"].str.contains('"all"') | known.entries["key"].str.contains("Team 00")
    erased = replace(known, people=without, entries=known.entries.assign(n_gone=(touched * 4).astype("Int32")))
    assert rows_with(gate(change_table(left), ledger=erased).frame, "Team 00")["status"].tolist() == ["held"]
    forgotten = replace(known, people=without)
    assert rows_with(gate(change_table(left), ledger=forgotten).frame, "Team 00")["status"].tolist() != ["held"]


def test_the_same_people_are_shown_anew_under_another_rounding(gate) -> None:
    table = change_table(clients(5, [63, 41]))
    first = gate(table, thresholds=Thresholds(round_to=10))
    second = gate(table, ledger=remembered(first))
    assert first.frame["n_clients"].tolist() == [100, 60, 40]
    assert second.frame["n_clients"].tolist() == [105, 65, 40]
    assert second.frame["status"].isin(["released", "banded"]).all()


def test_a_held_row_lies_in_the_bin_of_the_rounding_of_then(gate) -> None:
    people = clients(5, [96, 41])
    first = gate(change_table(people), thresholds=Thresholds(round_to=10))
    second = gate(change_table(people[people["client"] > 0]), ledger=remembered(first))
    assert rows_with(second.frame, "Team 00")["n_clients"].tolist() == [100]


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


def test_another_definition_is_shown_where_nobody_or_enough_people_differ_in_it(gate) -> None:
    # The moments of Team 00 are others for three people, those of Team 01 for all, those of Team 02 for nobody.
    people = clients(5, [60, 40, 50])
    first = gate(change_table(people))
    moved = (people["client"] < 3) | (people["team"] == "Team 01")
    other = people.assign(after=people["after"].where(~moved, (people["after"] % 5) + 1))
    second = gate(change_table(other), ledger=remembered(first))
    held = {row["slice_value"]: row["status"] == "held" for row in second.frame.to_dict("records")}
    assert held == {"all": False, "Team 00": True, "Team 01": False, "Team 02": False}


def test_without_known_people_at_least_the_numbers_must_differ_enough(gate) -> None:
    people = clients(5, [60, 40])
    first = gate(change_table(people).drop(columns="people"))
    swapped = people.assign(after=people["after"].sample(frac=1, random_state=2).to_numpy())
    second = gate(change_table(swapped).drop(columns="people"), ledger=remembered(first))
    pd.testing.assert_frame_equal(first.frame.drop(columns=NOT_FIGURES), second.frame.drop(columns=NOT_FIGURES))


def test_the_ledger_holds_exact_numbers_and_the_table_does_not(gate) -> None:
    first = gate(change_table(clients(5, [61, 42])))
    ledger = remembered(first).entries
    assert sorted(ledger["n_clients"]) == [42, 61, 103]
    assert first.frame["n_clients"].tolist() == [105, 60, 40]
    assert json.loads(ledger["row"].iloc[0])["n_clients"] == 105


def test_what_was_told_of_a_small_group_before_counts_in_the_next_audit(gate) -> None:
    people = clients(5, TEAMS)
    first = remembered(gate(change_table(people)))
    small = first.entries[first.entries["status"] == "too_few"]
    assert len(small) == 1
    # As if earlier releases had told that the group has 4 to 9 clients.
    told = [[4, 9], *json.loads(small["told"].iloc[0])[1:]]
    was_small = first.entries["status"] == "too_few"
    entries = first.entries.assign(told=first.entries["told"].mask(was_small, json.dumps(told)))
    grown = pd.concat([people, clients(6, [20]).assign(client=lambda frame: frame["client"] + 500)], ignore_index=True)
    second = gate(change_table(grown), ledger=replace(first, entries=entries))
    assert second.summary.worst_width >= 5


def test_a_cell_that_was_closed_keeps_what_it_showed_whoever_comes(gate) -> None:
    people = clients(5, [60, 40])
    first = gate(change_table(people))
    known = remembered(first)
    closed = replace(known, people={}, entries=known.entries.assign(is_closed=True))
    others = clients(6, [90, 40, 50]).assign(client=lambda own: own["client"] + 1_000)
    for now in (people, others):
        again = gate(change_table(now), ledger=closed).frame
        shown = rows_with(again, "all", "Team 00", "Team 01")
        assert shown["status"].tolist() == ["held"] * 3
        assert shown["mean_change"].tolist() == first.frame["mean_change"].tolist()
    assert rows_with(again, "Team 02")["status"].isin(["released", "banded"]).all()  # it was never shown


def scored(team: str, up: int, equal: int, down: int) -> pd.DataFrame:
    """So many clients of a team who rose from 3, stayed there and fell."""
    after = [4] * up + [3] * equal + [2] * down
    known = {"team": team, "team_type": "access", "cohort": "2021", "before": 3, "after": after}
    return pd.DataFrame(known).assign(client=lambda own: [f"{team[-1]}{at}" for at in own.index])


def test_what_a_few_did_does_not_follow_from_new_figures_of_everybody_and_of_the_other_team(gate) -> None:
    """22 of 60 in a team had risen, shown as 20; then nine others rise too, and twenty people join the other team.

    With 65 of everybody and 30 of the other team shown anew, 31 to 39 would have risen in the first, and 31 at most
    when nine differ: all nine of them rose.
    """
    first = gate(change_table(pd.concat([scored("Team 00", 22, 19, 19), scored("Team 01", 30, 15, 15)])))
    now = change_table(pd.concat([scored("Team 00", 31, 10, 19), scored("Team 01", 32, 24, 24)]))
    second = gate(now, ledger=remembered(first)).frame.set_index("slice_value")
    assert first.frame["n_up"].tolist() == [50, 20, 30]
    assert second.loc["Team 00", ["n_up", "status"]].tolist() == [20, "held"]
    assert second.loc["all", "n_up"] == 65
    assert pd.isna(second.loc["Team 01", "n_up"])
