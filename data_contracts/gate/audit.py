"""The attack on our own table: how far can each hidden count be pinned down?

A hidden count is safe when two tables that fit everything shown differ in it by at least the rounding base. A linear
programme (HiGHS) finds such tables; intervals that follow from one sum at a time only save work. Nothing is called
safe without two such tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import block_array, csr_array, vstack
from scipy.sparse.csgraph import connected_components

from data_contracts.errors import GateRefused
from data_contracts.gate.linked import System
from data_contracts.gate.rounding import Floats, Integers
from data_contracts.gate.table import TOLERANCE, Flags

SLACK = 1e-6  # what a linear programme may be off, in clients
PROPAGATIONS = 200
PATIENCE = 1  # programmes in a row that hardly help
TURNED = 0.25  # share of counts that is pushed the other way


@dataclass(frozen=True, slots=True)
class Audit:
    """Per hidden unknown (its number in the system) the width that is proven, or that its bounds impose.

    A width that stops at `least_width` may be larger. Where a count is pinned by single sums already (`by_sums`), the
    counts that hang together with it are not attacked further: their width is that of their bounds.
    """

    unknown: Integers
    width: Integers
    by_sums: Flags


def audit(system: System, least_width: int) -> Audit:
    """Attack every hidden count of `system`; safe is a width (highest minus lowest) of at least `least_width`."""
    if (system.truth < system.low).any() or (system.truth > system.high).any() or (system.matrix @ system.truth).any():
        raise GateRefused("De openbaarmakingscontrole klopt niet met de tabel zelf. Er is niets gepubliceerd.")
    tight = _propagated(system)
    bounds = tight.high - tight.low
    width = bounds.copy()
    for members in _components(tight):
        wanted = np.flatnonzero(system.hidden[members])
        if (bounds[members[wanted]] >= least_width).all():
            width[members[wanted]] = _Programme.of(tight, members).widths(wanted, least_width)
    unknown = np.flatnonzero(system.hidden)
    return Audit(unknown, width[unknown], bounds[unknown] < least_width)


def told(system: System, shape: tuple[int, int]) -> tuple[Integers, Integers]:
    """The lowest and the highest value that single sums leave to each count (R, K) of the table."""
    tight = _propagated(system)
    n_rows, n_columns = shape
    low, high = (side[: n_rows * n_columns].reshape(n_columns, n_rows).T for side in (tight.low, tight.high))
    return low, high


def _propagated(system: System) -> System:
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


def _components(system: System) -> list[Integers]:
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


@dataclass(frozen=True, slots=True)
class _Programme:
    """All tables that fit: `matrix` times the table lies in `least`..`most`, the table within `low`..`high`.

    `start` is one of them.
    """

    matrix: csr_array
    least: Floats
    most: Floats
    low: Floats
    high: Floats
    start: Floats

    @staticmethod
    def of(system: System, members: Integers) -> _Programme:
        """The unknowns `members`, which no sum binds to a free unknown elsewhere."""
        start, low, high = (side[members].astype(np.float64) for side in (system.truth, system.low, system.high))
        everything = vstack([system.matrix, system.facts]).tocsr()
        used = everything[:, members]
        rows = np.flatnonzero(np.bincount(used.nonzero()[0], minlength=used.shape[0]))
        # What fixed unknowns add to a row is known from the truth.
        matrix, fixed = used[rows], everything[rows] @ system.truth - used[rows] @ start
        is_sum = rows < system.matrix.shape[0]
        return _Programme(matrix, np.where(is_sum, -fixed, -np.inf), -fixed + TOLERANCE * ~is_sum, low, high, start)

    def widths(self, wanted: Integers, least_width: int) -> Integers:
        """Whole-number widths of `wanted`, each at least `least_width` or exact.

        Each programme pushes the counts that are not yet safe to where they have room, with random weights and now and
        then the other way. When that no longer helps, each count left gets its own two programmes.
        """
        lowest, highest = self.start.copy(), self.start.copy()
        chance = np.random.default_rng(len(wanted))
        todo, idle = wanted, 0
        while len(todo) and idle < PATIENCE:
            up = self.high[todo] - highest[todo] > lowest[todo] - self.low[todo]
            turned = chance.random(len(todo)) < TURNED
            weight = chance.uniform(0.5, 1.5, len(todo))
            self._widen(todo, np.where(up ^ turned, -weight, weight), lowest, highest)
            left = wanted[_whole_width(lowest, highest)[wanted] < least_width]
            idle = idle + 1 if len(left) > 0.9 * len(todo) else 0
            todo = left
        for one in todo:
            for direction in (1.0, -1.0):
                self._widen(one, direction, lowest, highest)
        return _whole_width(lowest, highest)[wanted]

    def _widen(self, places: Integers, weights: ArrayLike, lowest: Floats, highest: Floats) -> None:
        cost = np.zeros(len(self.start))
        cost[places] = weights
        found = self._cheapest(cost)
        np.minimum(lowest, found, out=lowest)
        np.maximum(highest, found, out=highest)

    def _cheapest(self, cost: Floats) -> Floats:
        sums = LinearConstraint(self.matrix, self.least, self.most)
        found = milp(cost, bounds=Bounds(self.low, self.high), constraints=sums)
        if found.x is None:
            raise GateRefused("De openbaarmakingscontrole vond geen antwoord. Er is niets gepubliceerd.")
        return found.x


def _whole_width(lowest: Floats, highest: Floats) -> Integers:
    return (np.floor(highest + SLACK) - np.ceil(lowest - SLACK)).astype(np.int64)
