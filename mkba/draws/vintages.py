"""Effects of different vintages together: how they hang together is not known, so the worst is taken.

An effect that is shown from an earlier release has the mean, the variance and the covariances of then. How it hangs
together with effects of another release nobody computed. Whatever the correlations are, the balance can vary no more
than when all vintages together are good or bad at once, so they are drawn like that.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from mkba.arrays import Array


def at_worst(covariance: Array, vintage: Sequence[str | None], gradient: Array) -> Array:
    """`covariance` with what is unknown between vintages filled in as a full dependence of what they add up to.

    `gradient` says what one of each effect adds to the balance. Of each vintage S is what its effects add together; the
    effects of two vintages covary through S only, and both S are fully dependent. That is a covariance again: what is
    left of a vintage when its S is taken out, is untouched.
    """
    groups = [np.flatnonzero([one == name for one in vintage]) for name in dict.fromkeys(vintage)]
    if len(groups) < 2:
        return covariance
    together = np.zeros_like(covariance)
    loading = np.zeros(len(covariance))
    for group in groups:
        own = covariance[np.ix_(group, group)]
        together[np.ix_(group, group)] = own
        with_sum = own @ gradient[group]
        spread = np.sqrt(max(float(gradient[group] @ with_sum), 0.0))
        loading[group] = with_sum / spread if spread > 0 else 0.0
    across = np.outer(loading, loading)
    for group in groups:
        across[np.ix_(group, group)] = 0.0
    return together + across
