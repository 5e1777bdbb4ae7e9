"""The attack on our own table: how far can each hidden count be pinned down?

A hidden count is safe when two tables that fit everything shown differ in it by at least the rounding base. A linear
programme (HiGHS) finds such tables; intervals that follow from one sum at a time only save work. Nothing is called
safe without two such tables.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.sparse import block_array, vstack
from scipy.sparse.csgraph import connected_components

from data_contracts.errors import GateRefused
from data_contracts.gate.linked import System
from data_contracts.gate.programme import STEPS, Programme
from data_contracts.gate.rounding import Integers
from data_contracts.gate.table import Flags

PROPAGATIONS = 200


@dataclass(frozen=True, slots=True)
class Audit:
    """Per hidden unknown (its number in the system) the width that is proven, or that its bounds impose.

    A width that stops at `least_width` may be larger. Where a count is pinned by single sums already (`by_sums`), the
    counts that hang together with it are not attacked further: their width is that of their bounds. Of a count that is
    `undecided` the steps ran out before it was proven safe or unsafe: its width is what was proven so far.
    """

    unknown: Integers
    width: Integers
    by_sums: Flags
    undecided: Flags


def audit(system: System, least_width: int, steps: int = STEPS) -> Audit:
    """Attack every hidden count of `system`; safe is a width (highest minus lowest) of at least `least_width`.

    Each set of counts that hang together may take that many `steps`.
    """
    if (system.truth < system.low).any() or (system.truth > system.high).any() or (system.matrix @ system.truth).any():
        raise GateRefused("De openbaarmakingscontrole klopt niet met de tabel zelf. Er is niets gepubliceerd.")
    tight = _propagated(system)
    bounds = tight.high - tight.low
    width, undecided = bounds.copy(), np.zeros(len(bounds), np.bool_)
    for members in _components(tight):
        wanted = np.flatnonzero(system.hidden[members])
        if (bounds[members[wanted]] >= least_width).all():
            found = Programme(tight, members, steps).widths(wanted, least_width)
            width[members[wanted]], undecided[members[wanted]] = found.width, found.undecided
    unknown = np.flatnonzero(system.hidden)
    return Audit(unknown, width[unknown], bounds[unknown] < least_width, undecided[unknown])


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
