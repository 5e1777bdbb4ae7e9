"""The expected outcome given one input: a cubic spline through the means of the draws in narrow bins.

The draws are sorted by the input and put into bins; a spline through the bins' means is the least-squares fit over all
draws, but for the course within a bin, and costs one sort. Bins get smaller towards the ends: a choice is often turned
by the last few of a thousand draws, which a bin of equal size would average away.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.interpolate import BSpline

from mkba.arrays import Array

N_BINS = 256
_DEGREE = 3
# Spans between knots of a smooth and of a winding curve; every knot of the first is one of the second.
_SPANS = (7, 21)


@dataclass(frozen=True, slots=True)
class Fit:
    """Expected outcomes given an input, as splines: `coefficients` (n_splines, n_outcomes)."""

    knots: Array
    coefficients: Array

    def at(self, values: Array) -> Array:
        """Expected outcomes at `values`, shape (n, n_outcomes); outside the draws the nearest end counts."""
        inside = np.clip(values, self.knots[0], self.knots[-1])
        return np.asarray(BSpline(self.knots, self.coefficients, _DEGREE)(inside), dtype=np.float64)


def fit(values: Array, outcomes: Array) -> Fit:
    """The expected outcomes (n_draws, n_outcomes) given an input with `values` (n_draws,).

    A straight line, a smooth or a winding curve, per outcome: the one that earns its parameters (BIC).
    """
    starts = _bins(len(values))
    order = np.argsort(values, kind="stable")
    sizes = np.diff(np.append(starts, len(values)))
    points = np.add.reduceat(values[order], starts) / sizes
    means = np.add.reduceat(outcomes[order], starts, axis=0) / sizes[:, None]
    weights = sizes / len(values)
    ends = values[order[0]], values[order[-1]]
    slope = (values - values.mean()) @ outcomes / max(len(values) * float(values.var()), 1e-300)
    best = outcomes.mean(axis=0) + (points - values.mean())[:, None] * slope
    spread = outcomes.var(axis=0)
    least = _bic(best, spread, len(outcomes), weights, 2)
    # Each candidate lies in the space of the last, so the last holds whichever was best.
    for spans in _SPANS:
        knots = _knots(points, ends, spans)
        basis = spline_basis(points, knots)
        curve = basis @ _least_squares(basis, means, weights)
        bic = _bic(curve, spread, len(outcomes), weights, basis.shape[1])
        best, least = np.where(bic < least, curve, best), np.minimum(bic, least)
    return Fit(knots, _least_squares(basis, best, weights))


def _bins(n_draws: int) -> npt.NDArray[np.intp]:
    """Where each bin starts: bins of equal size, of which those at the ends are halved again and again."""
    equal = np.linspace(0, n_draws, min(N_BINS, n_draws) + 1).astype(np.intp)
    ends = 2 ** np.arange(int(np.log2(max(equal[1], 1))) + 1)
    return np.unique(np.concatenate([equal[:-1], ends[ends < n_draws], (n_draws - ends)[ends < n_draws]]))


def _least_squares(basis: Array, targets: Array, weights: Array) -> Array:
    root = np.sqrt(weights)[:, None]
    return np.asarray(np.linalg.lstsq(basis * root, targets * root, rcond=None)[0], dtype=np.float64)


def _bic(expected: Array, spread: Array, n_draws: int, weights: Array, n_parameters: int) -> Array:
    """Bayesian information criterion of a fit, per outcome of this variance; what it explains lies between the bins."""
    explained = weights @ (expected - weights @ expected) ** 2
    left = np.maximum(spread - explained, 1e-300)
    return np.asarray(n_draws * np.log(left) + n_parameters * np.log(n_draws))


def spline_basis(values: Array, knots: Array) -> Array:
    """Cubic B-splines at `values`, shape (n, n_splines)."""
    inside = np.clip(values, knots[0], np.nextafter(knots[-1], knots[0]))
    return np.asarray(BSpline.design_matrix(inside, knots, _DEGREE).toarray())


def _knots(ordered: Array, ends: tuple[float, float], spans: int) -> Array:
    """Knots at quantiles of ordered values, the ends of the draws repeated; fewer where few values differ."""
    inner = np.unique(np.quantile(ordered, np.linspace(0, 1, spans + 1)[1:-1]))
    inner = inner[(inner > ends[0]) & (inner < ends[1])]
    return np.concatenate([[ends[0]] * (_DEGREE + 1), inner, [ends[1]] * (_DEGREE + 1)])
