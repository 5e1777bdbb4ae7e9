"""Do municipalities with a declared feature of their approach find something else than those without?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from indicators.arrays import Floats
from indicators.synthesis.random_effects import FEWEST, LEVEL, require_weighable


@dataclass(frozen=True, slots=True)
class FeatureDifference:
    """How much higher the mean is of the `n_with` municipalities with a feature, beside `n_without` others."""

    n_with: int
    n_without: int
    difference: float
    low: float
    high: float
    p_value: float


def feature_difference(estimates: Floats, variances: Floats, has: np.ndarray) -> FeatureDifference | None:
    """Random-effects regression on one yes-or-no feature (bool[G]); None unless three stand on either side.

    Both sides have the same spread, by Paule and Mandel; errors by Knapp and Hartung (2003), never smaller than that
    spread gives. Municipalities were not drawn into a feature, so this describes and does not show a cause.
    """
    require_weighable(estimates, variances)
    n_with, n_without = int(has.sum()), int((~has).sum())
    if min(n_with, n_without) < FEWEST:
        return None
    sides = np.column_stack([np.ones(has.size), has]).astype(float)
    df = has.size - 2

    def excess(square: float) -> float:
        return _fitted(estimates, variances + square, sides)[2] - df

    square = 0.0 if excess(0.0) <= 0 else brentq(excess, 0.0, 4 * np.ptp(estimates) ** 2)
    coefficients, covariance, statistic = _fitted(estimates, variances + square, sides)
    difference, error = float(coefficients[1]), float(np.sqrt(covariance[1, 1] * max(1.0, statistic / df)))
    reach = float(stats.t.isf(LEVEL / 2, df)) * error
    p_value = float(2 * stats.t.sf(abs(difference) / error, df))
    return FeatureDifference(n_with, n_without, difference, difference - reach, difference + reach, p_value)


def _fitted(estimates: Floats, totals: Floats, sides: Floats) -> tuple[Floats, Floats, float]:
    """Coefficients, their covariance at this spread, and the Q statistic of what is left."""
    covariance = np.linalg.inv(sides.T @ (sides / totals[:, None]))
    coefficients = covariance @ (sides.T @ (estimates / totals))
    return coefficients, covariance, float(((estimates - sides @ coefficients) ** 2 / totals).sum())
