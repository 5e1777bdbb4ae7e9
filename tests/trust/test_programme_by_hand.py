"""How far counts can be driven apart, where it can be seen at once: three counts that add up to ten."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import csr_array

from data_contracts.gate.linked import System
from data_contracts.gate.programme import STEPS, Programme, Steps, whole_width

TEN = [[1.0, 1.0, 1.0, -1.0]]


def system(
    truth: list[int], low: list[int], high: list[int], facts: list[list[float]] | None = None, sums=TEN
) -> System:
    n = len(truth)
    told = csr_array(np.array(facts)) if facts else csr_array((0, n))
    sides = (np.array(side) for side in (low, high, truth))
    return System(csr_array(np.array(sums)), told, *sides, np.ones(n, bool), np.arange(n), np.zeros(n, int))


def adding_up(facts: list[list[float]] | None = None) -> System:
    """Three counts of at most eight, and their sum, which everybody knows."""
    return system([2, 3, 5, 10], [0, 0, 0, 10], [8, 8, 8, 10], facts)


def programme(known: System | None = None, steps: Steps | None = None) -> Programme:
    return Programme(known or adding_up(), np.arange(3), steps or Steps())


def widths(found: Programme) -> list[int]:
    return found.width(np.arange(3)).tolist()


def test_before_any_push_only_the_true_table_is_known() -> None:
    assert widths(programme()) == [0, 0, 0]
    assert programme().telling == []


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_count_is_driven_to_both_its_ends_when_that_is_asked(place: int) -> None:
    found = programme()
    found.drive(place, 50)
    assert widths(found)[place] == 8
    assert found.telling == []  # 50 was asked, which no table proves


def test_a_count_is_driven_no_further_than_is_asked_and_the_table_that_proves_it_is_told() -> None:
    found = programme()
    found.drive(0, 3)
    assert widths(found)[0] == 6  # up from 2 to 8: there is more room there
    assert [table[0] for table in found.telling] == [8]
    assert found.telling[0].sum() == pytest.approx(10)
    found.drive(0, 3)
    assert len(found.telling) == 1
    found.drive(0, 7)
    assert widths(found)[0] == 8 and [table[0] for table in found.telling] == [8, 0]


def test_a_count_with_more_room_below_goes_down_first() -> None:
    found = programme(system([6, 3, 1, 10], [0, 0, 0, 10], [8, 8, 8, 10]))
    found.drive(0, 3)
    assert [table[0] for table in found.telling] == [0]


def test_a_fact_keeps_tables_out_and_may_be_met_exactly() -> None:
    at_least_as_many = programme(adding_up([[1.0, -1.0, 0.0, 0.0]]))  # the first is never above the second
    at_least_as_many.drive(0, 50)
    assert widths(at_least_as_many)[0] == 5


def test_what_is_known_of_the_others_counts_in_the_sums() -> None:
    """The third is five: the other two are five together."""
    found = Programme(system([2, 3, 5, 10], [0, 0, 5, 10], [8, 8, 5, 10]), np.array([0, 1]), Steps())
    found.drive(0, 50)
    assert found.width(np.array([0, 1])).tolist() == [5, 5]
    told = Programme(system([2, 3, 5, 10], [0, 0, 5, 10], [8, 8, 5, 10], [[1, 0, -1, 1e-9]]), np.array([0, 1]), Steps())
    told.drive(0, 50)
    assert told.width(np.array([0])).tolist() == [5]


def test_all_are_widened_at_once_and_what_helped_is_told() -> None:
    found = programme()
    found.widen(np.arange(3), 2)
    assert min(widths(found)) >= 0 and found.telling
    for table in found.telling:
        assert table.sum() == pytest.approx(10) and (table >= -1e-6).all() and (table <= 8 + 1e-6).all()
    untouched = programme()
    untouched.widen(np.arange(3), 0)
    assert widths(untouched) == [0, 0, 0] and untouched.telling == []


@pytest.mark.parametrize(
    ("table", "fits"),
    [
        ([8, 1, 1], True),
        ([8.0000001, 1, 0.9999999], True),
        ([8, 1, 2], False),
        ([8, 1, 0.5], False),
        ([9, 1, 0], False),
        ([-1, 8, 3], False),
        ([8, 2, 0], True),
    ],
)
def test_a_table_found_earlier_is_taken_only_where_it_fits_here(table: list[float], fits: bool) -> None:
    found = programme()
    found.meet(np.array(table, dtype=float)[:, None])
    assert (max(widths(found)) > 0) == fits


def test_of_several_earlier_tables_those_that_fit_count_and_a_fact_may_not_be_broken() -> None:
    found = programme()
    found.meet(np.array([[8, 1, 1], [9, 1, 0], [0, 8, 2.0]]).T)
    assert widths(found) == [8, 7, 4]
    told = programme(adding_up([[1.0, -1.0, 0.0, 0.0]]))
    told.meet(np.array([[8, 1, 1], [4, 4, 2.0]]).T)
    assert widths(told) == [2, 1, 3]


def test_steps_are_counted_and_nothing_more_is_pushed_once_they_ran_out() -> None:
    steps = Steps()
    programme(steps=steps).drive(0, 50)
    assert STEPS - 10 < steps.left < STEPS and not steps.ran_out
    few = Steps(left=0)
    found = programme(steps=few)
    found.drive(0, 50)
    so_far = widths(found)
    assert few.ran_out and so_far[0] < 8
    few.left = STEPS
    found.drive(0, 50)
    found.widen(np.arange(3), 50)
    assert widths(found) == so_far


def twelve_groups_in_two_splits(chance: np.random.Generator) -> System:
    """How many of twelve groups have something and how many have not; two splits of the first each add up to it."""
    of_group = np.array([2148, 396, 357, 382, 350, 327, 336, 362, 376, 367, 362, 681])
    n, whole = len(of_group), int(chance.integers(0, 10))
    split = [chance.multinomial(whole, np.ones(parts) / parts) for parts in (6, 5)]
    few = np.concatenate([[whole], *split])
    one, none = np.eye(n), np.zeros((n, n))
    splits = np.zeros((2, 3 * n))
    splits[:, 0], splits[0, 1:7], splits[1, 7:12] = -1, 1, 1
    sums = np.vstack([np.hstack([one, one, -one]), splits])
    low, high = np.concatenate([none[0], of_group - 9, of_group]), np.concatenate([none[0] + 9, of_group, of_group])
    return system(np.concatenate([few, of_group - few, of_group]), low, high, sums=sums)


@pytest.mark.parametrize("seed", [1, 9, 14, 21])
def test_a_push_that_stops_where_the_last_one_ended_is_done_from_nothing(seed: int) -> None:
    """HiGHS says "unknown" of one warm start in some thousands; a release that is in order was refused for it."""
    chance = np.random.default_rng(seed)
    town = twelve_groups_in_two_splits(chance)
    for turn in range(12):
        found = Programme(town, np.arange(24), Steps())
        found.widen(np.sort(chance.choice(12, chance.integers(3, 13), replace=False)), 50 if turn % 2 else 5)
        for place in range(12):
            found.drive(place, 50)
        assert found.width(np.arange(12)).tolist() == [9] * 12


def test_a_width_is_that_of_the_whole_numbers_in_between() -> None:
    low, high = np.array([0.0, 0.4, 1e-9, -1e-9]), np.array([3.0, 3.4, 3 - 1e-9, 3.0])
    assert whole_width(low, high).tolist() == [3, 2, 3, 3]
