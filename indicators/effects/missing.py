"""Clients who were not measured again: who they are, weights and imputations for them, and how imputations are pooled.

Nothing here replaces the figure on measured clients; it stands beside it. A life domain that nobody scored at the
start is not missing but not asked, and is never filled in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from indicators.arrays import Flags, Floats, Integers
from indicators.effects.logistic import fitted_probability

N_IMPUTATIONS = 20
_DONORS = 5
_DIGITS = 9
# Weights beyond these percentiles are cut: a handful of clients may not carry the result (Cole and Hernán 2008).
_CUT = (1, 99)


@dataclass(frozen=True, slots=True)
class Pooled:
    """Rubin's (1987) rules: estimate, total variance, degrees of freedom, and the share of missing information."""

    estimate: float
    variance: float
    degrees_of_freedom: float
    missing_information: float


def who_is_missing(clients: pd.DataFrame, measured: Flags, by: Sequence[str]) -> pd.DataFrame:
    """Per column in `by` and value at the start: `n_clients` and how many of them were measured again, `n_measured`."""
    table = clients.assign(n_measured=measured.astype(int))
    parts = []
    for column in by:
        counts = table.groupby(column, observed=True, dropna=False)["n_measured"].agg(["size", "sum"]).reset_index()
        parts.append(counts.set_axis(["value", "n_clients", "n_measured"], axis=1).assign(column=column))
    names = ["column", "value", "n_clients", "n_measured"]
    return pd.concat(parts, ignore_index=True)[names] if parts else pd.DataFrame(columns=names)


def weights_of_measured(predictors: Floats, measured: Flags) -> Floats:
    """(N,) for measured clients how many like them each stands for, mean about 1; NaN for the others.

    The inverse of the probability of being measured again, given `predictors` (N, p) known at the start, times the
    overall share; extremes are cut. All NaN when the predictors tell perfectly who is missing.
    """
    if measured.all():
        return np.ones(measured.size)
    probability = fitted_probability(predictors, measured)
    weight = np.where(measured, measured.mean() / probability, np.nan)
    if np.isnan(weight[measured]).any():
        return np.full(measured.size, np.nan)
    low, high = np.percentile(weight[measured], _CUT)
    return np.clip(weight, low, high)


def imputations(predictors: Floats, values: Floats, seed: int, n_imputations: int = N_IMPUTATIONS) -> Floats:
    """(M, N) the `values` (N,) with gaps filled by predictive mean matching; measured values stay as they are.

    Each gap takes the value of one of the five measured clients with the nearest prediction (Little 1988), so
    that scores stay whole numbers within their bounds; the regression itself is drawn anew each time. Of clients with
    one prediction each is as likely a donor, and the order of the rows does not matter: they are put in an order of
    their own. Assumes that, given `predictors` (N, p), who is missing does not depend on the missing value.
    """
    order = np.lexsort([values, *predictors.T])
    filled = np.empty((n_imputations, values.size))
    filled[:, order] = _imputed(predictors[order], values[order], np.random.default_rng(seed), n_imputations)
    return filled


def _imputed(predictors: Floats, values: Floats, rng: np.random.Generator, n_imputations: int) -> Floats:
    design = np.column_stack([np.ones(len(predictors)), predictors])
    gap = np.isnan(values)
    known, target = design[~gap], values[~gap]
    inverse = np.linalg.pinv(known.T @ known, rcond=1e-10, hermitian=True)
    fit = inverse @ known.T @ target
    freedom = max(target.size - int(np.linalg.matrix_rank(known)), 1)
    residual = float(((target - known @ fit) ** 2).sum())
    size, direction = np.linalg.eigh(inverse)
    root = direction * np.sqrt(np.maximum(size, 0))
    filled, lost = np.tile(values, (n_imputations, 1)), design[gap]
    donors = _Donors.of(known @ fit, target)
    for one in filled:
        noise = np.sqrt(residual / rng.chisquare(freedom))
        drawn = fit + noise * root @ rng.standard_normal(fit.size)
        one[gap] = donors.donated(lost @ drawn, rng)
    return filled


def pooled(estimates: Floats, variances: Floats, complete_freedom: float) -> Pooled:
    """One result from the results (M,) on completed data, with Barnard and Rubin's (1999) degrees of freedom."""
    within, between = float(variances.mean()), float(estimates.var(ddof=1))
    extra = (1 + 1 / estimates.size) * between
    total = within + extra
    share = extra / total
    old = (estimates.size - 1) / share**2 if share > 0 else np.inf
    seen = (complete_freedom + 1) / (complete_freedom + 3) * complete_freedom * (1 - share)
    freedom = 1 / (1 / old + 1 / seen)
    missing = (extra / within + 2 / (freedom + 3)) / (1 + extra / within)
    return Pooled(float(estimates.mean()), total, freedom, missing)


@dataclass(frozen=True, slots=True)
class _Donors:
    """Measured clients by what was predicted for them: those with one prediction are a block.

    `predicted` and `size` (B,) per block in order, and where its own begin, `first`, in `values` (N,), sorted by block.
    """

    predicted: Floats
    size: Integers
    first: Integers
    values: Floats

    @classmethod
    def of(cls, predicted: Floats, values: Floats) -> _Donors:
        """Equal rows can differ in the last digits of their prediction."""
        blocks, block_of = np.unique(predicted.round(_DIGITS), return_inverse=True)
        size = np.bincount(block_of)
        return cls(blocks, size, np.cumsum(size) - size, values[np.argsort(block_of, kind="stable")])

    def donated(self, wanted: Floats, rng: np.random.Generator) -> Floats:
        """For each of `wanted` (M,) the value of one of the nearest donors, all as likely; ties are broken by lot.

        The r-th nearest donor, r drawn among the first five, lies in a block; by lot that donor is any of its block.
        """
        n_blocks = self.predicted.size
        n_near = min(_DONORS, n_blocks)
        near = np.searchsorted(self.predicted, wanted)[:, None] + np.arange(-n_near, n_near)
        inside = (near >= 0) & (near < n_blocks)
        near = np.clip(near, 0, n_blocks - 1)
        distance = np.where(inside, np.abs(self.predicted[near] - wanted[:, None]), np.inf)
        ranked = np.take_along_axis(near, np.argsort(distance, axis=1, kind="stable"), axis=1)[:, :n_near]
        rank = rng.integers(0, min(_DONORS, self.values.size), (wanted.size, 1))
        chosen = ranked[np.arange(wanted.size), (self.size[ranked].cumsum(axis=1) <= rank).sum(axis=1)]
        return self.values[self.first[chosen] + (rng.random(wanted.size) * self.size[chosen]).astype(np.int64)]
