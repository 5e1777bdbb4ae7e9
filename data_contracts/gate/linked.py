"""The linked table as an attacker sees it: every count an unknown whole number, with bounds and the sums between them.

Conservative on purpose. The attacker knows the rules, the rounding and the threshold; knows that a shown count is not
under the threshold; and knows of a hidden group whether it was too small or hidden to protect another, but not in a
slice that is given up as a whole.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from data_contracts.gate.rounding import Floats, Integers, bin_of, rounded_count
from data_contracts.gate.table import Decision, ExactTable, Flags, Part, Row


@dataclass(frozen=True, slots=True)
class System:
    """`matrix` (equations x unknowns) times the unknowns is zero, `facts` times them is not above zero.

    Each unknown lies in `low`..`high`; `truth` is one solution, known in the closed zone only. `hidden` marks the
    unknowns that nobody may pin down. An unknown is about `row` (the parent, for what is left over in a sum) and count
    column `column`. `binding` holds equations and facts by unknown, and `sums` what the truth makes of each.
    """

    matrix: csr_array
    facts: csr_array
    low: Integers
    high: Integers
    truth: Integers
    hidden: Flags
    row: Integers
    column: Integers
    binding: csc_array = field(init=False)
    sums: Floats = field(init=False)

    def __post_init__(self) -> None:
        """Made once: every programme over a part of the unknowns takes its columns from it."""
        binding = csc_array(vstack([self.matrix, self.facts]))
        binding.eliminate_zeros()
        object.__setattr__(self, "binding", binding)
        object.__setattr__(self, "sums", binding @ self.truth)


def linked_system(table: ExactTable, decision: Decision, base: int, lacking: Collection[int] = ()) -> System:
    """Everything that can be told about the counts of `table` from what `decision` shows.

    Of the sums `lacking` a group does not stand in the table: it may be of nobody, or of a few.
    """
    n_rows, n_columns = table.counts.shape
    top = table.top
    building = _Building()
    numbers = np.zeros((n_rows, n_columns), np.int64)
    every = np.arange(n_rows, dtype=np.int64)
    for column in range(n_columns):
        low, high = _bounds(table, decision, base, column)
        low, high = np.maximum(low, decision.told_low[:, column]), np.minimum(high, decision.told_high[:, column])
        hidden = ~decision.public[:, column] & ((decision.row != Row.SHOWN) | (decision.part[:, column] != Part.SHOWN))
        numbers[:, column] = building.unknowns(low, high, table.counts[:, column], hidden, every, column)
    for whole, parts, is_partition in table.families:
        if is_partition:
            terms = [(every, numbers[:, part], 1) for part in parts] + [(every, numbers[:, whole], -1)]
            building.equations(n_rows, terms)
        for part in parts:
            _add_rest(building, table, decision, numbers, (whole, part), is_partition=is_partition, top=top)
    for column in range(n_columns):
        _add_sums(building, table, numbers, column, top, np.array([*lacking], np.int64))
    return building.system(_facts(table, decision, numbers, building.n_unknowns))


@dataclass(slots=True)
class _Building:
    """Unknowns (low, high, truth, hidden, row, column) and equations (equation, unknown, sign) so far."""

    rows: list[Integers] = field(default_factory=list)
    entries: list[Integers] = field(default_factory=list)
    n_unknowns: int = 0
    n_equations: int = 0

    def unknowns(
        self, low: Integers, high: Integers, truth: Integers, hidden: Flags, row: Integers, column: int
    ) -> Integers:
        """The numbers of the new unknowns."""
        self.rows.append(np.column_stack([low, high, truth, hidden, row, np.full(len(row), column)]).astype(np.int64))
        self.n_unknowns += len(row)
        return np.arange(self.n_unknowns - len(row), self.n_unknowns, dtype=np.int64)

    def equations(self, count: int, terms: list[tuple[Integers, Integers, int]]) -> None:
        """`count` new equations; each term is (equation, unknown, sign)."""
        for equation, unknown, sign in terms:
            entry = [equation + self.n_equations, unknown, np.full(len(unknown), sign)]
            self.entries.append(np.column_stack(entry).astype(np.int64))
        self.n_equations += count

    def system(self, facts: csr_array) -> System:
        """All of it."""
        equation, unknown, sign = np.concatenate([np.zeros((0, 3), np.int64), *self.entries]).T
        low, high, truth, hidden, row, column = np.concatenate([np.zeros((0, 6), np.int64), *self.rows]).T
        shape = (self.n_equations, self.n_unknowns)
        matrix: Any = csr_array((sign.astype(np.float64), (equation, unknown)), shape=shape)
        return System(matrix, facts, low, high, truth, hidden.astype(np.bool_), row, column)


def _bounds(table: ExactTable, decision: Decision, base: int, column: int) -> tuple[Integers, Integers]:
    count, limit = table.counts[:, column], table.threshold
    low, high = bin_of(rounded_count(count, base), base)
    low = np.maximum(low, limit)
    shown = decision.row == Row.SHOWN
    if column == 0:
        nobody, top = np.zeros_like(count), np.full_like(count, table.top)
        cases = [shown, decision.row == Row.HELD, decision.row == Row.REFUSED, count < limit]
        low = np.select(cases, [low, decision.held_low, nobody, nobody], limit)
        return low, np.select(cases, [high, decision.held_high, top, limit - 1], table.top)
    part = decision.part[:, column]
    cases = [shown & (part == Part.SHOWN), shown & (part == Part.BELOW)]
    return np.where(cases[0], low, 0), np.select(cases, [high, limit - 1], table.top)


def _add_rest(
    building: _Building,
    table: ExactTable,
    decision: Decision,
    numbers: Integers,
    columns: tuple[int, int],
    *,
    is_partition: bool,
    top: int,
) -> None:
    """What is left of a whole beside a part: not under the threshold beside a shown part.

    Nobody may pin it down where the part is hidden because the rest is small. In a partition the other parts say it
    where nothing more is known.
    """
    whole, part = columns
    shown = decision.row == Row.SHOWN
    visible, small = (shown & (decision.part[:, part] == code) for code in (Part.SHOWN, Part.ABOVE))
    rows = np.flatnonzero(visible | small) if is_partition else np.arange(len(small), dtype=np.int64)
    rest = (table.counts[:, whole] - table.counts[:, part])[rows]
    low = np.where(visible, table.threshold, 0)[rows]
    high = np.where(small, table.threshold - 1, top)[rows]
    unknown = building.unknowns(low, high, rest, small[rows], rows, part)
    equation = np.arange(len(rows), dtype=np.int64)
    terms = [(equation, unknown, 1), (equation, numbers[rows, part], 1), (equation, numbers[rows, whole], -1)]
    building.equations(len(rows), terms)


def facts_told(table: ExactTable, decision: Decision) -> Integers:
    """Which facts of the table the means that are shown tell."""
    return np.flatnonzero(((decision.row == Row.SHOWN) & decision.means)[table.facts.row])


def _facts(table: ExactTable, decision: Decision, numbers: Integers, n_unknowns: int) -> csr_array:
    """What the means that are shown tell."""
    told = facts_told(table, decision)
    fact, column = np.nonzero(table.facts.weights[told])
    unknown = numbers[table.facts.row[told][fact], column]
    found: Any = csr_array((table.facts.weights[told][fact, column], (fact, unknown)), shape=(len(told), n_unknowns))
    return found


def _add_sums(
    building: _Building, table: ExactTable, numbers: Integers, column: int, top: int, lacking: Integers
) -> None:
    """Groups add up to the group that they divide; who is in no group is left over, and may be few.

    Groups that overlap add up to more than the whole: nothing can be told from their sum, so it is no equation.
    """
    child, equation = table.links.child, table.links.equation
    if not len(child):
        return
    of_sum, left_over = table.links.left_over(table.counts)
    valid = np.flatnonzero((left_over >= 0).all(axis=1) & np.isin(np.arange(len(of_sum)), equation))
    number = np.full(len(of_sum), -1)
    number[valid] = np.arange(len(valid))
    member = number[equation] >= 0
    # Whether anybody is in no group may be known; of which kind they are is not.
    left = valid[(left_over[valid, 0] > 0) | np.isin(valid, lacking)]
    over = left_over[:, column]
    rows, rest = of_sum[left], over[left]
    nobody, all_ = np.zeros(len(left), np.int64), np.full(len(left), top)
    unknown = building.unknowns(nobody, all_, rest, rest < table.threshold[rows], rows, column)
    terms = [
        (number[equation[member]], numbers[child[member], column], 1),
        (number[valid], numbers[of_sum[valid], column], -1),
        (number[left], unknown, 1),
    ]
    building.equations(len(valid), terms)
