"""How sure: a leave-one-team-out jackknife over all outcomes together, with an interval that minds few teams.

Clients of one team share workers, neighbourhood and habits; the team is the unit that could have come out differently.
Leaving out one team at a time is the CR3 covariance (Bell and McCaffrey 2002, Survey Methodology 28:169-181; Hansen
2025, Jackknife standard errors for clustered regression), it needs no formula per estimator, and one pass gives the
covariance between all outcomes. The t interval takes Bell and McCaffrey's degrees of freedom: what the design itself,
under equal noise per client, says about how well the jackknife variance is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy import stats

from indicators.team_cells import Cells, Floats, TeamCells

Estimator = Callable[[TeamCells, Floats], Floats]


@dataclass(frozen=True, slots=True)
class TeamInference:
    """Estimates and degrees of freedom (K,), and the deviations (J, K) whose product is the covariance."""

    estimate: Floats
    deviation: Floats
    degrees_of_freedom: Floats

    @property
    def covariance(self) -> Floats:
        """(K, K), positive semidefinite, of rank below the number of teams."""
        return self.deviation.T @ self.deviation

    @property
    def standard_error(self) -> Floats:
        """(K,)."""
        return np.asarray(np.sqrt((self.deviation**2).sum(axis=0)))

    def half_width(self, confidence: float = 0.95) -> Floats:
        """(K,): from the estimate to either end of the interval."""
        return np.asarray(stats.t.ppf((1 + confidence) / 2, self.degrees_of_freedom)) * self.standard_error

    @property
    def p_value(self) -> Floats:
        """(K,) two-sided, against no effect."""
        spread = self.standard_error
        statistic = np.divide(np.abs(self.estimate), spread, out=np.full_like(spread, np.nan), where=spread > 0)
        return np.asarray(2 * stats.t.sf(statistic, self.degrees_of_freedom))


def team_inference(estimator: Estimator, cells: TeamCells) -> TeamInference:
    """Estimate with its team jackknife; teams without a part in an outcome do not count for it."""
    replicates = estimator(cells, _leave_one_out(cells.teams.size))
    return TeamInference(replicates[0], _deviations(replicates, cells), _degrees_of_freedom(estimator, cells))


def _leave_one_out(n_teams: int) -> Floats:
    """(J + 1, J): everyone first, then each team once left out."""
    return np.vstack([np.ones(n_teams), 1 - np.eye(n_teams)])


def _deviations(replicates: Floats, cells: TeamCells) -> Floats:
    deviation = replicates[1:] - replicates[0]
    n_teams = np.maximum((cells.unexposed.weight + cells.exposed.weight > 0).any(axis=1).sum(axis=0), 1)
    return np.asarray(deviation * np.sqrt((n_teams - 1) / n_teams))


def _degrees_of_freedom(estimator: Estimator, cells: TeamCells) -> Floats:
    """(K,) Satterthwaite's degrees of freedom of the jackknife variance, were the noise equal for every client.

    Every estimator here is linear in the cell means, so its weights follow by estimating unit vectors.
    """
    n_outcomes = cells.unexposed.mean.shape[2]
    return np.array([_degrees_of_freedom_of(estimator, cells, outcome) for outcome in range(n_outcomes)])


def _degrees_of_freedom_of(estimator: Estimator, cells: TeamCells, outcome: int) -> float:
    weights = [side.weight[..., outcome] for side in (cells.unexposed, cells.exposed)]
    places = np.argwhere(np.stack(weights) > 0)
    noise = 1 / np.array([weights[side][team, period] for side, team, period in places])
    means = np.zeros((2, *weights[0].shape, len(places)))
    means[(*places.T, np.arange(len(places)))] = np.sqrt(noise)
    # One weight per cell serves all unit vectors: the last axis of a weight may be 1.
    sides = [Cells(mean, weight[..., None]) for mean, weight in zip(means, weights, strict=True)]
    one = cells.with_outcomes(*sides)
    deviation = _deviations(estimator(one, _leave_one_out(cells.teams.size)), one)
    between = deviation @ deviation.T
    spread = float((between**2).sum())
    return float(np.trace(between) ** 2 / spread) if spread > 0 else float("nan")
