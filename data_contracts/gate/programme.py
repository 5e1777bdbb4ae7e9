"""The tables that fit what is shown, as one linear programme that stays warm while it is pushed from count to count.

HiGHS starts each push from where the last one ended, which is a table that fits: only the costs have changed. One
thread, no clock: the same programme takes the same steps and gives the same tables.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import ArrayLike
from scipy.sparse import csc_array

from data_contracts.errors import GateRefused
from data_contracts.gate.linked import System
from data_contracts.gate.rounding import Floats, Integers
from data_contracts.gate.table import TOLERANCE, Flags

SLACK = 1e-6  # what a linear programme may be off, in clients
PATIENCE = 1  # pushes in a row that hardly help
TURNED = 0.25  # share of counts that is pushed the other way
STEPS = 25_000  # of the simplex method, for one block; the shipped studies take 6,000 at most
OPTIONS = {
    "threads": 1,
    "parallel": "off",
    "solver": "simplex",
    "simplex_strategy": int(highspy.simplex_constants.SimplexStrategy.kSimplexStrategyPrimal),
}


@dataclass(slots=True)
class Steps:
    """How many steps of the simplex method may still be taken; `ran_out` once they were not enough."""

    left: int = STEPS
    ran_out: bool = False


class Programme:
    """All tables that fit, as far as the unknowns `members` go: a matrix times the table lies within bounds, and so
    does the table itself.

    Keeps per count the lowest and the highest value in the tables found so far, and in `telling` the tables that
    proved a count safe.
    """

    def __init__(self, system: System, members: Integers, steps: Steps) -> None:
        """No sum binds one of `members` to a free unknown elsewhere; every push takes from `steps`."""
        start, low, high = (side[members].astype(np.float64) for side in (system.truth, system.low, system.high))
        used = system.binding[:, members]
        rows, places = np.unique(used.indices.astype(np.int64), return_inverse=True)
        matrix = csc_array((used.data, places.astype(np.int32), used.indptr), shape=(len(rows), len(members)))
        # What fixed unknowns add to a row is known from the truth.
        fixed = system.sums[rows] - matrix @ start
        is_sum = rows < system.matrix.shape[0]
        self._least, self._most = low, high
        self._lowest, self._highest, self._found = start.copy(), start.copy(), start
        self._matrix, self._rows = matrix, rows
        self._row_least, self._row_most = np.where(is_sum, -fixed, -np.inf), -fixed + TOLERANCE * ~is_sum
        self._steps = steps
        self._model = _model(matrix, self._row_least, self._row_most, low, high)
        self.members, self.telling = members, list[Floats]()

    def meet(self, tables: Floats) -> None:
        """Take from `tables` (members, tables), found in another attempt, those that fit here as well."""
        sums = (self._matrix @ tables).T
        fits = ((sums >= self._row_least - SLACK) & (sums <= self._row_most + SLACK)).all(axis=1)
        too_low, too_high = self._least[:, None] - tables > SLACK, tables - self._most[:, None] > SLACK
        fits &= ~(too_low | too_high).any(axis=0)
        np.minimum(self._lowest, tables[:, fits].min(axis=1, initial=np.inf), out=self._lowest)
        np.maximum(self._highest, tables[:, fits].max(axis=1, initial=-np.inf), out=self._highest)

    def width(self, places: Integers) -> Integers:
        """How far apart in whole numbers these counts are in the tables found so far."""
        return whole_width(self._lowest[places], self._highest[places])

    def widen(self, places: Integers, least_width: int) -> None:
        """Drive these counts to where they have room, all at once, until that no longer helps.

        Of each push the weights are random, and now and then a count goes the other way.
        """
        chance = np.random.default_rng(len(places))
        todo, idle = places[self.width(places) < least_width], 0
        while len(todo) and idle < PATIENCE:
            turned = chance.random(len(todo)) < TURNED
            weight = chance.uniform(0.5, 1.5, len(todo))
            if not self._push(todo, np.where(self._has_room_up(todo) ^ turned, -weight, weight)):
                return
            left = places[self.width(places) < least_width]
            if len(left) < len(todo):
                self.telling.append(self._found)
            idle = idle + 1 if len(left) > 0.9 * len(todo) else 0
            todo = left

    def drive(self, place: int, least_width: int) -> None:
        """Drive one count to both its ends, or until it is `least_width` wide; less far where the steps run out."""
        one = np.array([place])
        first = -1.0 if self._has_room_up(one)[0] else 1.0
        for direction in (first, -first):
            if self.width(one)[0] >= least_width or not self._push(one, direction):
                return
            if self.width(one)[0] >= least_width:
                self.telling.append(self._found)

    def pins(self, place: int) -> tuple[Integers, Integers]:
        """What holds a count at its ends: the unknowns whose bounds do, and the sums and facts that do, by number.

        That nobody is less than nobody holds by nature. Empty where the steps run out.
        """
        members, rows = list[Integers](), list[Integers]()
        for direction in (1.0, -1.0):
            if self._push(np.array([place]), direction):
                solution = self._model.getSolution()
                held = np.flatnonzero(np.abs(np.asarray(solution.col_dual)) > SLACK)
                members.append(held[self._found[held] > SLACK])
                rows.append(np.flatnonzero(np.abs(np.asarray(solution.row_dual)) > SLACK))
        none = [np.zeros(0, np.int64)]
        held, holding = (np.unique(np.concatenate(found or none)) for found in (members, rows))
        return self.members[held], self._rows[holding]

    def _has_room_up(self, places: Integers) -> Flags:
        return self._most[places] - self._highest[places] > self._lowest[places] - self._least[places]

    def _push(self, places: Integers, weights: ArrayLike) -> bool:
        """Find the table with the least `weights` times the counts at `places`; False where the steps run out."""
        if self._steps.ran_out:
            return False
        cost = np.zeros(len(self._least))
        cost[places] = weights
        self._model.changeColsCost(len(cost), np.arange(len(cost), dtype=np.int32), cost)
        status = self._solve()
        if status not in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kIterationLimit):
            # Begun where the last push ended, HiGHS now and then gives up short of the least; from nothing it does not.
            self._model.clearSolver()
            status = self._solve()
        if status == highspy.HighsModelStatus.kIterationLimit:
            self._steps.ran_out = True
            return False
        if status != highspy.HighsModelStatus.kOptimal:
            raise GateRefused("De openbaarmakingscontrole vond geen antwoord. Er is niets gepubliceerd.")
        self._found = np.asarray(self._model.getSolution().col_value)
        np.minimum(self._lowest, self._found, out=self._lowest)
        np.maximum(self._highest, self._found, out=self._highest)
        return True

    def _solve(self) -> highspy.HighsModelStatus:
        """How it ended, within the steps that are left."""
        self._model.setOptionValue("simplex_iteration_limit", self._steps.left)
        self._model.run()
        self._steps.left -= int(self._model.getInfo().simplex_iteration_count)
        return self._model.getModelStatus()


def whole_width(lowest: Floats, highest: Floats) -> Integers:
    """Highest minus lowest whole number in between."""
    return (np.floor(highest + SLACK) - np.ceil(lowest - SLACK)).astype(np.int64)


class _Silent(highspy.Highs):
    """HiGHS without its banner, which would stand in the middle of what the command line prints."""

    def enableCallbacks(self) -> None:
        """Called first of all by the constructor; this model has no use for callbacks."""
        self.silent()


def _model(matrix: csc_array, least: Floats, most: Floats, low: Floats, high: Floats) -> highspy.Highs:
    programme = highspy.HighsLp()
    programme.num_row_, programme.num_col_ = matrix.shape
    programme.col_cost_ = np.zeros(len(low))
    programme.col_lower_, programme.col_upper_ = low, high
    programme.row_lower_, programme.row_upper_ = least, most
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_, programme.a_matrix_.index_ = matrix.indptr, matrix.indices
    programme.a_matrix_.value_ = matrix.data
    model = _Silent()
    for name, value in OPTIONS.items():
        model.setOptionValue(name, value)
    if model.passModel(programme) != highspy.HighsStatus.kOk:
        raise GateRefused("De openbaarmakingscontrole kon niet worden opgezet. Er is niets gepubliceerd.")
    return model
