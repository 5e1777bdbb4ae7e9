"""What an amount in a later year is worth in the base year.

Every amount is real, in euros of one price year; rates are real too. Timing says when in a year the money flows: at its
start, half way or at its end. Rule set of 2021: one flat rate per class, whatever the year.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt

from mkba.arrays import Array

Timing = Literal["start", "mid", "end"]
OFFSET: dict[str, float] = {"start": 0.0, "mid": 0.5, "end": 1.0}


def discount_factor(years: npt.ArrayLike, rate: float) -> Array:
    """Present value of 1 euro received after `years`, at a constant `rate`.

    (1 + rate) ** -years. Year 0 is the base year and gives 1. A rate of -1 or less raises ValueError.
    """
    if not rate > -1:
        raise ValueError("a discount rate lies above -1")
    return np.asarray((1.0 + rate) ** -np.asarray(years, dtype=float))


def yearly_factors(n_years: int, rate: float, timing: Timing) -> Array:
    """Discount factor of each of `n_years` years from the base year, shape (n_years,)."""
    return discount_factor(np.arange(n_years) + OFFSET[timing], rate)


def annuity(rate: float, n_years: int, timing: Timing = "end") -> float:
    """Present value of 1 euro a year during `n_years`."""
    return float(yearly_factors(n_years, rate, timing).sum())


def equivalent_annual(present_value: float, rate: float, n_years: int, timing: Timing = "end") -> float:
    """The constant yearly amount that is worth `present_value`."""
    return present_value / annuity(rate, n_years, timing)
