"""When a design was chosen: before the people came in whom the study describes, or later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from enum import StrEnum


class Chosen(StrEnum):
    """When, against the years in which the people of the study came in."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    UNKNOWN = "unknown"


def chosen(declared_on: dt.date | None, years: Collection[int]) -> Chosen:
    """Only what lies before the first year of intake was chosen beforehand; a year is all that leaves the gate.

    Without a date, or without any year to hold it against, nobody can say that it was.
    """
    if declared_on is None or not years:
        return Chosen.UNKNOWN
    if declared_on.year < min(years):
        return Chosen.BEFORE
    return Chosen.DURING if declared_on.year <= max(years) else Chosen.AFTER
