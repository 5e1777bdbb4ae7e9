"""The expected outcome given one input: a cubic spline through the means of the draws in narrow bins.

The draws are sorted by the input and put into bins of equal size; a spline through the bins' means is the least-squares
fit over all draws, but for the course within a bin, and costs one sort.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.interpolate import BSpline

Array = npt.NDArray[np.float64]
N_BINS = 256
_DEGREE = 3
_INNER_KNOTS = 6


@dataclass(frozen=True, slots=True)
class Fit:
    """Expected outcomes given an input: at `points` (n_bins,) the `expected` outcomes (n_bins, n_outcomes).

    `weights` (n_bins,) are the shares of the draws.
    """

    points: Array
    weights: Array
    expected: Array
    knots: Array
    coefficients: Array

    def at(self, values: Array) -> Array:
        """Expected outcomes at `values`, shape (n, n_outcomes); outside the draws the nearest end counts."""
        return spline_basis(values, self.knots) @ self.coefficients


def fit(values: Array, outcomes: Array) -> Fit:
    """The expected outcomes (n_draws, n_outcomes) given an input with `values` (n_draws,)."""
    starts = np.linspace(0, len(values), min(N_BINS, len(values)), endpoint=False).astype(int)
    order = np.argsort(values, kind="stable")
    sizes = np.diff(np.append(starts, len(values)))
    points = np.add.reduceat(values[order], starts) / sizes
    means = np.add.reduceat(outcomes[order], starts, axis=0) / sizes[:, None]
    knots = _knots(points)
    basis, weights = spline_basis(points, knots), sizes / len(values)
    found = _least_squares(basis, means, weights)
    slope = (values - values.mean()) @ outcomes / max(len(values) * float(values.var()), 1e-300)
    straight = outcomes.mean(axis=0) + (points - values.mean())[:, None] * slope
    # A spline contains every straight line, so the straight fit is kept where the curve does not earn its parameters.
    is_straight = _bic(straight, outcomes, weights, 2) <= _bic(basis @ found, outcomes, weights, basis.shape[1])
    found = _least_squares(basis, np.where(is_straight, straight, basis @ found), weights)
    return Fit(points, weights, basis @ found, knots, found)


def _least_squares(basis: Array, targets: Array, weights: Array) -> Array:
    root = np.sqrt(weights)[:, None]
    return np.asarray(np.linalg.lstsq(basis * root, targets * root, rcond=None)[0], dtype=np.float64)


def _bic(expected: Array, outcomes: Array, weights: Array, n_parameters: int) -> Array:
    """Bayesian information criterion of a fit, per outcome; what it explains lies between the bins."""
    explained = weights @ (expected - weights @ expected) ** 2
    left = np.maximum(outcomes.var(axis=0) - explained, 1e-300)
    return np.asarray(len(outcomes) * np.log(left) + n_parameters * np.log(len(outcomes)))


def spline_basis(values: Array, knots: Array) -> Array:
    """Cubic B-splines at `values`, shape (n, n_splines)."""
    inside = np.clip(values, knots[0], np.nextafter(knots[-1], knots[0]))
    return np.asarray(BSpline.design_matrix(inside, knots, _DEGREE).toarray())


def _knots(ordered: Array) -> Array:
    """Knots at quantiles of ordered values, the ends repeated; fewer when there are few different values."""
    inner = np.unique(np.quantile(ordered, np.linspace(0, 1, _INNER_KNOTS + 2)))
    return np.concatenate([[inner[0]] * _DEGREE, inner, [inner[-1]] * _DEGREE])
