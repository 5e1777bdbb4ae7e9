"""What a municipality that was not among them may expect, with the doubt about how far municipalities lie apart.

With one value for that spread a prediction interval is too narrow: for 95 % promised it held 88 to 90 % of new
municipalities where they differ less than their figures are precise (docs/decisions/0089).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from indicators.arrays import Floats

_N_SPREADS, _N_GRID = 200, 240


@dataclass(frozen=True, slots=True)
class Expectation:
    """A mixture of normal distributions of one true effect, one per value that the spread may have."""

    means: Floats
    variances: Floats
    weights: Floats

    @property
    def mean(self) -> float:
        """The middle of what is expected."""
        return float(self.weights @ self.means)

    def interval(self, level: float) -> tuple[float, float]:
        """From the quantile `level / 2` to that of `1 - level / 2`."""
        return self._quantile(level / 2), self._quantile(1 - level / 2)

    def beside(self, estimate: float, variance: float) -> Expectation:
        """The same once a figure of that municipality itself is known, by Bayes' rule."""
        total = self.variances + variance
        own = self.variances / total
        weights = self.weights * stats.norm.pdf(estimate, self.means, np.sqrt(total))
        means = own * estimate + (1 - own) * self.means
        return Expectation(means, own * variance, weights / weights.sum())

    def _quantile(self, share: float) -> float:
        errors = np.sqrt(self.variances)
        ends: Floats = np.asarray(self.means + stats.norm.ppf(share) * errors)
        if np.ptp(ends) == 0:
            return float(ends[0])

        def above(value: float) -> float:
            return float(self.weights @ stats.norm.cdf(value, self.means, errors)) - share

        return float(brentq(above, ends.min(), ends.max()))


def expectation(estimates: Floats, variances: Floats) -> Expectation:
    """The true effect of one more municipality, from float64[G] estimates with their variances.

    Nagashima, Noma and Furukawa (2019, *Statistical Methods in Medical Research* 28): the spread has its confidence
    distribution; per value of it the next municipality lies around the mean of then. Here that distribution is of the
    Q statistic (Viechtbauer 2007), taken at its quantiles instead of by lot.
    """
    squares = spreads(estimates, variances, (np.arange(_N_SPREADS) + 0.5) / _N_SPREADS)
    means, totals, _ = _weighted(estimates, variances, squares)
    return Expectation(means, squares + 1 / totals, np.full(squares.size, 1 / squares.size))


def spreads(estimates: Floats, variances: Floats, shares: Floats) -> Floats:
    """float64[S] squared spreads between municipalities: the quantiles `1 - shares` of its confidence distribution."""
    scale = variances.mean() + (estimates.var() if estimates.size else 0)
    grid = np.concatenate([[0.0], np.geomspace(1e-5, 1e3, _N_GRID) * scale])
    statistic = _weighted(estimates, variances, grid)[2]
    # The statistic falls as the spread grows: where even no spread gives less than asked, there is none.
    return np.interp(stats.chi2.ppf(shares, estimates.size - 1), statistic[::-1], grid[::-1])


def _weighted(estimates: Floats, variances: Floats, squares: Floats) -> tuple[Floats, Floats, Floats]:
    """Per squared spread the mean, the sum of the weights, and the Q statistic."""
    weights = 1 / (variances[:, None] + squares)
    totals = weights.sum(axis=0)
    means = (weights * estimates[:, None]).sum(axis=0) / totals
    return means, totals, (weights * (estimates[:, None] - means) ** 2).sum(axis=0)
