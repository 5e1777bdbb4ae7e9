"""Finding the parameters at which the likelihood is highest, and how sharp the top is.

From a plain start by BFGS on likelihood and gradient; then by steps that drive the gradient to zero. The last follow
the gradient only, because it is exact to more digits than the quadrature of the likelihood itself.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy import optimize, special

from indicators.arrays import Floats, sums
from indicators.ordinal.objective import Objective, Parameters, parameters
from indicators.ordinal.patterns import Patterns

GRADIENT_TOLERANCE = 0.01
FINE_TOLERANCE = 1e-4
MOST_STEPS = 60
LONGEST_STEP = 0.5


def plain_start(data: Patterns, n_coefficients: int) -> Parameters:
    """Thresholds from the shares of the scores, no effects, a client intercept of 1."""
    counts = sums(data.level, data.weight[data.of_observation], data.n_levels)
    below = np.cumsum(counts)[:-1] / counts.sum()
    return Parameters(1.3 * special.logit(below), np.zeros(n_coefficients), 1.0)


def near_maximum(objective: Objective, start: Parameters) -> Parameters:
    """Close to the highest likelihood."""
    n_thresholds = len(start.thresholds)

    def loss(vector: Any) -> tuple[float, Any]:
        now = parameters(_with_gaps_undone(vector, n_thresholds), n_thresholds)
        value, gradient = objective.value_and_gradient(now)
        # A gap moves every threshold above it.
        above = np.cumsum(gradient[:n_thresholds][::-1])[::-1]
        above[1:] *= np.diff(now.thresholds)
        return -value, -np.concatenate([above, gradient[n_thresholds:]])

    # The thresholds as the first and the logarithms of the gaps, so that they stay in order.
    gaps = np.log(np.diff(start.thresholds))
    vector = np.concatenate([start.thresholds[:1], gaps, start.coefficients, [start.sigma]])
    options: Any = {"gtol": GRADIENT_TOLERANCE, "maxiter": 500}
    found = optimize.minimize(loss, vector, jac=True, method="BFGS", options=options)
    return parameters(_with_gaps_undone(found.x, n_thresholds), n_thresholds)


def maximum(objective: Objective, start: Parameters, covariance: Floats) -> tuple[Parameters, bool]:
    """The top from `start`, by steps of covariance times gradient, and whether it was reached.

    `covariance` guesses the inverse curvature, float64[free, free]; each step corrects it by what the gradient did.
    """
    n_thresholds = len(start.thresholds)
    if not np.isfinite(covariance).all():
        return start, False
    now, point, gradient = start, start.point(), objective.value_and_gradient(start)[1]
    for _ in range(MOST_STEPS):
        if np.abs(gradient).max() < FINE_TOLERANCE:
            return now, True
        step = covariance @ gradient
        step *= min(1.0, LONGEST_STEP / np.abs(step).max())
        while np.any(np.diff((point + step)[:n_thresholds]) <= 0):
            step /= 2
        point = point + step
        now = parameters(point, n_thresholds)
        before, gradient = gradient, objective.value_and_gradient(now)[1]
        covariance = _corrected(covariance, step, before - gradient)
    return now, bool(np.abs(gradient).max() < GRADIENT_TOLERANCE)


def covariance_at(objective: Objective, best: Parameters) -> Floats:
    """Inverse of the observed information, by central differences of the gradient; NaN when there is none."""
    point, n_thresholds = best.point(), len(best.thresholds)
    size = min(1e-4, 0.05 * float(np.diff(best.thresholds).min(initial=1.0)))

    def gradient(at: Floats) -> Floats:
        return objective.value_and_gradient(parameters(at, n_thresholds))[1]

    steps = size * np.eye(len(point))
    information = -np.stack([(gradient(point + step) - gradient(point - step)) / (2 * size) for step in steps])
    information = (information + information.T) / 2
    if not np.isfinite(information).all() or np.linalg.eigvalsh(information).min() <= 0:
        return np.full_like(information, np.nan)
    return np.linalg.inv(information)


def _corrected(covariance: Floats, step: Floats, change: Floats) -> Floats:
    """The BFGS correction of an inverse curvature; unchanged where the step says nothing about it."""
    along = float(step @ change)
    if along <= 1e-10:
        return covariance
    side = np.eye(len(step)) - np.outer(step, change) / along
    return side @ covariance @ side.T + np.outer(step, step) / along


def _with_gaps_undone(vector: Floats, n_thresholds: int) -> Floats:
    thresholds = np.cumsum(np.append(vector[:1], np.exp(vector[1:n_thresholds])))
    return np.append(thresholds, vector[n_thresholds:])
