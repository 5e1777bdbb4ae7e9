"""Each rule of the gate hides its case and shows the case beside it."""

from __future__ import annotations

import pandas as pd
import pytest
from municipality import change_table, clients, one_block

from data_contracts.errors import GateRefused
from data_contracts.gate.small_groups import without_small_groups
from data_contracts.gate.specs import SPECS
from data_contracts.protection import Thresholds
from data_contracts.slices import Slice


def row(frame: pd.DataFrame, slice_value: str) -> pd.Series:
    found = frame[frame["slice_value"] == slice_value]
    assert len(found) == 1
    return found.iloc[0]


def alone(n: int, up: int, equal: int, down: int) -> list:
    """A block of 'all' alone: nothing to add up."""
    return [("all", "all", n, up, equal, down)]


@pytest.mark.parametrize(
    ("life_domain", "n", "status"),
    [
        ("housing", 9, "too_few"),
        ("housing", 10, "banded"),
        ("mental_health", 10, "too_few"),
        ("mental_health", 19, "too_few"),
        ("mental_health", 20, "banded"),
        ("justice", 19, "too_few"),
        ("all", 10, "banded"),
    ],
)
def test_a_group_is_shown_from_the_threshold_of_its_life_domain(gate, life_domain: str, n: int, status: str) -> None:
    frame = gate(one_block(alone(n, n, 0, 0), life_domain)).frame
    assert frame["status"].tolist() == [status]
    assert frame["n_clients"].isna().tolist() == [status == "too_few"]


def test_a_study_may_raise_the_threshold(gate) -> None:
    strict = Thresholds(clients=15)
    assert gate(one_block(alone(14, 14, 0, 0)), thresholds=strict).frame["status"].tolist() == ["too_few"]


def test_every_count_is_rounded_to_five_and_a_total_from_the_true_total(gate) -> None:
    shown = gate(one_block(alone(63, 22, 23, 18))).frame.iloc[0]
    assert shown[["n_clients", "n_up", "n_equal", "n_down"]].tolist() == [65, 20, 25, 20]
    assert shown["status"] == "released"


@pytest.mark.parametrize(
    ("up", "equal", "down", "expected"),
    [
        (30, 20, 10, ["shown", "shown", "shown"]),
        (30, 21, 9, ["shown", "shown", "below"]),
        (30, 30, 0, ["shown", "shown", "below"]),
        (45, 0, 15, ["shown", "below", "shown"]),
        (51, 0, 9, ["above", "below", "below"]),
        (60, 0, 0, ["above", "below", "below"]),
        (50, 0, 10, ["hidden", "hidden", "hidden"]),  # at least 48 and 10 of at most 62: 0 to 4 would be left
    ],
)
def test_a_part_and_the_rest_must_both_reach_the_threshold(
    gate, up: int, equal: int, down: int, expected: list
) -> None:
    shown = gate(one_block(alone(60, up, equal, down))).frame.iloc[0]
    assert shown[["n_up_status", "n_equal_status", "n_down_status"]].tolist() == expected
    for part, status in zip(("n_up", "n_equal", "n_down"), expected, strict=True):
        assert pd.isna(shown[part]) == (status != "shown")


def test_nothing_is_said_of_the_parts_of_a_group_under_twice_the_threshold(gate) -> None:
    shown = gate(one_block(alone(19, 10, 9, 0))).frame.iloc[0]
    assert shown["n_clients"] == 20
    assert shown[["n_up_status", "n_equal_status", "n_down_status"]].tolist() == ["hidden"] * 3


def test_a_team_of_one_client_with_many_assessments_is_one_client(gate) -> None:
    # Rows are not people: the table counts distinct clients, and one client stays one.
    people = clients(1, [40, 1, 30])
    frame = gate(change_table(people)).frame
    assert "Team 01" not in set(frame["slice_value"])
    assert row(frame, "overig")["status"] in ("too_few", "secondary")


def test_the_name_of_a_group_that_is_too_small_everywhere_is_replaced(gate) -> None:
    people = clients(3, [40, 6, 7, 30])
    frame = gate(change_table(people)).frame
    assert set(frame["slice_value"]) == {"all", "overig", "Team 00", "Team 03"}
    assert row(frame, "overig")["n_clients"] == 15


def test_a_group_that_is_small_in_one_life_domain_keeps_its_name(gate) -> None:
    people = clients(3, [40, 12, 30])
    few = people[(people["team"] != "Team 01") | (people["client"] % 2 == 0)]
    frame = gate(pd.concat([change_table(people), change_table(few, "finances")], ignore_index=True)).frame
    in_finances = frame[frame["life_domain"] == "finances"]
    assert row(in_finances, "Team 01")["status"] in ("too_few", "secondary")


def test_a_slice_that_the_study_does_not_declare_is_refused(gate) -> None:
    frame = one_block([*alone(60, 20, 20, 20), ("team", "Team 01", 60, 20, 20, 20)])
    with pytest.raises(GateRefused, match="1 rijen"):
        gate(frame, slices=[Slice(name="all")])


def test_parts_that_do_not_add_up_are_refused_with_a_count_only(gate) -> None:
    with pytest.raises(GateRefused, match="1 rijen") as caught:
        gate(one_block(alone(61, 20, 20, 20)))
    assert "61" not in str(caught.value)


@pytest.mark.parametrize("label", ["jan@example.org", "x" * 61, "06-12345678"])
def test_a_label_that_holds_more_than_a_name_is_refused(gate, label: str) -> None:
    frame = one_block([("all", "all", 60, 20, 20, 20), ("team", label, 60, 20, 20, 20)])
    with pytest.raises(GateRefused, match="slice_value") as caught:
        gate(frame)
    assert label not in str(caught.value)


def test_no_table_of_transitions_can_leave(gate) -> None:
    with pytest.raises(GateRefused, match="out_change__transitions"):
        gate(pd.DataFrame(), "out_change__transitions")


def test_where_a_group_is_hidden_for_another_all_hidden_groups_look_alike(gate) -> None:
    # With 30 in all and 21 in Team 00, the other has 6 to 9: Team 00 is hidden too.
    large = one_block([("all", "all", 90, 30, 30, 30), ("team", "Team 00", 50, 15, 18, 17)], "finances")
    large = pd.concat([large, one_block([("team", "Team 01", 40, 15, 12, 13)], "finances")])
    pinned = one_block(
        [("all", "all", 30, 10, 10, 10), ("team", "Team 00", 21, 7, 7, 7), ("team", "Team 01", 9, 3, 3, 3)]
    )
    frame = gate(pd.concat([large, pinned], ignore_index=True)).frame
    in_housing = frame[frame["life_domain"] == "housing"].set_index("slice_value")
    assert in_housing.loc[["Team 00", "Team 01"], "status"].tolist() == ["secondary", "secondary"]
    assert in_housing.loc["all", "n_clients"] == 30


def test_people_whom_no_team_of_a_type_accounts_for_are_protected_as_a_group(gate) -> None:
    # 60 clients of type access, 57 of them in its only named team: 3 stand apart, and 60 - 55 would tell 1 to 9.
    rows = [
        ("all", "all", 90, 30, 30, 30),
        ("team_type", "access", 60, 20, 20, 20),
        ("team_type", "team", 30, 10, 10, 10),
    ]
    rows += [("team", "Team 00", 57, 19, 19, 19), ("team", "Team 01", 30, 10, 10, 10)]
    out = gate(one_block(rows), team_types={"Team 00": "access", "Team 01": "team"})
    assert out.summary.worst_width is not None
    assert out.summary.worst_width >= 5


def test_an_empty_table_stays_empty(gate) -> None:
    assert gate(one_block([])).frame.empty


def test_small_teams_that_are_put_together_leave_out_nobody() -> None:
    people = clients(5, [40, 30, 3, 4])
    exact = change_table(people)
    joined, n_left_out = without_small_groups(SPECS["out_change__by_domain"], exact, Thresholds())
    teams = joined[joined["slice"] == "team"]
    assert n_left_out == 0
    assert teams["slice_value"].nunique() == 3
    assert teams["n_clients"].sum() == exact.loc[exact["slice"] == "team", "n_clients"].sum() == len(people)
