"""What several municipalities find together: the mean over them, and what a next one like them may expect."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from scipy import stats

from data_contracts.errors import ContractBroken
from data_contracts.vocabulary.certainty import Z_95
from indicators.arrays import Floats
from indicators.synthesis.expectation import expectation

FEWEST = 3  # of two, the spread between them is one number: nothing can be said about a third
LEVEL = 0.05


@dataclass(frozen=True, slots=True)
class Synthesis:
    """A random-effects synthesis of `n` municipalities.

    `low` to `high` is the 95 % interval of the mean, `expected_low` to `expected_high` that of the true effect in a
    municipality that was not among them. `between` is the standard deviation of true effects between municipalities.
    """

    n: int
    mean: float
    se: float
    low: float
    high: float
    p_value: float
    between: float
    expected_low: float
    expected_high: float

    @property
    def expected_spread(self) -> float:
        """The standard deviation of a normal with the interval of a municipality that was not among them."""
        return (self.expected_high - self.expected_low) / (2 * Z_95)


def synthesis(estimates: Floats, variances: Floats) -> Synthesis | None:
    """The synthesis of float64[G] estimates with their variances; None for fewer than three.

    Spread by Paule and Mandel (1982), which gives 0 where municipalities differ no more than chance explains. Mean by
    Hartung and Knapp (2001) with Student's t; its error is never smaller than the spread that was assumed gives, as it
    would be where the figures happen to lie close together (Jackson e.a. 2017, *Statistics in Medicine* 36).
    """
    require_weighable(estimates, variances)
    if len(estimates) < FEWEST:
        return None
    mean, se, between = _fitted(estimates, variances)
    df = len(estimates) - 1
    reach = float(stats.t.isf(LEVEL / 2, df)) * se
    low, high = mean - reach, mean + reach
    p_value = float(2 * stats.t.sf(abs(mean) / se, df))
    next_low, next_high = expectation(estimates, variances).interval(LEVEL)
    # Of few, the mean has the t of few; nobody knows a next one better than the mean of all.
    return Synthesis(len(estimates), mean, se, low, high, p_value, between, min(low, next_low), max(high, next_high))


def require_weighable(estimates: Floats, variances: Floats) -> None:
    """Raise ContractBroken where a figure cannot be weighed: of one without a margin nobody knows how much it says."""
    if not (np.isfinite(estimates).all() and np.isfinite(variances).all() and (variances > 0).all()):
        raise ContractBroken("Een cijfer zonder marge kan niet worden samengenomen; dit is een fout van ons.")


def _fitted(estimates: Floats, variances: Floats) -> tuple[float, float, float]:
    """Mean, its error, and the standard deviation between municipalities.

    By statsmodels' default of 1e-5: asked for more, its iteration ends a rounding error beyond the answer, and then it
    says that there is no spread at all. Its other estimator (DerSimonian and Laird) can give a negative one.
    """
    from statsmodels.stats.meta_analysis import combine_effects

    with warnings.catch_warnings():
        # It computes I² too, which divides by zero where all figures are the same.
        warnings.simplefilter("ignore", RuntimeWarning)
        found = combine_effects(estimates, variances, method_re="iterated")
    se = max(float(found.sd_eff_w_re), float(found.sd_eff_w_re_hksj))
    return float(found.mean_effect_re), se, float(np.sqrt(found.tau2))
