"""Whether an alternative yields more than it costs, in the words that a reader meets first."""

from __future__ import annotations

import pandas as pd

from reports.language import dutch, wording
from reports.released.leading_chance import LeadingChance, leading_chance


def verdict(row: pd.Series) -> str:
    """Whether an alternative yields more than it costs, as surely as its leading chance with doubt allows."""
    leads = leading_chance(row)
    if leads is None:
        mean = float(row["npv_mean_eur"])
        if mean == 0:
            return "geen verschil met het nulalternatief"
        return "levert meer op dan het kost" if mean > 0 else "verlies: kost meer dan het oplevert"
    ignored = "; wat elders is gevonden telt hier niet mee" if pd.notna(row.get("known_because")) else ""
    return f"{_as_surely(leads)}{ignored}"


def _as_surely(leads: LeadingChance) -> str:
    chance = dutch.chance(leads.chance)
    if leads.measured is not None:
        chance += f" met wat elders is gevonden, {dutch.chance(leads.measured)} op deze meting alleen"
    if leads.mean < 0:
        return f"verlies: kost meer dan het oplevert; kans op winst {chance}"
    words = f"{wording.chance(leads.least)} meer baten dan kosten"
    if leads.least == leads.chance:
        return f"{words} ({chance})"
    return f"{words} ({dutch.chance(leads.least)}); als de vergelijking klopt {chance}"
