"""Which chance of a positive balance a reader meets first: the verdict of the council, and what stands beside it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd


@dataclass(frozen=True, slots=True)
class LeadingChance:
    """The mean of the balance, the chance that it is positive, and the lower one of it and the one with doubt.

    Where a study declared what was known elsewhere, mean and chance are with that, and `measured` is the chance by the
    measurement alone. Doubt is always about the measurement: both on top of each other tell less apart
    (docs/decisions/0123).
    """

    mean: float
    chance: float
    least: float
    measured: float | None = None


def leading_chance(headline: pd.Series) -> LeadingChance | None:
    """With what was known beforehand where the study declared it; None where nothing differs or may be said."""
    measured, known = _given(headline, "prob_npv_positive"), _given(headline, "prob_npv_positive_known")
    if measured is None:
        return None
    mean, chance = ("npv_mean_eur", measured) if known is None else ("npv_known_mean_eur", known)
    doubted = _given(headline, "prob_npv_positive_doubt")
    least = chance if doubted is None else min(chance, doubted)
    return LeadingChance(float(headline[mean]), chance, least, None if known is None else measured)


def _given(headline: pd.Series, name: str) -> float | None:
    value = headline.get(name)
    return None if value is None or pd.isna(value) else float(value)
