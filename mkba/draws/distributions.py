"""Uncertain numbers: a mean with a range of 90 of 100 becomes a distribution with exactly that mean.

Moments are matched (sd = range / 3.29), so the run at the mean vector and the mean of the draws speak of the
same number.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from mkba.arrays import Array
from mkba.inputs.spread import Spread

# Beyond 8.2 standard deviations a double has no probability left.
_GRID = np.linspace(-8.2, 8.2, 4097)
RANGE_IN_SD = 2 * float(special.ndtri(0.95))


def spread_sd(spread: Spread) -> float:
    """Standard deviation that belongs to the range; 0 for a fixed number."""
    if spread.low is None or spread.high is None:
        return 0.0
    return (spread.high - spread.low) / RANGE_IN_SD


def quantiles(spread: Spread, uniform: npt.ArrayLike) -> Array:
    """The values of `spread` at the probabilities `uniform`; a fixed number gives itself everywhere."""
    u = np.asarray(uniform, dtype=np.float64)
    mean, sd = spread.value, spread_sd(spread)
    if sd == 0:
        return np.full_like(u, mean)
    if spread.distribution == "normal":
        return np.asarray(mean + sd * special.ndtri(u), dtype=np.float64)
    if spread.distribution == "lognormal":
        variance = np.log1p((sd / mean) ** 2)
        return np.asarray(mean * np.exp(np.sqrt(variance) * special.ndtri(u) - variance / 2), dtype=np.float64)
    if spread.distribution == "gamma":
        return np.asarray(special.gammaincinv((mean / sd) ** 2, u) * sd**2 / mean, dtype=np.float64)
    concentration = mean * (1 - mean) / sd**2 - 1
    return np.asarray(special.betaincinv(mean * concentration, (1 - mean) * concentration, u), dtype=np.float64)


def at_scores(spread: Spread, scores: Array) -> Array:
    """The values of `spread` at normal scores: quantiles(spread, Phi(scores)).

    Gamma and beta are read from a fine table of scores (within 1e-5 sd), many times as fast as inverting each draw.
    """
    if spread.distribution not in ("gamma", "beta") or spread_sd(spread) == 0:
        return quantiles(spread, special.ndtr(scores))
    table = quantiles(spread, special.ndtr(_GRID))
    places = np.clip((scores - _GRID[0]) * ((len(_GRID) - 1) / (_GRID[-1] - _GRID[0])), 0, len(_GRID) - 1.001)
    below = places.astype(np.intp)
    steps = np.diff(table)
    return np.asarray(table[below] + (places - below) * steps[below], dtype=np.float64)


def few_teams_stretch(df: float, scores: Array) -> Array:
    """What a normal score is multiplied by to be one of Student's t: sqrt(df / chi-square), at normal scores.

    Read from a table in logarithms, as `at_scores` does.
    """
    chi_square = 2.0 * special.gammaincinv(df / 2, special.ndtr(_GRID))
    table = np.log(df / np.maximum(chi_square, 1e-300)) / 2
    return np.asarray(np.exp(np.interp(scores, _GRID, table)), dtype=np.float64)
