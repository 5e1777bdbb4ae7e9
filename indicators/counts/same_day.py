"""Several scores of one person on one day: the one that counts, by a rule that knows no before and after.

`middle`: of an uneven number the middle one; of an even number the middle two where they are equal, else none.
`leave_out`: only where all are equal. A day without a score that counts is left out of comparisons and counted.
Taking the lowest of a first day and the highest of a last day, as sorting does, pushes every change upward.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_contracts.study import SameDay
from indicators.arrays import Flags, Integers


@dataclass(frozen=True, slots=True)
class Days:
    """One panel row per client and day, and whether the scores of that day leave none that counts."""

    row: Integers
    disagrees: Flags


def one_per_day(owner: Integers, day: Integers, scores: Integers, row: Integers, rule: SameDay) -> Days | None:
    """`row` (sorted by client and day, `owner` beside it) with one row per day; None when every day has one already."""
    on = day.take(row)
    is_start = np.ones(len(row), np.bool_)
    is_start[1:] = (owner[1:] != owner[:-1]) | (on[1:] != on[:-1])
    start = np.flatnonzero(is_start)
    if len(start) == len(row):
        return None
    score = scores.take(row)
    # Within each day by score: where the lower and the upper middle are, or the lowest and the highest.
    order = np.lexsort((score, np.cumsum(is_start)))
    size = np.diff(np.append(start, len(row)))
    low, high = (start + (size - 1) // 2, start + size // 2) if rule == "middle" else (start, start + size - 1)
    return Days(row[order[low]], score[order[low]] != score[order[high]])
