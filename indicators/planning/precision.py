"""How precise an estimate of the product will be, and which difference it would show, before there is an estimate.

The estimate is a weighted sum of cell means, and so are the deviations of its team jackknife (`few_teams`). From the
numbers of clients per cell and the noise follow: the true standard error, the one that the product will show on
average, and the degrees of freedom of both. The test statistic is then a non-central t.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import scipy

from indicators.arrays import Floats
from indicators.effects.few_teams import LEAST_FREEDOM, Weights, calibration, left_out_weights
from indicators.effects.team_cells import TeamCells
from indicators.planning.noise import Noise

# 'Seen in 80 of 100 cases'.
POWER = 0.8


@dataclass(frozen=True, slots=True)
class Precision:
    """`standard_error` is the true one, `shown` what the team jackknife gives on average (root of its mean square).

    `told_freedom` are the degrees of freedom of the interval, `freedom` those that the shown error really has.
    """

    standard_error: float
    shown: float
    told_freedom: float
    freedom: float

    @property
    def half_width(self) -> float:
        """From an estimate to either end of its 95 % interval, as it will be shown."""
        return float(scipy.stats.t.ppf(0.975, self.told_freedom)) * self.shown

    def over_two(self, apart: float) -> Precision:
        """The same with a margin that holds those of two figures, so far apart."""
        return replace(self, shown=self.shown * (1 + apart / 2 / self.half_width))

    def power(self, difference: float, level: float) -> float:
        """The chance that a difference of this size is found at this two-sided level."""
        limit = scipy.stats.t.ppf(1 - level / 2, self.told_freedom) * self.shown / self.standard_error
        apart = abs(difference) / self.standard_error
        above, below = scipy.stats.nct.sf(limit, self.freedom, apart), scipy.stats.nct.cdf(-limit, self.freedom, apart)
        return float(above + np.nan_to_num(below))

    def smallest_difference(self, level: float, power: float = POWER) -> float:
        """The smallest difference that is found with chance `power`."""
        limit = scipy.stats.t.ppf(1 - level / 2, self.told_freedom) * self.shown
        far = limit + 2 * self.standard_error
        while self.power(far, level) < power:
            far *= 2
        return float(scipy.optimize.brentq(lambda size: self.power(size, level) - power, 0.0, far, rtol=1e-4))


def precision_of(weights_of: Weights, cells: TeamCells, noise: Noise) -> Precision | None:
    """The precision of one outcome's estimate; None where nothing can be estimated, or no margin be given."""
    weights, left_out = left_out_weights(weights_of, cells)
    scale, told_freedom = calibration(weights, left_out, cells.weight.ravel())
    if not np.isfinite([scale, told_freedom]).all() or told_freedom < LEAST_FREEDOM:
        return None
    true = float(_covariance(weights[None], cells, noise)[0, 0])
    between = _covariance(left_out, cells, noise)
    expected = float(np.trace(between))
    freedom = expected**2 / float((between**2).sum())
    return Precision(float(np.sqrt(true)), scale * float(np.sqrt(expected)), told_freedom, freedom)


def _covariance(weights: Floats, cells: TeamCells, noise: Noise) -> Floats:
    """(R, R) of sums of cell means with these weights (R, cells)."""
    clients = cells.weight.ravel()
    known = clients > 0
    by_client = weights[:, known] / np.sqrt(clients[known])
    by_team_period = weights.reshape(len(weights), 2, *cells.weight.shape[1:]).sum(axis=1)
    by_team = by_team_period.sum(axis=2)
    by_team_period = by_team_period.reshape(len(weights), -1)
    return np.asarray(
        noise.of_client * by_client @ by_client.T
        + noise.of_team_period * by_team_period @ by_team_period.T
        + noise.of_team * by_team @ by_team.T
    )
