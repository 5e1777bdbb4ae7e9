"""A step in a series whose errors resemble those of the period before, with an interval that minds that this is fitted.

First-order autoregressive errors by restricted maximum likelihood. The correlation is estimated from the same few
periods; an interval that takes it as known misses the truth too often. Satterthwaite's degrees of freedom, from the
restricted information about variance and correlation (Giesbrecht and Burns 1985, Biometrics 41:477-486), mind that;
Turner and others (2021, BMC Medical Research Methodology 21:181) found them best of what they tried on interrupted
series. Periods that were left out lie between two errors: these resemble each other by that much less.
"""

from __future__ import annotations

import numpy as np
import scipy

from indicators.arrays import Floats
from indicators.series.interrupted import STEP, Step, periods_of, step_of

_BOUNDS = (-0.99, 0.99)


def step_autoregressive(values: Floats, design: Floats) -> tuple[Step, float]:
    """Step with first-order autoregressive errors, by restricted maximum likelihood, and the autocorrelation.

    The trend in `design` tells how many periods lie between two neighbours.
    """
    apart = periods_of(design)[1:] - periods_of(design)[:-1]
    found = scipy.optimize.minimize_scalar(
        lambda correlation: _restricted_deviance(values, design, apart, correlation), bounds=_BOUNDS, method="bounded"
    )
    correlation = float(found.x)
    coefficient, covariance, variance, _ = _whitened(values, design, apart, correlation)
    freedom = _degrees_of_freedom(design, correlation, variance)
    return step_of(coefficient, covariance * variance, freedom), correlation


def _whitened(values: Floats, design: Floats, apart: Floats, correlation: float) -> tuple[Floats, Floats, float, float]:
    """Coefficients, their unscaled covariance, the variance of what is new per period, and log |precision|.

    The Prais-Winsten transformation; after a gap the error keeps less of the last one and gains more that is new.
    """
    kept = correlation**apart
    new = np.sqrt((1 - correlation**2) / (1 - kept**2))
    first = np.sqrt(1 - correlation**2)
    outcome = np.append(first * values[0], new * (values[1:] - kept * values[:-1]))
    table = np.vstack([first * design[0], new[:, None] * (design[1:] - kept[:, None] * design[:-1])])
    covariance = np.linalg.inv(table.T @ table)
    coefficient = covariance @ table.T @ outcome
    rest = outcome - table @ coefficient
    variance = float(rest @ rest) / (values.size - design.shape[1])
    return coefficient, covariance, variance, float(2 * np.log(first) + 2 * np.log(new).sum())


def _restricted_deviance(values: Floats, design: Floats, apart: Floats, correlation: float) -> float:
    _, covariance, variance, log_precision = _whitened(values, design, apart, correlation)
    freedom = values.size - design.shape[1]
    return float(freedom * np.log(variance) - log_precision - np.linalg.slogdet(covariance)[1])


def _degrees_of_freedom(design: Floats, correlation: float, variance: float) -> float:
    """Satterthwaite's, of the step: 2 v^2 / (g' W g), at most those that ordinary least squares would have.

    v is the variance of the step, g its gradient in the variance and the correlation of the errors, and W the inverse
    of the expected restricted information about these two.
    """
    place = periods_of(design)
    apart = np.abs(place[:, None] - place)
    stationary = 1 - correlation**2
    per_variance = correlation**apart / stationary
    per_correlation = 2 * correlation * per_variance + apart * correlation ** np.maximum(apart - 1, 0)
    slopes = per_variance, variance * per_correlation / stationary
    precision = np.linalg.inv(variance * per_variance)
    covariance = np.linalg.inv(design.T @ precision @ design)
    weights = covariance[STEP] @ design.T @ precision
    residual = precision - precision @ design @ covariance @ design.T @ precision
    gradient = np.array([weights @ slope @ weights for slope in slopes])
    information = np.array([[np.trace(residual @ one @ residual @ other) / 2 for one in slopes] for other in slopes])
    spread = float(gradient @ np.linalg.solve(information, gradient))
    return float(min(2 * covariance[STEP, STEP] ** 2 / spread, len(design) - design.shape[1]))
