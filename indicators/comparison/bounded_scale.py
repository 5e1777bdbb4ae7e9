"""Equal change of two groups on a scale that ends, when they do not begin alike.

Scores stop at the ends of their scale. People who are lower than the lowest score move a part of their way unseen, so
that of two groups that move equally the one nearer to an end seems to move less. Without change of their own, groups
cannot run parallel both in points and on an underlying scale without ends; which of the two they do, two moments do
not tell (Roth and Sant'Anna 2023, Econometrica 91:737-747). The figure is the middle between both, with a margin that
holds both margins. Groups that begin alike have one figure, and hardly a wider margin.

The bounds of Ding and Li (2019, Political Analysis 27:605-615), difference in change and equal start, do not serve
here: near an end both are off in one direction.
"""

from __future__ import annotations

import numpy as np
import scipy
from scipy.special import ndtr, ndtri

from indicators.arrays import Floats, Integers
from indicators.comparison.figures import Pairs
from indicators.effects.few_teams import Inferred

# The three group-moments without the approach: whether it is the later moment, and whether it is the treated group.
_LATER_TREATED = np.array([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0]])
_MOST_STEPS, _CLOSE = 50, 1e-9


def has_ends(pairs: Pairs, widest: float) -> bool:
    """Whether these are whole scores on a scale of `widest` points; what was averaged or counted has no levels."""
    return bool(np.isfinite(widest) and all((values % 1 == 0).all() for values in (pairs.before, pairs.after)))


def on_underlying_scale(pairs: Pairs) -> float:
    """The effect in points when both groups would have moved equally on a scale without ends, of which scores are cuts.

    An ordered probit, P(score <= k) = Phi(cut_k - a x later - b x treated), of the three group-moments without the
    approach, gives the scores that the treated would have had (the latent difference-in-differences of Yamauchi 2020,
    arXiv 2009.13404, with one spread).
    """
    groups = pairs.before[~pairs.treated], pairs.after[~pairs.treated], pairs.before[pairs.treated]
    levels, level = np.unique(np.concatenate(groups), return_inverse=True)
    if levels.size < 2:
        return float(pairs.after[pairs.treated].mean() - levels[0])
    which = np.repeat(np.arange(3), [one.size for one in groups])
    counts = np.zeros((3, levels.size), dtype=np.int64)
    np.add.at(counts, (which, level), 1)
    return float(pairs.after[pairs.treated].mean() - _expected(counts) @ levels)


def over_both(points: Inferred, underlying: Inferred) -> Inferred:
    """The middle between two figures, with deviations of such a size that its 95 % interval holds both intervals.

    At a stricter level, as among many outcomes, it is wider than it need be.
    """
    one, other = points[0], underlying[0]
    freedom = points[2]
    deviation = (points[1] + underlying[1]) / 2
    errors = [float(np.sqrt((own[1] ** 2).sum())) for own in (points, underlying)]
    quantile = float(scipy.stats.t.ppf(0.975, freedom))
    low, high = (
        min(one - quantile * errors[0], other - quantile * errors[1]),
        max(one + quantile * errors[0], other + quantile * errors[1]),
    )
    size = float(np.sqrt((deviation**2).sum()))
    wider = (high - low) / 2 / (quantile * size) if size > 0 else np.nan
    return (low + high) / 2, wider * deviation, freedom


def _expected(counts: Integers) -> Floats:
    """(K,) shares of the treated at the later moment without the approach, from `counts` (3, K) of the other three.

    Fisher scoring; the likelihood has one top (Pratt 1981, Journal of the American Statistical Association 76:103-106).
    """
    n_cuts = counts.shape[1] - 1
    at = np.append(ndtri(counts.sum(axis=0).cumsum()[:-1] / counts.sum()), np.zeros(2))
    height, shares = _log_likelihood(at, counts)
    for _ in range(_MOST_STEPS):
        step, shorter = _step(at, shares, counts), 1.0
        found = _log_likelihood(at + step, counts)
        while found[0] < height - _CLOSE and shorter > _CLOSE:
            shorter /= 2
            found = _log_likelihood(at + shorter * step, counts)
        at, (height, shares) = at + shorter * step, found
        if np.abs(shorter * step).max() < _CLOSE:
            break
    return _shares(at[:n_cuts] - at[n_cuts:].sum())


def _log_likelihood(at: Floats, counts: Integers) -> tuple[float, Floats]:
    """The height at these cuts and shifts, minus infinity where cuts change places, and the shares (3, K)."""
    shares = _shares(_distances(at, counts))
    seen = counts > 0
    if (shares[seen] <= 0).any():
        return -np.inf, shares
    return float((counts[seen] * np.log(shares[seen])).sum()), shares


def _step(at: Floats, shares: Floats, counts: Integers) -> Floats:
    distances = _distances(at, counts)
    density = np.exp(-(distances**2) / 2) / np.sqrt(2 * np.pi)
    unit = np.eye(counts.shape[1])
    of_cuts = density[:, None, :] * (unit[:-1] - unit[1:]).T
    slope = np.concatenate([of_cuts, -of_cuts.sum(axis=2)[:, :, None] * _LATER_TREATED[:, None, :]], axis=2)
    weighted = slope / np.maximum(shares, 1e-12)[:, :, None]
    gradient = np.einsum("ck,ckq->q", counts, weighted)
    information = np.einsum("c,ckq,ckr->qr", counts.sum(axis=1), weighted, slope)
    return np.asarray(np.linalg.lstsq(information, gradient, rcond=None)[0])


def _distances(at: Floats, counts: Integers) -> Floats:
    n_cuts = counts.shape[1] - 1
    return np.asarray(at[:n_cuts] - (_LATER_TREATED @ at[n_cuts:])[:, None])


def _shares(distances: Floats) -> Floats:
    """(..., K) shares between cuts that lie at these distances from the middle."""
    ends = [(0, 0)] * (distances.ndim - 1) + [(1, 1)]
    below = np.pad(ndtr(distances), ends, constant_values=(0.0, 1.0))
    return np.asarray(np.diff(below, axis=-1))
