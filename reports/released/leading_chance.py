"""Which chance of a positive balance a reader meets first: the verdict of the council, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class LeadingChance:
    """The mean of the balance, the chance that it is positive, and the lower one of it and the one with doubt.

    `measured` is the lower of both by the measurement alone, where what was known beforehand gives the leading one.
    """

    mean: float
    chance: float
    least: float
    measured: float | None = None


def leading_chance(headline: pd.Series) -> LeadingChance | None:
    """With what was known beforehand where the study declared it; None where nothing differs or may be said."""
    own = _least(headline, "prob_npv_positive", "npv_mean_eur")
    known = _least(headline, "prob_npv_positive_known", "npv_known_mean_eur")
    if own is None or known is None:
        return own
    return LeadingChance(known.mean, known.chance, known.least, own.least)


def _least(headline: pd.Series, name: str, mean: str) -> LeadingChance | None:
    chance, doubted = headline.get(name), headline.get(f"{name}_doubt")
    if chance is None or pd.isna(chance):
        return None
    least = chance if doubted is None or pd.isna(doubted) else min(chance, doubted)
    return LeadingChance(float(headline[mean]), float(chance), float(least))
