"""What holds a small count that is told: the shown counts and means without which it could be anything."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import csc_array, csr_array, vstack

from data_contracts.gate.linked import System
from data_contracts.gate.programme import Programme, Steps
from data_contracts.gate.rounding import Integers

RINGS = 3  # of sums, as far as the surroundings of a count reach


class Surroundings:
    """The sums and facts around a count: what they tell without all others, everybody knows."""

    def __init__(self, system: System) -> None:
        """Of this system, whose sums come before its facts."""
        self._system = system
        self._by_row: csr_array = vstack([system.matrix, system.facts]).tocsr()
        self._by_unknown: csc_array = self._by_row.tocsc()

    def pins(self, unknown: int, least_width: int, steps: Steps) -> tuple[Integers, Integers] | None:
        """The unknowns and the sums or facts, by number, that hold a count; None where its surroundings do not."""
        rows = self._rows_around(unknown)
        kept = self._by_row[rows]
        unknowns = np.unique(kept.indices)
        is_sum = rows < self._system.matrix.shape[0]
        own = kept[:, unknowns].tocsr()
        sides = {
            name: getattr(self._system, name)[unknowns] for name in ("low", "high", "truth", "hidden", "row", "column")
        }
        part = replace(self._system, matrix=own[np.flatnonzero(is_sum)], facts=own[np.flatnonzero(~is_sum)], **sides)
        programme = Programme(part, np.arange(len(unknowns)), steps)
        place = int(np.searchsorted(unknowns, unknown))
        held, holding = programme.pins(place)
        if programme.width(np.array([place]))[0] >= least_width:
            return None
        return unknowns[held].astype(np.int64), rows[holding]

    def _rows_around(self, unknown: int) -> Integers:
        rows, reached = np.zeros(0, np.int64), np.array([unknown])
        for _ in range(RINGS):
            rows = np.union1d(rows, self._by_unknown[:, reached].indices)
            reached = np.unique(self._by_row[rows].indices)
        return rows.astype(np.int64)
