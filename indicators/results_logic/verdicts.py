"""First verdicts: does an indicator move as expected, and do the two ends of a link?

A verdict comes from an estimate and its interval against "no change", never from a level. It says nothing about the
cause: that is for the stamp of the figure and for the test of the link.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data_contracts.logic_words import NO_ROWS, ONE_PERIOD, Direction, LinkVerdict, Verdict

JUDGED = frozenset({Verdict.AS_EXPECTED, Verdict.DIFFERENT, Verdict.MIXED})
NOT_THERE = frozenset({NO_ROWS, ONE_PERIOD})


def verdict_of(value: pd.Series, direction: Direction, smallest: float) -> Verdict:
    """The verdict on one row of values; `smallest` is the smallest difference that counts, in the row's unit."""
    if value["status"] in NOT_THERE:
        return Verdict.NOT_MEASURED
    if value["status"] != "released":
        return Verdict.TOO_FEW
    low, high = value["ci_low"], value["ci_high"]
    if pd.isna(low) or pd.isna(high):
        return Verdict.TOO_UNCERTAIN
    if direction is Direction.STABLE:
        return _stable(low, high, smallest)
    if direction is Direction.LOWER:
        low, high = -high, -low
    if low > 0:
        return Verdict.AS_EXPECTED
    return Verdict.DIFFERENT if high < smallest else Verdict.TOO_UNCERTAIN


def _stable(low: float, high: float, smallest: float) -> Verdict:
    if -smallest < low and high < smallest:
        return Verdict.AS_EXPECTED
    return Verdict.DIFFERENT if low > 0 or high < 0 else Verdict.TOO_UNCERTAIN


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a node from those of its indicators; without any it is not measured."""
    found = list(verdicts)
    judged = {one for one in found if one in JUDGED}
    if len(judged) == 1:
        return judged.pop()
    if judged:
        return Verdict.MIXED
    order = (Verdict.TOO_UNCERTAIN, Verdict.TOO_FEW)
    return next((one for one in order if one in found), Verdict.NOT_MEASURED)


def link_verdict(lower: Verdict, upper: Verdict) -> LinkVerdict:
    """The first verdict on a link from those of its two nodes."""
    if lower is Verdict.DIFFERENT:
        return LinkVerdict.LOWER_STAYS_BEHIND
    if lower is Verdict.AS_EXPECTED and upper is Verdict.AS_EXPECTED:
        return LinkVerdict.MOVES_TOGETHER
    if lower is Verdict.AS_EXPECTED and upper is Verdict.DIFFERENT:
        return LinkVerdict.UPPER_STAYS_BEHIND
    return LinkVerdict.UNDECIDED
