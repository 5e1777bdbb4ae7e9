"""Calendar periods: the stretches of time of which a delivery is expected, and how they are called."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from babel.dates import get_month_names

from data_contracts.expected import MONTHS, Every

_ORDINALS = ("eerste", "tweede", "derde", "vierde")
# How people write a period in the name of a delivery: 2026-k1, 2026Q1, 2026_h2, 2026-03.
_IN_NAME: dict[Every, str] = {
    "month": r"(20\d\d)[-_ ]?m?(0[1-9]|1[0-2])(?!\d)",
    "quarter": r"(20\d\d)[-_ ]?(?:kw|kwartaal|k|q)[-_ ]?([1-4])(?!\d)",
    "half_year": r"(20\d\d)[-_ ]?(?:hj|halfjaar|h)[-_ ]?([12])(?!\d)",
    "year": r"(20\d\d)(?!\d)()",
}


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The n-th month, quarter or half of a year, or the year itself."""

    year: int
    number: int
    every: Every

    @property
    def ended_on(self) -> dt.date:
        """Its last day."""
        month = self.number * MONTHS[self.every]
        return dt.date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def following(self) -> Period:
        """The period behind it."""
        is_last = self.number == 12 // MONTHS[self.every]
        return Period(self.year + is_last, 1 if is_last else self.number + 1, self.every)

    @property
    def words(self) -> str:
        """As a sentence names it."""
        if self.every == "month":
            return f"{get_month_names(locale='nl')[self.number]} {self.year}"
        if self.every == "year":
            return f"het jaar {self.year}"
        what = "kwartaal" if self.every == "quarter" else "halfjaar"
        return f"het {_ORDINALS[self.number - 1]} {what} van {self.year}"


def period_of(day: dt.date, every: Every) -> Period:
    """The period in which a day lies."""
    return Period(day.year, (day.month - 1) // MONTHS[every] + 1, every)


def ended_periods(since: dt.date, until: dt.date, every: Every) -> Iterator[Period]:
    """Every period from the one of `since` on that was over before `until`."""
    period = period_of(since, every)
    while period.ended_on < until:
        yield period
        period = period.following


def last_ended(on: dt.date, every: Every) -> Period:
    """What was asked on a day is about the period that was over then, or that ended on it."""
    period = period_of(on, every)
    if period.ended_on == on:
        return period
    first = dt.date(period.year, (period.number - 1) * MONTHS[every] + 1, 1)
    return period_of(first - dt.timedelta(days=1), every)


def named_period(name: str, every: Every) -> Period | None:
    """The one period in the name of a delivery, if there is one."""
    found = {match.groups() for match in re.finditer(_IN_NAME[every], name.casefold())}
    if len(found) != 1:
        return None
    year, number = found.pop()
    return Period(int(year), int(number or 1), every)
