"""How sure: a leave-one-team-out jackknife over all outcomes together, with an interval that minds few teams.

Clients of one team share workers, neighbourhood and habits; the team is the unit that could have come out differently.
Leaving out one team at a time is the CR3 covariance (Bell and McCaffrey 2002, Survey Methodology 28:169-181; Hansen
2025, Jackknife standard errors for clustered regression): it needs no formula per estimator, and one pass gives the
covariance between all outcomes. The t interval takes Bell and McCaffrey's degrees of freedom: what the design itself,
under equal noise per client, says about how well the jackknife variance is known. With three teams started out of
sixty, that is near two and not near fifty-nine.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from indicators.team_cells import Floats, TeamCells

# From the cells of one outcome and the multiplicity (R, J) of teams to weights of the cell means, (R, 2, J, T).
Weights = Callable[[TeamCells, Floats], Floats]
Inferred = tuple[float, Floats, float]


@dataclass(frozen=True, slots=True)
class TeamInference:
    """Estimates and degrees of freedom (K,), and the deviations (J, K) whose product is the covariance."""

    estimate: Floats
    deviation: Floats
    degrees_of_freedom: Floats

    @classmethod
    def of(cls, found: Sequence[Inferred]) -> TeamInference:
        """Several estimates from the same teams, side by side."""
        estimate, deviation, freedom = zip(*found, strict=True)
        return cls(np.array(estimate), np.stack(deviation, axis=1), np.array(freedom))

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


def team_inference(weights_of: Weights, cells: TeamCells) -> TeamInference:
    """Estimates with their team jackknife, per outcome of `cells`; a team without such clients is no team for it."""
    return TeamInference.of([inference_of(weights_of, cells.outcome(at)) for at in range(cells.mean.shape[3])])


def inference_of(weights_of: Weights, cells: TeamCells) -> Inferred:
    """Estimate, deviations (J,) and degrees of freedom for one outcome."""
    n_all = cells.teams.size
    everyone_then_each_left_out = np.vstack([np.ones(n_all), 1 - np.eye(n_all)])
    weights = weights_of(cells, everyone_then_each_left_out).reshape(n_all + 1, -1)
    n_teams = max(int((cells.weight > 0).any(axis=(0, 2)).sum()), 1)
    difference = (weights[1:] - weights[0]) * np.sqrt((n_teams - 1) / n_teams)
    mean = cells.mean.ravel()
    return float(weights[0] @ mean), difference @ mean, _degrees_of_freedom(difference, cells.weight.ravel())


def _degrees_of_freedom(difference: Floats, weight: Floats) -> float:
    """Satterthwaite's degrees of freedom of the jackknife variance when all clients have independent, equal noise.

    The variance is a sum of squares of J sums of cell means; `difference` (J, cells) holds their weights.
    """
    scaled = difference[:, weight > 0] / np.sqrt(weight[weight > 0])
    between = scaled @ scaled.T
    spread = float((between**2).sum())
    return float(np.trace(between) ** 2 / spread) if spread > 0 else float("nan")
