"""From an estimate to a word: whether it shows a difference, minding how many outcomes were looked at.

`word_of` decides for every surface: the chapters, the summary, the results logic with its Wmo table, and the questions
for the circle. What they say is their own way of saying this word.
"""

from __future__ import annotations

import pandas as pd

from data_contracts.headline import is_headline
from data_contracts.tables.assumptions import Assumptions, require_demonstrable
from data_contracts.tables.released_parts import SHOWS_FIGURES
from data_contracts.vocabulary.certainty import P_STEP
from data_contracts.vocabulary.field import ALL, Stamp

MORE, LESS, NONE, UNKNOWN = "aantoonbaar meer", "aantoonbaar minder", "geen aantoonbaar verschil", "niet te zeggen"
EQUAL = "gelijk gebleven"
LEVEL = 0.05


def word_of(low: float, high: float, *, holds: bool | None, smallest: float | None = None) -> str:
    """The word for an interval; `holds` is whether it is demonstrable among all that was looked at.

    Known to be nothing is something else than not known: where the smallest difference that counts is given, an
    interval within it on both sides is `EQUAL`. It is that too when it lies clear of zero by chance.
    """
    if pd.isna(low) or pd.isna(high):
        return UNKNOWN
    if holds and low > 0:
        return MORE
    if holds and high < 0:
        return LESS
    return EQUAL if smallest is not None and is_small(low, high, smallest) else NONE


def is_small(low: float, high: float, smallest: float) -> bool:
    """Whether an interval leaves out every difference that counts."""
    return -smallest < low and high < smallest


def shows(rows: pd.DataFrame) -> pd.Series:
    """Per estimate one of the words above.

    Demonstrable is what the check 'demonstrable' of the estimate says (p-value adjusted for all outcomes that were
    looked at together) and what lies clear of zero by its released interval. An estimate of a measure that is not
    tested with others (assumptions.PROMISED) is judged by its interval; of any other the check may not be missing.
    """
    require_demonstrable(rows)
    found = [
        word_of(low, high, holds=_holds_among_others(text))
        for low, high, text in zip(rows["ci_low"], rows["ci_high"], rows["assumptions"], strict=True)
    ]
    return pd.Series(found, index=rows.index, dtype="str")


def _holds_among_others(text: str) -> bool | None:
    found = Assumptions.of(text)
    return found.holds("demonstrable") if "demonstrable" in found.checks else True


def told_apart(groups: pd.DataFrame) -> pd.Series:
    """Which groups of out_effects__for_whom demonstrably differ from the others, minding all that was looked at."""
    return groups["p_adjusted"].lt(LEVEL).fillna(value=False).astype("bool")


def most_differences(groups: pd.DataFrame) -> bool:
    """Whether any of so many groups could be told apart: the smallest p-value that leaves, times how many there are."""
    return len(groups) * P_STEP < LEVEL


def stands_out_by_chance(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose own interval lies clear of zero, but that do not show a difference among so many outcomes."""
    return rows[(rows["shows"] == NONE) & ((rows["ci_low"] > 0) | (rows["ci_high"] < 0))]


def compared_words(estimates: pd.DataFrame, design: str, measure: str) -> dict[tuple[str, str, str], str]:
    """(subject, life_domain, what) of the outcomes that the declared design compared -> the word for the difference.

    `estimates` as released. What only changed was not compared, and is not among them.
    """
    rows = estimates[is_headline(estimates, design, measure) & (estimates["slice"] == ALL)]
    rows = rows[rows["status"].isin(SHOWS_FIGURES) & (rows["stamp"] != Stamp.CHANGE.value)]
    about = rows[["subject", "life_domain", "what"]].astype(str).itertuples(index=False, name=None)
    return dict(zip(about, shows(rows), strict=True))
