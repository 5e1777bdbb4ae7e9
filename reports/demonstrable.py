"""Whether an estimate shows a difference, minding how many outcomes were looked at."""

from __future__ import annotations

import json

import pandas as pd

MORE, LESS, NONE, UNKNOWN = "aantoonbaar meer", "aantoonbaar minder", "geen aantoonbaar verschil", "niet te zeggen"


def shows(rows: pd.DataFrame) -> pd.Series:
    """Per estimate one of the words above.

    Demonstrable is what the check 'demonstrable' of the estimate says (p-value adjusted for all outcomes that were
    looked at together) and what lies clear of zero by its released interval. An estimate without that check is judged
    by its interval.
    """
    is_known = rows["ci_low"].notna() & rows["ci_high"].notna()
    holds = rows["assumptions"].map(lambda text: json.loads(text).get("demonstrable", {}).get("holds", True))
    found = pd.Series(NONE, index=rows.index)
    found[holds.eq(True) & (rows["ci_low"] > 0)] = MORE
    found[holds.eq(True) & (rows["ci_high"] < 0)] = LESS
    return found.where(is_known, UNKNOWN)


def stands_out_by_chance(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose own interval lies clear of zero, but that do not show a difference among so many outcomes."""
    return rows[(rows["shows"] == NONE) & ((rows["ci_low"] > 0) | (rows["ci_high"] < 0))]
