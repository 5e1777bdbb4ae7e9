"""Partial pooling: what several groups tell together, and what each tells itself in that light."""

from __future__ import annotations

from dataclasses import dataclass

from indicators.arrays import Floats


@dataclass(frozen=True, slots=True)
class Pooled:
    """Random-effects mean of groups, the true variance between them, and each group drawn towards the mean.

    `trust`, `estimates` and `variances` have one element per group, in the order given. `trust` is the weight of a
    group's own figure: 0 when only the others speak, 1 when only the group itself does. `variances` hold the
    uncertainty of the mean as well.
    """

    mean: float
    mean_variance: float
    between_variance: float
    trust: Floats
    estimates: Floats
    variances: Floats


def pooled(estimates: Floats, variances: Floats) -> Pooled:
    """DerSimonian and Laird (1986) with empirical-Bayes estimates per group, from float64[G] and their variances.

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
    drawn = mean + trust * (estimates - mean)
    return Pooled(mean, mean_variance, between, trust, drawn, trust * variances + (1 - trust) ** 2 * mean_variance)
