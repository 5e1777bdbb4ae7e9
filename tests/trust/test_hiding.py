"""What is hidden besides, and in which order: as little as protects, the smallest first, 'all' last."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from data_contracts.gate.groups import Links
from data_contracts.gate.hiding import _give_up_a_slice, _hide_a_cell, _neighbours, protected
from data_contracts.gate.table import ExactTable, Facts, Part, Row, first_decision

TEAMS, COHORTS = [1, 2, 3], [4, 5]


def divided_twice() -> ExactTable:
    """90 clients in three teams and in two cohorts; of each group how many rose and how many did not."""
    people = [90, 20, 40, 30, 45, 45]
    n = len(people)
    return ExactTable(
        counts=np.array([[count, count // 2, count - count // 2] for count in people], dtype=np.int64),
        threshold=np.full(n, 10),
        block=np.zeros(n, np.int64),
        slice=np.array(["all", "team", "team", "team", "cohort", "cohort"], dtype=object),
        families=((0, (1, 2), True),),
        links=Links(np.array([0, 0, 0, 1, 1]), np.zeros(5, np.int64), np.array([1, 2, 3, 4, 5])),
        facts=Facts.none(3),
        few_workers=np.zeros(n, np.bool_),
    )


def test_what_gives_a_group_away_is_itself_then_what_stands_beside_it_and_never_all() -> None:
    table = divided_twice()
    assert [rows.tolist() for rows in _neighbours(table, 1)] == [[1], [2, 3], [], []]
    assert [rows.tolist() for rows in _neighbours(table, 0)] == [[0], [], [1, 2, 3, 4, 5], []]
    within_a_type = replace(table, slice=np.array(["type", *["team"] * 5], dtype=object))
    assert _neighbours(within_a_type, 1)[3].tolist() == [0]


def test_of_what_gives_a_count_away_the_nearest_goes_first_and_then_the_smallest() -> None:
    table = divided_twice()
    shown = first_decision(table)
    assert _hide_a_cell(table, shown, [np.array([1]), np.array([2, 3])], 1, means_first=False).tolist() == [1]
    assert shown.part[1].tolist() == [Part.SHOWN, Part.HIDDEN, Part.HIDDEN]
    assert _hide_a_cell(table, shown, [np.array([1]), np.array([2, 3])], 1, means_first=False).tolist() == [3]
    assert shown.part[2].tolist() == [Part.SHOWN] * 3
    assert (shown.row == Row.SHOWN).all()


def test_a_whole_row_is_hidden_only_for_a_count_of_clients_and_the_smallest() -> None:
    table = replace(divided_twice(), families=())
    shown = first_decision(table)
    assert _hide_a_cell(table, shown, [np.array([2, 3])], 1, means_first=False).tolist() == []
    assert _hide_a_cell(table, shown, [np.array([2, 3])], 0, means_first=False).tolist() == [3]
    assert (shown.row[2], shown.row[3]) == (Row.SHOWN, Row.SECONDARY)


def test_what_an_earlier_release_showed_is_not_hidden_for_nothing() -> None:
    table = divided_twice()
    shown = first_decision(table)
    shown.public[1] = True
    assert _hide_a_cell(table, shown, [np.array([1]), np.array([2])], 1, means_first=False).tolist() == [2]
    assert _hide_a_cell(replace(table, families=()), shown, [np.array([1])], 0, means_first=False).tolist() == []


@pytest.mark.parametrize(("means_first", "keeps_its_mean"), [(True, False), (False, True)])
def test_a_mean_beside_a_hidden_part_goes_first_where_no_sums_tell(means_first: bool, keeps_its_mean: bool) -> None:
    table = replace(divided_twice(), facts=Facts(np.array([1, 2]), np.zeros((2, 3))))
    shown = first_decision(table)
    shown.part[1, 1] = Part.BELOW
    changed = _hide_a_cell(table, shown, [np.array([1, 2])], 1, means_first=means_first)
    assert changed.tolist() == [1]
    assert (shown.means[1], shown.means[2]) == (keeps_its_mean, True)


@pytest.mark.parametrize(("told", "gone", "stay"), [([1, 4], TEAMS, COHORTS), ([4], COHORTS, TEAMS)])
def test_of_the_slices_that_tell_the_finest_is_given_up(told: list[int], gone: list[int], stay: list[int]) -> None:
    table = divided_twice()
    shown = first_decision(table)
    assert _give_up_a_slice(table, shown, 0, np.array(told))
    assert (shown.row[gone] == Row.REFUSED).all()
    assert (shown.row[[0, *stay]] == Row.SHOWN).all()


def test_all_is_no_slice_that_can_be_given_up() -> None:
    table = divided_twice()
    shown = first_decision(table)
    for _ in range(2):
        assert _give_up_a_slice(table, shown, 0, np.array([1, 4]))
    assert not _give_up_a_slice(table, shown, 0, np.array([1, 4]))
    assert shown.row[0] == Row.SHOWN


def test_one_shown_group_beside_one_hidden_is_hidden_and_the_width_is_told() -> None:
    """30 in all, 21 shown: 6 to 9 would be left. With both hidden each may be 0 to 9 or 10 to 32."""
    table = replace(
        divided_twice(),
        counts=np.array([[30], [9], [21]]),
        threshold=np.full(3, 10),
        block=np.zeros(3, np.int64),
        slice=np.array(["all", "team", "team"], dtype=object),
        families=(),
        links=Links(np.zeros(2, np.int64), np.zeros(2, np.int64), np.array([1, 2])),
        facts=Facts.none(1),
        few_workers=np.zeros(3, np.bool_),
    )
    found = protected(table, first_decision(table), 5)
    assert found.decision.row.tolist() == [Row.SHOWN, Row.TOO_FEW, Row.SECONDARY]
    assert (found.worst_width, found.n_cut_short) == (9, 0)
