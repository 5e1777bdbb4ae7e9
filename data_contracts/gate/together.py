"""All tables of a release as one system: counts of the same people are one number to who reads them together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import csr_array

from data_contracts.gate.linked import System, facts_told, linked_system
from data_contracts.gate.rounding import Integers
from data_contracts.gate.same_names import APART, MOST, Audited, Bonds, bonds
from data_contracts.gate.table import Decision, Flags

MEANS = -1  # in the place of a count column: the means of a row


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A count: number of the table, row and count column in it."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Together:
    """One unknown for the counts of the same people. `hidden` marks small ones of rows that are shown nowhere.

    `places` (table, row, column) sorted by unknown say where each stands, from `starts` on. `known` marks those that
    are shown and bind tables or blocks to each other. `averaged` are the rows of which a mean told each fact, for the
    facts that come from means.
    """

    system: System
    places: Integers
    starts: Integers
    known: Flags
    averaged: list[Place]

    def members(self, unknown: int) -> list[Place]:
        """Where the count stands."""
        found = self.places[self.starts[unknown] : self.starts[unknown + 1]]
        return [Place(*one) for one in found.tolist()]

    def cut_into_blocks(self) -> System:
        """The system in which what is shown and binds its parts is known exactly: more than any reader knows.

        A count that two tables prove safe here is safe: nothing but its own part differs between them.
        """
        low, high = (np.where(self.known, self.system.truth, side) for side in (self.system.low, self.system.high))
        return replace(self.system, low=low, high=high)


class AllTables:
    """The system of all tables, made again for every state of their decisions; a table that did not change is kept."""

    def __init__(self, several: Sequence[Audited], base: int, team_types: Mapping[str, str]) -> None:
        """What hangs on no decision: which counts are one number, and who lies within whom."""
        self.several, self._base = several, base
        self._bonds = bonds(several, team_types)
        self._made: dict[int, tuple[Decision, System]] = {}

    def together(self) -> Together:
        """The system as the decisions are now; the row of an unknown is counted through all tables."""
        bound, systems = self._bonds, [self._system(at) for at in range(len(self.several))]
        column_of = _numbers(bound, systems)
        size = len(bound.truth) + sum(len(one.truth) - n for one, n in zip(systems, bound.n_counts, strict=True))
        places = np.concatenate(
            [
                _places(at, one, system, number)
                for at, (one, system, number) in enumerate(zip(self.several, systems, column_of, strict=True))
            ]
            + [bound.apart]
        )
        unknown, low, high, limit, hidden, table, row, column = places[np.argsort(places[:, 0], kind="stable")].T
        starts = np.searchsorted(unknown, np.arange(size + 1))
        at_least, at_most = np.maximum.reduceat(low, starts[:-1]), np.minimum.reduceat(high, starts[:-1])
        seen, least = np.minimum.reduceat(hidden, starts[:-1]) == 0, np.minimum.reduceat(limit, starts[:-1])
        stands = np.maximum.reduceat(column, starts[:-1]) > APART  # else it is one of the teams of a group
        truth = np.zeros(size, np.int64)
        for system, number in zip(systems, column_of, strict=True):
            truth[number] = system.truth
        truth[: len(bound.truth)] = bound.truth
        first_row = np.cumsum([0, *(len(one.table.block) for one in self.several)])
        system = System(
            matrix=_stacked([one.matrix for one in systems], column_of, bound.equations, size),
            facts=_stacked([one.facts for one in systems], column_of, bound.facts, size),
            low=at_least,
            high=at_most,
            truth=truth,
            hidden=~seen & stands & (truth < least) & ~np.pad(self._told_before(), (0, size - len(bound.truth))),
            row=(row + first_row[table])[starts[:-1]],
            column=column[starts[:-1]],
        )
        known = np.pad(bound.binding, (0, size - len(bound.truth))) & seen
        return Together(system, np.stack([table, row, column], axis=1), starts, known, _averaged(self.several))

    def _system(self, at: int) -> System:
        one = self.several[at]
        made = self._made.get(at)
        if made is None or not _same(made[0], one.decision):
            system = linked_system(one.table, one.decision, self._base, self._bonds.lacking[at])
            self._made[at] = (one.decision.copy(), system)
        return self._made[at][1]

    def _told_before(self) -> Flags:
        """What earlier releases tell of a count by themselves: nothing that is hidden now takes that back."""
        size = len(self._bonds.truth)
        low, high = np.zeros(size, np.int64), np.full(size, MOST, np.int64)
        for one, number in zip(self.several, self._bonds.number, strict=True):
            np.maximum.at(low, number, one.decision.told_low.T.ravel())
            np.minimum.at(high, number, one.decision.told_high.T.ravel())
        return high - low < self._base


def _same(one: Decision, other: Decision) -> bool:
    return all(np.array_equal(getattr(one, side), getattr(other, side)) for side in ("row", "part", "means"))


def _numbers(bound: Bonds, systems: Sequence[System]) -> list[Integers]:
    """Per table the number among all unknowns of each of its own: what is left over of sums comes after all counts."""
    found, next_one = list[Integers](), len(bound.truth)
    for number, system in zip(bound.number, systems, strict=True):
        n_rests = len(system.truth) - len(number)
        found.append(np.append(number, np.arange(next_one, next_one + n_rests)))
        next_one += n_rests
    return found


def _places(at: int, one: Audited, system: System, number: Integers) -> Integers:
    """Unknown, low, high, threshold, whether it is hidden, table, row and column; one line per unknown of the table.

    What is left over in a sum, and every part of a whole, is hidden where it is small.
    """
    limit = one.table.threshold[system.row]
    is_rest = np.arange(len(system.truth)) >= one.table.counts.size
    hidden = system.hidden | (is_rest & (system.truth < limit))
    sides = (number, system.low, system.high, limit, hidden, np.full(len(number), at), system.row, system.column)
    return np.stack(sides, axis=1).astype(np.int64)


def _stacked(matrices: Sequence[csr_array], column_of: Sequence[Integers], more: csr_array, size: int) -> csr_array:
    """All rows of all tables over all unknowns, and `more` rows over the counts alone."""
    rows, columns, values, n_rows = list[Integers](), list[Integers](), [], 0
    own = [np.arange(more.shape[1], dtype=np.int64)]
    for matrix, column in zip([*matrices, more], [*column_of, *own], strict=True):
        entries = matrix.tocoo()
        rows.append(entries.coords[0].astype(np.int64) + n_rows)
        columns.append(column[entries.coords[1]])
        values.append(entries.data)
        n_rows += matrix.shape[0]
    places = (np.concatenate(rows), np.concatenate(columns))
    found: Any = csr_array((np.concatenate(values), places), shape=(n_rows, size))
    return found


def _averaged(several: Sequence[Audited]) -> list[Place]:
    return [
        Place(at, int(row), MEANS)
        for at, one in enumerate(several)
        for row in one.table.facts.row[facts_told(one.table, one.decision)]
    ]
