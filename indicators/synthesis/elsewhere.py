"""A municipality's own figure in the light of what was found elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from indicators.arrays import Floats
from indicators.synthesis.expectation import expectation
from indicators.synthesis.random_effects import LEVEL, synthesis

_NORMAL = float(stats.norm.isf(LEVEL / 2))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What `n_others` municipalities let expect, and the own figure drawn towards it, each with its 95 % interval.

    `spread` is the standard deviation of a normal with the interval of what is expected.
    """

    n_others: int
    expected: float
    spread: float
    expected_low: float
    expected_high: float
    shrunken: float
    low: float
    high: float


def in_the_light_of_others(estimates: Floats, variances: Floats, own: int, reach: float) -> Elsewhere | None:
    """The municipality at place `own`, beside what the others let expect; None where those are fewer than three.

    The others alone say what to expect, so that no figure counts twice. The less precise the own figure is, and the
    more alike the others are, the further it is drawn towards them. `reach` is half its own 95 % margin: where a few
    teams stand behind it that is wider than two standard errors, and a normal one of that width takes its place.
    """
    rest = np.arange(len(estimates)) != own
    others = synthesis(estimates[rest], variances[rest])
    if others is None:
        return None
    expected = expectation(estimates[rest], variances[rest])
    drawn = expected.beside(float(estimates[own]), (reach / _NORMAL) ** 2)
    low, high = others.expected_low, others.expected_high
    return Elsewhere(others.n, expected.mean, others.expected_spread, low, high, drawn.mean, *drawn.interval(LEVEL))
