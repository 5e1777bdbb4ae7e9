"""What better knowledge is worth before deciding: EVPI, EVPPI, and one more year of measuring.

Options are the alternatives and the null alternative (0 in every draw). EVPI = E[max NB] - max E[NB]. EVPPI takes the
expected outcome given an input, by regression on the same draws (Strong, Oakley & Brennan 2014). One more year of
measuring halves the variance of an estimate: the expected outcome moves by a factor sqrt(1/2) around its mean (Jalal &
Alarid-Escudero 2018, with as many new clients as there were).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mkba.arrays import Array
from mkba.uncertainty.regression import fit

_NOTHING = 1e-6


@dataclass(frozen=True, slots=True)
class Worth:
    """Value of knowing something exactly, with its simulation error and how much of the outcome it explains."""

    value: float
    se: float
    r_squared: float
    one_more_year: float


def gain_of(expected: Array) -> float:
    """E[max over options] - max over options of E, for outcomes of shape (n, n_options); never below 0."""
    best = np.maximum.reduce(list(expected.T))
    return max(float(best.mean() - expected.mean(axis=0).max()), 0.0)


def evpi(net_benefits: Array, n_blocks: int = 1) -> Worth:
    """Value of knowing everything; `net_benefits` (n_draws, n_options), a column of zeros for doing nothing."""
    return Worth(gain_of(net_benefits), _spread([gain_of(part) for part in _blocks(net_benefits, n_blocks)]), 1.0, 0.0)


def evppi(net_benefits: Array, values: Array, n_blocks: int = 1) -> Worth:
    """Value of knowing one input, with `values` (n_draws,), exactly; never below 0 nor above EVPI.

    The error is that of independent fits on the `n_blocks` randomisations of the draws.
    """
    expected = fit(values, net_benefits).at(values)
    limit = gain_of(net_benefits)
    value = min(gain_of(expected), limit)
    blocks = zip(values.reshape(n_blocks, -1), _blocks(net_benefits, n_blocks), strict=True)
    # What never changes the choice has no error worth the time of fitting each block.
    parts = [gain_of(fit(one, part).at(one)) for one, part in blocks] if value > _NOTHING * limit else []
    mean = expected.mean(axis=0)
    explained, total = expected.var(axis=0).sum(), net_benefits.var(axis=0).sum()
    half_known = mean + (expected - mean) * np.sqrt(0.5)
    return Worth(
        value,
        _spread(parts) if parts else 0.0,
        min(float(explained / total), 1.0) if total > 0 else 0.0,
        min(gain_of(half_known), value),  # half known is never worth more than known, to the last bit
    )


def _blocks(values: Array, n_blocks: int) -> list[Array]:
    return list(values.reshape(n_blocks, len(values) // n_blocks, -1))


def _spread(parts: list[float]) -> float:
    return float(np.std(parts, ddof=1) / np.sqrt(len(parts))) if len(parts) > 1 else float("nan")
