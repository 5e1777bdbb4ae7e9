"""How sure: a leave-one-team-out jackknife over all outcomes together, with an interval that minds few teams.

Clients of one team share workers, neighbourhood and habits; the team is the unit that could have come out differently.
Leaving out one team at a time is the CR3 covariance (Bell and McCaffrey 2002, Survey Methodology 28:169-181; Hansen
2025, Jackknife standard errors for clustered regression): it needs no formula per estimator, and one pass gives the
covariance between all outcomes. With few teams it is too large; it is scaled to be right when all clients have equal,
independent noise, as CR2 is, and the t interval takes Bell and McCaffrey's degrees of freedom from the same model.
With three teams started out of sixty those are near two and not near fifty-nine. The truth bench shows what coverage
results.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import scipy

from indicators.arrays import Floats
from indicators.effects.team_cells import TeamCells

# From the cells of one outcome and the multiplicity (R, J) of teams to weights of the cell means, (R, 2, J, T).
Weights = Callable[[TeamCells, Floats], Floats]
Inferred = tuple[float, Floats, float]
# Below one degree of freedom no margin is given; two teams leave exactly one, but for the last digits.
LEAST_FREEDOM = 1 - 1e-6


@dataclass(frozen=True, slots=True)
class TeamInference:
    """Estimates and degrees of freedom (K,), and the deviations (J, K) whose product is the covariance."""

    estimate: Floats
    deviation: Floats
    degrees_of_freedom: Floats

    @classmethod
    def of(cls, found: Sequence[Inferred]) -> TeamInference:
        """Several estimates from the same teams, side by side; of no outcomes there are none."""
        if not found:
            return cls(np.zeros(0), np.zeros((0, 0)), np.zeros(0))
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
        return np.asarray(scipy.stats.t.ppf((1 + confidence) / 2, self.degrees_of_freedom)) * self.standard_error

    @property
    def p_value(self) -> Floats:
        """(K,) two-sided, against no effect."""
        spread = self.standard_error
        statistic = np.divide(np.abs(self.estimate), spread, out=np.full_like(spread, np.nan), where=spread > 0)
        return np.asarray(2 * scipy.stats.t.sf(statistic, self.degrees_of_freedom))


def team_inference(weights_of: Weights, cells: TeamCells) -> TeamInference:
    """Estimates with their team jackknife, per outcome of `cells`; a team without such clients is no team for it."""
    return TeamInference.of([inference_of(weights_of, cells.outcome(at)) for at in range(cells.mean.shape[3])])


def inference_of(weights_of: Weights, cells: TeamCells) -> Inferred:
    """Estimate, deviations (J,) and degrees of freedom for one outcome."""
    weights, left_out = left_out_weights(weights_of, cells)
    scale, freedom = calibration(weights, left_out, cells.weight.ravel())
    mean = cells.mean.ravel()
    return float(weights @ mean), scale * (left_out @ mean), freedom


def left_out_weights(weights_of: Weights, cells: TeamCells) -> tuple[Floats, Floats]:
    """Weights of the cell means (cells,), and how they change when a team is left out (J, cells)."""
    n_teams = cells.teams.size
    everyone_then_each_left_out = np.vstack([np.ones(n_teams), 1 - np.eye(n_teams)])
    weights = weights_of(cells, everyone_then_each_left_out).reshape(n_teams + 1, -1)
    return weights[0], weights[1:] - weights[0]


def calibration(weights: Floats, left_out: Floats, clients: Floats) -> tuple[float, float]:
    """What makes the jackknife error right under equal noise per client, and Satterthwaite's degrees of freedom there.

    The jackknife variance is a sum of squares of J sums of cell means. Under equal noise its expectation is the trace
    of `between`; the true variance of the estimate follows from its own weights.
    """
    known = clients > 0
    scaled = left_out[:, known] / np.sqrt(clients[known])
    between = scaled @ scaled.T
    expected = float(np.trace(between))
    if not expected > 0:
        return float("nan"), float("nan")
    true = float((weights[known] ** 2 / clients[known]).sum())
    return float(np.sqrt(true / expected)), expected**2 / float((between**2).sum())
