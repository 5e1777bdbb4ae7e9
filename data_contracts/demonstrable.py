"""Whether an estimate shows a difference, minding how many outcomes were looked at."""

from __future__ import annotations

import pandas as pd

from data_contracts.headline import is_headline
from data_contracts.tables.assumptions import Assumptions, require_demonstrable
from data_contracts.tables.released_parts import SHOWS_FIGURES
from data_contracts.vocabulary.field import ALL, Stamp

MORE, LESS, NONE, UNKNOWN = "aantoonbaar meer", "aantoonbaar minder", "geen aantoonbaar verschil", "niet te zeggen"


def shows(rows: pd.DataFrame) -> pd.Series:
    """Per estimate one of the words above.

    Demonstrable is what the check 'demonstrable' of the estimate says (p-value adjusted for all outcomes that were
    looked at together) and what lies clear of zero by its released interval. An estimate of a measure that is not
    tested with others (assumptions.PROMISED) is judged by its interval; of any other the check may not be missing.
    """
    require_demonstrable(rows)
    is_known = rows["ci_low"].notna() & rows["ci_high"].notna()
    holds = rows["assumptions"].map(_holds_among_others)
    found = pd.Series(NONE, index=rows.index)
    found[holds.eq(True) & (rows["ci_low"] > 0)] = MORE
    found[holds.eq(True) & (rows["ci_high"] < 0)] = LESS
    return found.where(is_known, UNKNOWN)


def _holds_among_others(text: str) -> bool | None:
    found = Assumptions.of(text)
    return found.holds("demonstrable") if "demonstrable" in found.checks else True


def stands_out_by_chance(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose own interval lies clear of zero, but that do not show a difference among so many outcomes."""
    return rows[(rows["shows"] == NONE) & ((rows["ci_low"] > 0) | (rows["ci_high"] < 0))]


def without_difference(estimates: pd.DataFrame, design: str, measure: str) -> frozenset[tuple[str, str, str]]:
    """(subject, life_domain, what) of the outcomes of which the declared design shows no difference.

    `estimates` as released. What only changed was not compared, and is not among them.
    """
    rows = estimates[is_headline(estimates, design, measure) & (estimates["slice"] == ALL)]
    rows = rows[rows["status"].isin(SHOWS_FIGURES) & (rows["stamp"] != Stamp.CHANGE.value)]
    found = rows.loc[shows(rows) == NONE, ["subject", "life_domain", "what"]]
    return frozenset((str(subject), str(domain), str(what)) for subject, domain, what in found.to_numpy())
