"""The attack on our own table: how far can each hidden count be pinned down?

A hidden count is safe when two tables that fit everything shown differ in it by at least the rounding base. A linear
programme (HiGHS) finds such tables; intervals that follow from one sum at a time only save work. Nothing is called
safe without two such tables.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from scipy.sparse import block_array, vstack
from scipy.sparse.csgraph import connected_components

from data_contracts.errors import GateRefused
from data_contracts.gate.linked import System
from data_contracts.gate.programme import Programme, Steps, whole_width
from data_contracts.gate.rounding import Floats, Integers
from data_contracts.gate.table import TOLERANCE

PROPAGATIONS = 200
FACT_ROUNDS = 3  # further ones found nothing more


class Attack:
    """The attack on every hidden count of a system, each carried as far as somebody asks.

    A count is safe with a width (highest minus lowest) of at least `least_width`. Where a count is pinned by single
    sums already (`by_sums`), the counts that hang together with it are not attacked: their width is that of their
    bounds.
    """

    def __init__(self, system: System, least_width: int, steps: Sequence[Steps], tables: Floats) -> None:
        """`steps` gives per row of the table which steps may be taken for counts about it.

        `tables` (rows, columns, tables) may fit; the tables that prove something are put in the place of the oldest.
        """
        odd = (system.truth < system.low).any() or (system.truth > system.high).any()
        if odd or (system.matrix @ system.truth).any():
            raise GateRefused("De openbaarmakingscontrole klopt niet met de tabel zelf. Er is niets gepubliceerd.")
        tight = propagated(system)
        self.system = system
        self.width = tight.high - tight.low
        self.by_sums = system.hidden & (self.width < least_width)
        self._least_width = least_width
        self._attacked: dict[int, tuple[Programme, int]] = {}
        at_most, earlier = _widths_by_facts(tight), _with_rests(system, tables)
        self._programmes: list[Programme] = []
        for members in components(tight):
            wanted = np.flatnonzero(system.hidden[members])
            if not self.by_sums[members[wanted]].any():
                self.width[members[wanted]] = at_most[members[wanted]]
                wanted = wanted[at_most[members[wanted]] >= least_width]
                programme = Programme(tight, members, steps[system.row[members[0]]])
                programme.meet(earlier[members])
                programme.widen(wanted, least_width)
                self._programmes.append(programme)
                self.width[members[wanted]] = programme.width(wanted)
                self._attacked |= {int(members[place]): (programme, int(place)) for place in wanted}
        self.suspects = np.flatnonzero(system.hidden & (self.width < least_width))

    def is_safe(self, suspect: int) -> bool:
        """Whether there are two tables that far apart; False as well where the steps ran out before they were found."""
        if suspect in self._attacked:
            programme, place = self._attacked[suspect]
            programme.drive(place, self._least_width)
            self.width[suspect] = programme.width(np.array([place]))[0]
        return bool(self.width[suspect] >= self._least_width)

    def remember(self, tables: Floats) -> None:
        """Put the tables that proved a count safe in the place of the oldest of `tables`, of each block its own."""
        n_rows, n_columns, n_kept = tables.shape
        for programme in self._programmes:
            telling = np.array(programme.telling[-n_kept:]).T
            if telling.size:
                counts = np.flatnonzero(programme.members < n_rows * n_columns)
                members = programme.members[counts]
                row, column = self.system.row[members], self.system.column[members]
                older = tables[row, column, telling.shape[1] :]
                tables[row, column] = np.concatenate([older, telling[counts]], axis=1)


def _with_rests(system: System, tables: Floats) -> Floats:
    """Every unknown of the system (unknowns, tables): the counts as in `tables`, and what is left of sums besides."""
    n_counts = tables.shape[0] * tables.shape[1]
    counts = tables[system.row[:n_counts], system.column[:n_counts]]
    # A rest stands in one sum, and no sum has two.
    rests = -(system.matrix[:, n_counts:].T @ (system.matrix[:, :n_counts] @ counts))
    return np.concatenate([counts, rests])


def told(system: System, shape: tuple[int, int]) -> tuple[Integers, Integers]:
    """The lowest and the highest value that single sums leave to each count (R, K) of the table."""
    tight = propagated(system)
    n_rows, n_columns = shape
    low, high = (side[: n_rows * n_columns].reshape(n_columns, n_rows).T for side in (tight.low, tight.high))
    return low, high


def propagated(system: System) -> System:
    """Bounds that follow from each sum by itself, again and again until nothing changes."""
    matrix = system.matrix.tocoo()
    equation, unknown = matrix.coords
    plus = matrix.data > 0
    low, high = system.low.copy(), system.high.copy()
    n_equations = matrix.shape[0]
    for _ in range(PROPAGATIONS):
        least = np.where(plus, low[unknown], -high[unknown])
        most = np.where(plus, high[unknown], -low[unknown])
        others_least = np.bincount(equation, least, n_equations)[equation] - least
        others_most = np.bincount(equation, most, n_equations)[equation] - most
        new_low, new_high = low.copy(), high.copy()
        np.maximum.at(new_low, unknown, np.where(plus, -others_most, others_least).astype(np.int64))
        np.minimum.at(new_high, unknown, np.where(plus, -others_least, others_most).astype(np.int64))
        if (new_low == low).all() and (new_high == high).all():
            break
        low, high = new_low, new_high
    highest = system.facts.maximum(0) @ high + system.facts.minimum(0) @ low
    # A fact that no table within these bounds breaks tells nothing more.
    return replace(system, low=low, high=high, facts=system.facts[np.flatnonzero(highest > 0)])


def _widths_by_facts(system: System) -> Integers:
    """How wide each count can be at most, by each sum and each fact by itself: proves unsafe without a programme."""
    never_positive = vstack([system.matrix, -system.matrix, system.facts]).tocoo()
    row, unknown = never_positive.coords
    weight, rows = never_positive.data, never_positive.shape[0]
    room = np.where(np.arange(rows) < rows - system.facts.shape[0], 0.0, TOLERANCE)[row]
    low, high = system.low.astype(np.float64), system.high.astype(np.float64)
    plus = weight > 0
    for _ in range(FACT_ROUNDS):
        least = weight * np.where(plus, low[unknown], high[unknown])
        limit = (room - np.bincount(row, least, rows)[row] + least) / weight
        np.minimum.at(high, unknown[plus], limit[plus])
        np.maximum.at(low, unknown[~plus], limit[~plus])
    return whole_width(low, high)


def components(system: System) -> list[Integers]:
    """Unknowns that hang together through sums, per set that holds a hidden one; fixed unknowns bind nothing."""
    free = np.flatnonzero(system.high > system.low)
    matrix = vstack([system.matrix, system.facts]).tocsr()[:, free]
    bonds: Any = [[None, matrix], [matrix.T, None]]
    _, label = connected_components(block_array(bonds), directed=False)
    label = label[matrix.shape[0] :]
    order = np.argsort(label, kind="stable")
    chosen = np.unique(label[system.hidden[free]])
    starts = np.searchsorted(label[order], chosen)
    ends = np.searchsorted(label[order], chosen, side="right")
    return [free[order[start:end]] for start, end in zip(starts, ends, strict=True)]
