"""Design B: clients in the new approach against clients of other teams, measured at the same two moments.

All figures estimate one thing, the mean effect on the clients in the approach (ATT), under different conditions:

- `difference_in_differences`: both groups would have changed equally. Fits groups that differ by nature.
- `ancova`: equal clients at the same starting score would have ended equally. Fits allocation by the starting score.
- `weighted`: the comparison group is weighted by the odds of being in the approach, on starting score and background.
- `doubly_robust`: weighting and a regression of change in the comparison group; right when either is (Sant'Anna and
Zhao 2020, Journal of Econometrics 219:101-122).

What clients used in the year after intake has no starting value of its own. Its figure is `at_equal_start`, an ancova
on everything that was known at the start; weighting and double robustness work on the outcome itself.

Difference-in-differences minus ancova is exactly (slope - 1) x the difference at the start (Lord's paradox): which one
is right is a matter of how clients came into the groups, and no figure in the data tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.arrays import Flags, Floats
from indicators.effects.logistic import fitted_probability

# Beyond this standardised difference two groups are called unequal on a covariate (Austin 2009, Stat. Med. 28:3083).
MAX_IMBALANCE = 0.1
_PART = f"{MAX_IMBALANCE:g}".replace(".", ",")
TOO_FAR_APART = f"minstens {_PART} van de gewone spreiding tussen mensen"
# A figure that weighs nobody may adjust for a difference at the start up to this; beyond it groups are not alike (What
# Works Clearinghouse, Standards Handbook 4.1, table II.2; Rubin 2001, Health Serv. Outcomes Res. Methodol. 2:169).
MAX_UNWEIGHTED = 0.25


@dataclass(frozen=True, slots=True)
class Pairs:
    """Clients measured twice: scores (N,), `treated` (N,) and covariates at the start (N, p), all without gaps.

    What has no value at the start, such as use after intake, has `before` 0 for everybody.
    """

    before: Floats
    after: Floats
    treated: Flags
    covariates: Floats

    def of(self, chosen: Flags) -> Pairs:
        """Some of the clients."""
        return Pairs(self.before[chosen], self.after[chosen], self.treated[chosen], self.covariates[chosen])

    @property
    def background(self) -> Floats:
        """(N, 1 + p): starting score and covariates."""
        return np.column_stack([self.before, self.covariates])


@dataclass(frozen=True, slots=True)
class Overlap:
    """Who can be compared: `kept` (N,), the propensity (N,), and the share of treated clients trimmed away."""

    kept: Flags
    propensity: Floats
    share_trimmed: float


def difference_in_differences(pairs: Pairs) -> float:
    """Mean change of the treated minus mean change of the others."""
    change = pairs.after - pairs.before
    return float(change[pairs.treated].mean() - change[~pairs.treated].mean())


def ancova(pairs: Pairs) -> tuple[float, float]:
    """Effect at equal starting score, and the slope of the later on the starting score."""
    design = np.column_stack([np.ones(pairs.before.size), pairs.treated, pairs.before])
    _, effect, slope = np.linalg.lstsq(design, pairs.after, rcond=None)[0]
    return float(effect), float(slope)


def at_equal_start(pairs: Pairs) -> float:
    """Difference in the later value between clients equal in the starting score and in all covariates."""
    design = np.column_stack([np.ones(pairs.after.size), pairs.treated, pairs.background])
    return float(np.linalg.lstsq(design, pairs.after, rcond=None)[0][1])


def weighted(pairs: Pairs, propensity: Floats) -> float:
    """Difference in mean change with the comparison group weighted by the odds of treatment."""
    change = pairs.after - pairs.before
    odds = odds_weights(pairs.treated, propensity)[~pairs.treated]
    return float(change[pairs.treated].mean() - np.average(change[~pairs.treated], weights=odds))


def doubly_robust(pairs: Pairs, propensity: Floats) -> float:
    """Weighted difference of what a regression on the comparison group leaves unexplained."""
    change = pairs.after - pairs.before
    design = np.column_stack([np.ones(change.size), pairs.background])
    fit = np.linalg.lstsq(design[~pairs.treated], change[~pairs.treated], rcond=None)[0]
    rest = change - design @ fit
    odds = odds_weights(pairs.treated, propensity)[~pairs.treated]
    return float(rest[pairs.treated].mean() - np.average(rest[~pairs.treated], weights=odds))


def odds_weights(treated: Flags, propensity: Floats) -> Floats:
    """(N,) 1 for the treated, the odds of treatment for the others."""
    return np.where(treated, 1.0, propensity / (1 - propensity))


def overlap(pairs: Pairs) -> Overlap:
    """Clients within the range of propensities that both groups reach; without any, nobody can be compared."""
    if pairs.treated.all() or not pairs.treated.any():
        return Overlap(np.ones(pairs.treated.size, bool), np.full(pairs.treated.size, np.nan), 0.0)
    propensity = fitted_probability(pairs.background, pairs.treated)
    if np.isnan(propensity).any():
        return Overlap(np.zeros(propensity.size, bool), propensity, 1.0)
    groups = propensity[pairs.treated], propensity[~pairs.treated]
    low, high = max(group.min() for group in groups), min(group.max() for group in groups)
    kept = (propensity >= low) & (propensity <= high)
    return Overlap(kept, propensity, float(1 - kept[pairs.treated].mean()))


def standardised_differences(pairs: Pairs, weights: Floats | None = None) -> Floats:
    """(1 + p,) difference in mean of starting score and covariates, in standard deviations of the treated."""
    values = pairs.background
    weight = np.ones(len(values)) if weights is None else weights
    spread = values[pairs.treated].std(axis=0, ddof=1)
    means = [np.average(values[group], axis=0, weights=weight[group]) for group in (pairs.treated, ~pairs.treated)]
    return np.divide(means[0] - means[1], spread, out=np.zeros_like(spread), where=spread > 0)


def e_value(effect: float, nearest_to_zero: float, spread: float) -> tuple[float, float]:
    """How strong an unseen difference between the groups must be to explain the effect, and its interval, away.

    The risk ratio that it must have with both group and outcome, beyond what was measured (VanderWeele and Ding 2017,
    Annals of Internal Medicine 167:268-274); effects in standard deviations `spread` become ratios by exp(0.91 d).
    `nearest_to_zero` is the interval's end nearest to zero; when the interval covers zero its value is 1.
    """
    covers_zero = effect * nearest_to_zero <= 0
    ratios = np.exp(0.91 * np.abs([effect, 0.0 if covers_zero else nearest_to_zero]) / spread)
    point, limit = ratios + np.sqrt(ratios * (ratios - 1))
    return float(point), float(limit)
