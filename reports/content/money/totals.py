"""Amounts out of draws as a reader may see them: nothing finer than the draws can tell."""

from __future__ import annotations

import pandas as pd

from mkba.wording import to_precision
from reports.language import dutch


def drawn_euros(amount: float, headline: pd.Series) -> str:
    """An amount of the balance, or of a part of it, in words."""
    return dutch.euros(drawn(amount, headline))


def drawn(amount: float, headline: pd.Series) -> float:
    """An amount of the balance, or of a part of it; what is smaller than the error of the simulation is zero.

    No digit is kept below what rounding of the released effects leaves sure.
    """
    rounding = headline["npv_rounding_eur"]
    exact = settled(amount, headline)
    return to_precision(exact, rounding) if pd.notna(rounding) else exact


def drawn_margin(low: float, high: float, headline: pd.Series) -> str:
    """The 90 % interval of such an amount, no finer than the amount; 'vast' where no draw changes it."""
    return "vast" if low == high else dutch.between(low, high, lambda one: drawn_euros(one, headline))


def settled(amount: float, headline: pd.Series) -> float:
    """`amount`, or 0 where other draws could as well have given the other sign."""
    error = headline["npv_simulation_se_eur"]
    return 0.0 if pd.notna(error) and abs(amount) < error else amount
