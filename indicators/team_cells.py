"""Team x intake-period cells: the sufficient statistic of every design that compares teams over time.

Each client counts once, in the team and the period of the intake. A cell holds, per outcome, a mean and the weight
that it rests on: clients, or client-years where the outcome is a rate. Everything after the cells costs the same for
400 clients and for a million.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
PARTLY = -1


@dataclass(frozen=True, slots=True)
class Cells:
    """Means and weights of J teams x T periods x K outcomes; an empty cell has mean 0 and weight 0."""

    mean: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class TeamCells:
    """Clients wholly before the new approach (or never in it), and clients wholly in it, on one grid.

    `teams` (J,) and `periods` (T,) hold the codes; `whole` (J, T) tells where nobody at all had met the new approach,
    so that the cell can serve as a base or as a comparison.
    """

    teams: NDArray[np.int64]
    periods: NDArray[np.int64]
    unexposed: Cells
    exposed: Cells
    whole: NDArray[np.bool_]

    @property
    def has_started(self) -> NDArray[np.bool_]:
        """(J, K): the team has clients in the new approach with this outcome."""
        return np.asarray((self.exposed.weight > 0).any(axis=1))

    def with_outcomes(self, unexposed: Cells, exposed: Cells) -> TeamCells:
        """The same grid with other outcomes on it."""
        return replace(self, unexposed=unexposed, exposed=exposed)


def exposure_of(intake_on: pd.Series, started_on: pd.Series, outcome_months: int) -> pd.Series:
    """Per client: 1 for an intake at or after the team's start, 0 for an outcome complete before it, else missing.

    `started_on` is the start of the new approach in the client's team; missing means never, and then the client is
    unexposed. Partly exposed clients are left out of every comparison: they are neither before nor after, and counting
    them as either pulls the result towards zero by an unknown amount. The rule reads dates only, never an outcome.
    """
    window_closes = intake_on + pd.DateOffset(months=outcome_months)
    exposed = (intake_on >= started_on).astype("Int8")
    return exposed.mask((exposed == 0) & (window_closes > started_on))


def half_year_of(day: pd.Series) -> pd.Series:
    """Half-years counted through: 2021-03-01 gives 4042, 2021-07-01 gives 4043."""
    return day.dt.year * 2 + (day.dt.month > 6)


def team_cells(
    team: NDArray[np.int64], period: NDArray[np.int64], exposed: NDArray[np.int8], values: Floats, weights: Floats
) -> TeamCells:
    """Cells from clients: `team`, `period` and `exposed` (N,), `values` and `weights` (N, K).

    `exposed` is 1, 0 or PARTLY (left out); NaN is missing. A rate comes in as events per year with the years as weight,
    so that a cell holds events over years.
    """
    teams, row = np.unique(team, return_inverse=True)
    periods, column = np.unique(period, return_inverse=True)
    shape = (teams.size, periods.size)
    place = row * periods.size + column
    n_clients, n_unexposed = (
        np.bincount(place, weights=counted, minlength=shape[0] * shape[1]).reshape(shape)
        for counted in (np.ones(team.size), exposed == 0)
    )
    unexposed, exposed_cells = (
        _cells(place[exposed == state], values, weights, exposed == state, shape) for state in (0, 1)
    )
    return TeamCells(teams, periods, unexposed, exposed_cells, (n_clients > 0) & (n_clients == n_unexposed))


def _cells(
    place: NDArray[np.int64], values: Floats, weights: Floats, chosen: NDArray[np.bool_], shape: tuple[int, int]
) -> Cells:
    counted = np.where(np.isnan(values[chosen]) | np.isnan(weights[chosen]), 0.0, weights[chosen])
    worth = np.where(counted > 0, values[chosen], 0.0) * counted
    weight, total = (
        np.stack([np.bincount(place, one, shape[0] * shape[1]) for one in table.T], axis=-1).astype(np.float64)
        for table in (counted, worth)
    )
    mean = np.divide(total, weight, out=np.zeros_like(total), where=weight > 0)
    return Cells(mean.reshape(*shape, -1), weight.reshape(*shape, -1))
