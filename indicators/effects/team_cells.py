"""Team x intake-period cells: the sufficient statistic of every design that compares teams over time.

Each client counts once, in the team and the period of the intake. A cell holds, per outcome, a mean and the weight that
it rests on: clients, or client-years where the outcome is a rate. Everything after the cells costs the same for 400
clients and for a million.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.arrays import Flags, Floats, Integers

UNEXPOSED, EXPOSED, PARTLY = 0, 1, -1


@dataclass(frozen=True, slots=True)
class TeamCells:
    """Means and weights of one or more outcomes over J teams x T periods, apart for clients before and in the approach.

    `mean` and `weight` are (2, J, T, K), or (2, J, T) for one outcome: index UNEXPOSED or EXPOSED first; an empty cell
    has mean 0 and weight 0. `teams` (J,) and `periods` (T,) hold the codes. `whole` (J, T) tells where nobody at all
    had met the new approach, so that the cell can be a base or a comparison.
    """

    teams: Integers
    periods: Integers
    mean: Floats
    weight: Floats
    whole: Flags

    def outcome(self, position: int) -> TeamCells:
        """The cells of one outcome."""
        return TeamCells(self.teams, self.periods, self.mean[..., position], self.weight[..., position], self.whole)


def exposure_of(intake_on: pd.Series, started_on: pd.Series, outcome_months: int) -> pd.Series:
    """Per client: 1 for an intake at or after the team's start, 0 for an outcome complete before it, else missing.

    `started_on` is the start of the new approach in the client's team; missing means never, and then the client is
    unexposed. Partly exposed clients are left out of every comparison: they are neither before nor after, and counting
    them as either pulls the result towards zero by an unknown amount. The rule reads dates only, never an outcome.
    """
    window_closes = intake_on + pd.DateOffset(months=outcome_months)
    exposed = (intake_on >= started_on).astype("Int8")
    return exposed.mask((exposed == UNEXPOSED) & (window_closes > started_on))


def half_year_of(day: pd.Series) -> pd.Series:
    """Half-years counted through: 2021-03-01 gives 4042, 2021-07-01 gives 4043."""
    return day.dt.year * 2 + (day.dt.month > 6)


def team_cells(team: Integers, period: Integers, exposed: Integers, values: Floats, weights: Floats) -> TeamCells:
    """Cells from clients: `team`, `period` and `exposed` (N,), `values` and `weights` (N, K).

    `exposed` is EXPOSED, UNEXPOSED or PARTLY (left out); NaN is missing. A rate comes in as events per year with the
    years as weight, so that a cell holds events over years.
    """
    teams, row = np.unique(team, return_inverse=True)
    periods, column = np.unique(period, return_inverse=True)
    shape = (teams.size, periods.size)
    place = row * periods.size + column
    counted = np.where(np.isnan(values) | np.isnan(weights), 0.0, weights)
    worth = np.where(counted > 0, values, 0.0) * counted
    sides = [exposed == side for side in (UNEXPOSED, EXPOSED)]
    weight, total = (
        np.stack([_summed(place[side], table[side], shape) for side in sides]) for table in (counted, worth)
    )
    n_clients, n_unexposed = (
        _summed(place[side], np.ones((int(side.sum()), 1)), shape) for side in (exposed > -2, sides[0])
    )
    mean = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return TeamCells(teams, periods, mean, weight, ((n_clients > 0) & (n_clients == n_unexposed))[..., 0])


def _summed(place: Integers, table: Floats, shape: tuple[int, int]) -> Floats:
    """(J, T, K) sums of the columns of `table` (N, K)."""
    summed = np.empty((shape[0] * shape[1], table.shape[1]))
    for at, column in enumerate(table.T):
        summed[:, at] = np.bincount(place, column, len(summed))
    return summed.reshape(*shape, -1)
