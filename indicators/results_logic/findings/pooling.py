"""Partial pooling: what several teams tell together, and what each tells itself in that light."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Pooled:
    """Random-effects mean of groups, the true variance between them, and each group drawn towards the mean.

    `estimates` and `variances` have one element per group, in the order given.
    """

    mean: float
    mean_variance: float
    between_variance: float
    estimates: Array
    variances: Array


def pooled(estimates: Array, variances: Array) -> Pooled:
    """DerSimonian and Laird (1986) with empirical-Bayes estimates per group.

    A group with few people leans on the mean, one with many speaks for itself. Where the groups differ no more than
    chance explains, `between_variance` is 0 and all of them get the mean.
    """
    fixed = 1 / variances
    centre = float((fixed * estimates).sum() / fixed.sum())
    excess = float((fixed * (estimates - centre) ** 2).sum()) - (len(estimates) - 1)
    between = max(excess / float(fixed.sum() - (fixed**2).sum() / fixed.sum()), 0.0)
    weights = 1 / (variances + between)
    mean, mean_variance = float((weights * estimates).sum() / weights.sum()), float(1 / weights.sum())
    trust = between / (between + variances)
    drawn = trust * estimates + (1 - trust) * mean
    return Pooled(mean, mean_variance, between, drawn, trust * variances + (1 - trust) ** 2 * mean_variance)
