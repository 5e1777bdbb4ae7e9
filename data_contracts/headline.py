"""Through which measure a study speaks of an outcome: declared beforehand, one per outcome."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.field import SCORES

AT_EQUAL_START = "effect_ancova"


def is_headline(estimates: pd.DataFrame, design: str, measure: str) -> pd.Series:
    """Which rows are the study's headline, given the `measure` that it declared; the others are companions.

    What clients use has no starting value, so that a comparison cannot set change against change: whatever it declared
    for scores, it speaks of use at an equal start.
    """
    own = pd.Series(measure, index=estimates.index, dtype="str")
    if design == "comparison":
        own = own.where(estimates["subject"].isin(SCORES), AT_EQUAL_START)
    return (estimates["design"] == design) & (estimates["measure"] == own)
