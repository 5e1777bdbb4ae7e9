"""First verdicts: does an indicator move as expected, and do the two ends of a link?

A verdict comes from an estimate and its interval against "no change", never from a level. It says nothing about the
cause: that is for the stamp of the figure and for the test of the link.
"""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from data_contracts.demonstrable import EQUAL, LESS, MORE, NONE, UNKNOWN, is_small, word_of
from data_contracts.vocabulary.field import Stamp
from data_contracts.vocabulary.logic import (
    NO_ROWS,
    ONE_PERIOD,
    PERIOD_IN_PART,
    TO_BE_SAID,
    UNEQUAL_FOLLOW_UP,
    Direction,
    LinkVerdict,
    Verdict,
)

COMPARED = frozenset({Stamp.COMPARISON, Stamp.STRONG_COMPARISON, Stamp.EXPERIMENT})
NOT_AS_EXPECTED = frozenset({Verdict.DIFFERENT, Verdict.STOOD_STILL})
JUDGED = NOT_AS_EXPECTED | {Verdict.AS_EXPECTED, Verdict.MIXED}
_BEYOND_CHANGE = COMPARED | {Stamp.INDICATION}
_UNSURE = {NONE: Verdict.TOO_UNCERTAIN, UNKNOWN: Verdict.TOO_UNCERTAIN}
# Every word of demonstrable.word_of, per direction that was expected.
_VERDICTS: dict[Direction, dict[str, Verdict]] = {
    Direction.HIGHER: _UNSURE | {MORE: Verdict.AS_EXPECTED, LESS: Verdict.DIFFERENT, EQUAL: Verdict.STOOD_STILL},
    Direction.LOWER: _UNSURE | {MORE: Verdict.DIFFERENT, LESS: Verdict.AS_EXPECTED, EQUAL: Verdict.STOOD_STILL},
    Direction.STABLE: _UNSURE | {MORE: Verdict.DIFFERENT, LESS: Verdict.DIFFERENT, EQUAL: Verdict.AS_EXPECTED},
}
NOT_THERE = frozenset({NO_ROWS, ONE_PERIOD, PERIOD_IN_PART, UNEQUAL_FOLLOW_UP, *TO_BE_SAID})


def verdict_of(value: pd.Series, direction: Direction, smallest: float) -> Verdict:
    """The verdict on one row of values; `smallest` is the smallest difference that counts, in the row's unit."""
    if value["status"] in NOT_THERE:
        return Verdict.NOT_MEASURED
    if pd.isna(value["estimate"]):
        return Verdict.TOO_FEW
    low, high = value["ci_low"], value["ci_high"]
    if direction is Direction.STABLE and is_small(low, high, smallest):
        return Verdict.AS_EXPECTED
    return _VERDICTS[direction][word_of(low, high, holds=bool(value["is_demonstrable"]), smallest=smallest)]


def stands_out_by_chance(value: pd.Series) -> bool:
    """Does the interval lie clear of zero, while among so many outcomes it shows no difference?"""
    return not value["is_demonstrable"] and bool(value["ci_low"] > 0 or value["ci_high"] < 0)


def is_outweighed(value: pd.Series, compared: str | None) -> bool:
    """Does a comparison of the same outcome, by its word, not show what this change shows?

    A change that the comparison does not find, or finds the other way round, is no sign of the approach.
    """
    if compared is None or pd.isna(value["estimate"]):
        return False
    return compared != (MORE if value["estimate"] > 0 else LESS)


def of_node(verdict: Verdict, *, is_outweighed: bool) -> Verdict:
    """The verdict with which an indicator counts for its node: a change cannot say what the comparison did not find."""
    return Verdict.TOO_UNCERTAIN if is_outweighed and verdict in JUDGED else verdict


def together(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict on a node from those of its indicators; without any it is not measured."""
    found = list(verdicts)
    judged = {one for one in found if one in JUDGED}
    if len(judged) == 1:
        return judged.pop()
    if judged and judged <= NOT_AS_EXPECTED:
        return Verdict.DIFFERENT
    if judged:
        return Verdict.MIXED
    order = (Verdict.TOO_UNCERTAIN, Verdict.TOO_FEW)
    return next((one for one in order if one in found), Verdict.NOT_MEASURED)


def node_verdict(verdicts: Iterable[tuple[Verdict, str | None]]) -> Verdict:
    """The verdict on a node from those of its indicators with their stamps.

    Where an indicator was compared with people without the approach, a mere change beside it does not count: not when
    the comparison is too uncertain, and not when it is an indication only.
    """
    found = list(verdicts)
    answers = JUDGED | {Verdict.TOO_UNCERTAIN}
    compared = [verdict for verdict, stamp in found if stamp in _BEYOND_CHANGE and verdict in answers]
    return together(compared or [verdict for verdict, _ in found])


def link_verdict(lower: Verdict, upper: Verdict) -> LinkVerdict:
    """The first verdict on a link from those of its two nodes."""
    if lower in NOT_AS_EXPECTED:
        return LinkVerdict.LOWER_STAYS_BEHIND
    if lower is Verdict.AS_EXPECTED and upper is Verdict.AS_EXPECTED:
        return LinkVerdict.MOVES_TOGETHER
    if lower is Verdict.AS_EXPECTED and upper in NOT_AS_EXPECTED:
        return LinkVerdict.UPPER_STAYS_BEHIND
    return LinkVerdict.UNDECIDED
