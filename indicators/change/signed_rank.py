"""Signed-rank test for ordinal scores of the same people: Pratt's zeros, exact where few people moved.

Pratt ranks everyone, those who stayed equal too, and then leaves their ranks out: many who stayed equal make a small
move weigh less. scipy's method='exact' knows neither zeros nor ties and is silently wrong here, so the exact
distribution is our own. Sources: Pratt 1959; Hollander, Wolfe and Chicken 2014, chapter 3. Equal to R coin.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from indicators.arrays import Flags, Floats, Integers

EXACT_UP_TO = 50


@dataclass(frozen=True, slots=True)
class SignedRank:
    """Tests of G tables: `z` and two-sided `p_value`, float64[G]; NaN where nobody moved. `is_exact`, bool[G]."""

    z: Floats
    p_value: Floats
    is_exact: Flags


def signed_rank(n_up: Integers, n_down: Integers, n_equal: Integers) -> SignedRank:
    """Pratt's test of G tables at once.

    `n_up` and `n_down`, int64[G, K]: clients who moved 1 to K levels; `n_equal`, int64[G]. Exact for at most
    `EXACT_UP_TO` clients who moved, else the normal approximation without continuity correction.
    """
    moved = n_up + n_down
    double_rank = double_ranks(np.column_stack([n_equal, moved]))[:, 1:]
    spread = np.sum(double_rank * (n_up - n_down), axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        z = spread / np.sqrt(np.sum(double_rank**2 * moved, axis=1, dtype=np.float64))
    p_value = 2 * scipy.stats.norm.sf(np.abs(z))
    n_moved = moved.sum(axis=1)
    is_exact = (n_moved > 0) & (n_moved <= EXACT_UP_TO)
    p_value[is_exact] = _exact_p_values(double_rank[is_exact], moved[is_exact], np.abs(spread[is_exact]))
    return SignedRank(z, p_value, is_exact)


def rank_biserial(n_up: Integers, n_down: Integers) -> Floats:
    """Matched-pairs rank-biserial effect size, float64[G]: -1 (all who moved fell) to 1 (all who moved rose).

    (W+ - W-) / (W+ + W-) with ranks among those who moved (Kerby 2014); NaN where nobody moved.
    """
    moved = n_up + n_down
    rank = double_ranks(moved)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.sum(rank * (n_up - n_down), axis=1) / np.sum(rank * moved, axis=1)


def double_ranks(counts: Integers) -> Integers:
    """Twice the average rank of each column of tied values, which is a whole number; int64[G, K]."""
    return 2 * np.cumsum(counts, axis=1) - counts + 1


def _exact_p_values(double_rank: Integers, moved: Integers, spread: Integers) -> Floats:
    tables = np.column_stack([double_rank, moved, spread])
    distinct, which = np.unique(tables, axis=0, return_inverse=True)
    n_sizes = moved.shape[1]
    exact = [_exact_p(row[:n_sizes], row[n_sizes:-1], row[-1]) for row in distinct]
    return np.array(exact, dtype=np.float64)[which.ravel()]


def _exact_p(double_rank: Integers, moved: Integers, spread: np.int64) -> float:
    """P(|W+ - W-| >= what was seen) when each of those who moved was as likely to rise as to fall.

    Those who moved equally far share a rank, so their part is a binomial count; the parts are added one by one, equal
    sums merged.
    """
    sums: Integers = np.zeros(1, np.int64)
    chance: Floats = np.ones(1)
    for rank, n in zip(double_rank, moved, strict=True):
        if n == 0:
            continue
        n_rose = np.arange(n + 1)
        reached = np.add.outer(sums, rank * (2 * n_rose - n)).ravel()
        weight = np.multiply.outer(chance, scipy.stats.binom.pmf(n_rose, n, 0.5)).ravel()
        sums, place = np.unique(reached, return_inverse=True)
        chance = np.bincount(place, weights=weight).astype(np.float64)
    return float(min(1.0, chance[np.abs(sums) >= spread].sum()))
