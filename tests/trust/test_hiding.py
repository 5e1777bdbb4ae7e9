"""What is hidden besides, and in which order: as little as protects, the smallest first, 'all' last."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np
import pytest

from data_contracts.gate.groups import Links
from data_contracts.gate.hiding import (
    FURTHER_CELLS,
    WHOLE_SLICES,
    _hide_more,
    _rows_of,
    _Suspect,
    give_up_a_slice,
    hide_a_cell,
    neighbours,
    protected,
)
from data_contracts.gate.programme import Steps
from data_contracts.gate.table import Decision, ExactTable, Facts, Part, Row, first_decision, says_new

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
    assert [rows.tolist() for rows in neighbours(table, 1)] == [[1], [2, 3], [], []]
    assert [rows.tolist() for rows in neighbours(table, 0)] == [[0], [], [1, 2, 3, 4, 5], []]
    within_a_type = replace(table, slice=np.array(["type", *["team"] * 5], dtype=object))
    assert neighbours(within_a_type, 1)[3].tolist() == [0]


def test_of_what_gives_a_count_away_the_nearest_goes_first_and_then_the_smallest() -> None:
    table = divided_twice()
    shown = first_decision(table)
    assert hide_a_cell(table, shown, [np.array([1]), np.array([2, 3])], 1, means_first=False).tolist() == [1]
    assert shown.part[1].tolist() == [Part.SHOWN, Part.HIDDEN, Part.HIDDEN]
    assert hide_a_cell(table, shown, [np.array([1]), np.array([2, 3])], 1, means_first=False).tolist() == [3]
    assert shown.part[2].tolist() == [Part.SHOWN] * 3
    assert (shown.row == Row.SHOWN).all()


def test_a_whole_row_is_hidden_only_for_a_count_of_clients_and_the_smallest() -> None:
    table = replace(divided_twice(), families=())
    shown = first_decision(table)
    assert hide_a_cell(table, shown, [np.array([2, 3])], 1, means_first=False).tolist() == []
    assert hide_a_cell(table, shown, [np.array([2, 3])], 0, means_first=False).tolist() == [3]
    assert (shown.row[2], shown.row[3]) == (Row.SHOWN, Row.SECONDARY)


def test_what_an_earlier_release_showed_is_not_hidden_for_nothing() -> None:
    table = divided_twice()
    shown = first_decision(table)
    shown.public[1] = True
    assert hide_a_cell(table, shown, [np.array([1]), np.array([2])], 1, means_first=False).tolist() == [2]
    assert hide_a_cell(replace(table, families=()), shown, [np.array([1])], 0, means_first=False).tolist() == []


@pytest.mark.parametrize(("means_first", "keeps_its_mean"), [(True, False), (False, True)])
def test_a_mean_beside_a_hidden_part_goes_first_where_no_sums_tell(means_first: bool, keeps_its_mean: bool) -> None:
    table = replace(divided_twice(), facts=Facts(np.array([1, 2]), np.zeros((2, 3))))
    shown = first_decision(table)
    shown.part[1, 1] = Part.BELOW
    changed = hide_a_cell(table, shown, [np.array([1, 2])], 1, means_first=means_first)
    assert changed.tolist() == [1]
    assert (shown.means[1], shown.means[2]) == (keeps_its_mean, True)


@pytest.mark.parametrize(("told", "gone", "stay"), [([1, 4], TEAMS, COHORTS), ([4], COHORTS, TEAMS)])
def test_of_the_slices_that_tell_the_finest_is_given_up(told: list[int], gone: list[int], stay: list[int]) -> None:
    table = divided_twice()
    shown = first_decision(table)
    assert give_up_a_slice(table, shown, 0, np.array(told))
    assert (shown.row[gone] == Row.REFUSED).all()
    assert (shown.row[[0, *stay]] == Row.SHOWN).all()


def test_of_a_slice_that_is_given_up_rows_that_are_held_go_last() -> None:
    table = divided_twice()
    shown = first_decision(table)
    shown.row[TEAMS[0]] = Row.HELD
    assert give_up_a_slice(table, shown, 0, np.array(TEAMS))
    assert shown.row[TEAMS].tolist() == [Row.HELD, Row.REFUSED, Row.REFUSED]
    assert give_up_a_slice(table, shown, 0, np.array(TEAMS))  # cohorts, which are new
    assert shown.row[[*TEAMS, *COHORTS]].tolist() == [Row.HELD, *[Row.REFUSED] * 4]
    assert give_up_a_slice(table, shown, 0, np.array(TEAMS))
    assert shown.row[TEAMS[0]] == Row.REFUSED
    assert not give_up_a_slice(table, shown, 0, np.array(TEAMS))


@pytest.mark.parametrize(
    ("part", "known", "new"),
    [
        (Part.SHOWN, {}, True),
        (Part.SHOWN, {"public": True}, False),
        (Part.BELOW, {"told_high": 9}, False),
        (Part.BELOW, {"told_high": 11}, True),  # then the threshold was 12
        (Part.ABOVE, {"told_low": 81}, False),  # of 90, whose number is public, at most 9 are not
        (Part.ABOVE, {"told_low": 79}, True),
        (Part.HIDDEN, {}, False),
    ],
)
def test_what_no_earlier_release_said_of_the_same_people_is_new(part: Part, known: dict[str, int], new: bool) -> None:
    table = divided_twice()
    shown = first_decision(table)
    assert says_new(table, shown)[:, 0].all()
    assert says_new(table, replace(shown, part=np.full_like(shown.part, Part.ABOVE)))[:, 1].all()
    shown.part[0, 1], shown.public[0, 0], shown.told_low[0, 0] = part, True, 90
    for name, value in known.items():
        getattr(shown, name)[0, 1] = value
    found = says_new(table, shown)
    assert (found[0, 0], found[0, 1]) == (False, new)
    shown.row[0] = Row.HELD
    assert not says_new(table, shown)[0].any()


def test_all_is_no_slice_that_can_be_given_up() -> None:
    table = divided_twice()
    shown = first_decision(table)
    for _ in range(2):
        assert give_up_a_slice(table, shown, 0, np.array([1, 4]))
    assert not give_up_a_slice(table, shown, 0, np.array([1, 4]))
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


@pytest.mark.parametrize("column", [0, 1, 2])
def test_only_what_was_shown_of_the_clients_themselves_makes_it_no_use_to_hide_a_row(column: int) -> None:
    table = replace(divided_twice(), families=())
    shown = first_decision(table)
    shown.public[1, column] = True
    hidden = hide_a_cell(table, shown, [np.array([1])], 0, means_first=False).tolist()
    assert hidden == ([] if column == 0 else [1])


class Told:
    """An attack that pins every count down, or none."""

    def __init__(self, *, is_safe: bool) -> None:
        self.safe = is_safe

    def is_safe(self, unknown: int) -> bool:
        return self.safe


def suspect(row: int, *, by_sums: bool = False, is_safe: bool = False) -> _Suspect:
    return _Suspect(row, 1, by_sums, (0,), Told(is_safe=is_safe))  # type: ignore[arg-type]


def further(suspects: list[_Suspect], attempt: int = 0, steps: Steps | None = None) -> tuple[bool, Decision]:
    """One step further with means beside a hidden part in rows 1 and 2, and whether it changed anything."""
    table = replace(divided_twice(), facts=Facts(np.array([1, 2]), np.zeros((2, 3))))
    shown = first_decision(table)
    shown.part[1:3, 2] = Part.BELOW
    return _hide_more(table, shown, suspects, partial(neighbours, table), attempt, steps or Steps()), shown


@pytest.mark.parametrize("by_sums", [True, False])
def test_a_count_that_sums_tell_costs_another_count_and_one_that_means_tell_costs_the_mean(by_sums: bool) -> None:
    changed, shown = further([suspect(1, by_sums=by_sums)])
    assert changed
    assert shown.means[1] == by_sums
    assert (shown.part[1, 1] == Part.HIDDEN) == by_sums


def test_nothing_more_is_hidden_for_a_count_that_is_safe_nor_beside_a_row_that_changes_anyway() -> None:
    changed, shown = further([suspect(1, is_safe=True)])
    assert not changed and shown.means.all() and (shown.row == Row.SHOWN).all()
    _, beside = further([suspect(1), suspect(2)])
    assert beside.means.tolist() == [True, False, True, True, True, True]


@pytest.mark.parametrize(
    ("attempt", "state"),
    [(FURTHER_CELLS - 1, Row.SHOWN), (FURTHER_CELLS, Row.REFUSED), (FURTHER_CELLS + 5, Row.REFUSED)],
)
def test_after_enough_further_cells_a_slice_is_given_up(attempt: int, state: Row) -> None:
    changed, shown = further([suspect(1)], attempt)
    assert changed
    assert (shown.row[TEAMS] == state).all() and (shown.row[[0, *COHORTS]] == Row.SHOWN).all()


def test_after_enough_slices_and_where_steps_ran_out_a_block_or_a_slice_goes() -> None:
    _, shown = further([suspect(1)], FURTHER_CELLS + WHOLE_SLICES)
    assert (shown.row == Row.REFUSED).all()
    _, shown = further([suspect(1)], steps=Steps(ran_out=True))
    assert (shown.row[TEAMS] == Row.REFUSED).all() and shown.row[0] == Row.SHOWN


@pytest.mark.parametrize("block", [0, 1])
def test_one_block_of_a_table_has_its_own_sums_and_facts_numbered_anew(block: int) -> None:
    one = divided_twice()
    n = len(one.block)
    both = replace(
        one,
        counts=np.vstack([one.counts, one.counts + 1]),
        threshold=np.repeat([10, 20], n),
        block=np.repeat([0, 1], n),
        slice=np.tile(one.slice, 2),
        links=Links(*(np.concatenate([side, side + more]) for side, more in (
            (one.links.equation, 2), (one.links.parent, n), (one.links.child, n)))),
        facts=Facts(np.array([0, 3, n, n + 4]), np.arange(12.0).reshape(4, 3)),
        few_workers=np.repeat([False, True], n),
    )  # fmt: skip
    rows = np.flatnonzero(both.block == block)
    found = _rows_of(both, rows)
    assert found.counts.tolist() == (one.counts + block).tolist()
    assert (found.links.parent.tolist(), found.links.child.tolist()) == ([0] * 5, [1, 2, 3, 4, 5])
    assert len(set(found.links.equation.tolist())) == 2
    assert found.facts.row.tolist() == [[0, 3], [0, 4]][block]
    assert found.facts.weights.tolist() == both.facts.weights[2 * block : 2 * block + 2].tolist()
    assert (set(found.threshold), set(found.few_workers)) == ({[10, 20][block]}, {bool(block)})
