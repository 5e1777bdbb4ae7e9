"""Which periods of which series are there, and which are missing: what was expected beside what counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from data_contracts.expected import ExpectedSeries
from data_contracts.mapping.steps import matches
from data_contracts.study import Study
from pipelines.on_schedule.periods import Period, ended_periods, last_ended, named_period
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.tables import TableStore


class Standing(StrEnum):
    """How a period of a series stands."""

    THERE = "there"
    AWAITED = "awaited"
    MISSING = "missing"

    @property
    def label(self) -> str:
        """In a list."""
        return {Standing.THERE: "er", Standing.AWAITED: "nog te komen", Standing.MISSING: "ontbreekt"}[self]


@dataclass(frozen=True, slots=True)
class Expected:
    """One period of one series: until which day it may come, and how it stands."""

    supplier: str
    period: Period
    due_on: dt.date
    standing: Standing

    @property
    def sentence(self) -> str:
        """For somebody who is told that it is missing."""
        words = self.period.words
        return f"{words[0].upper()}{words[1:]} van {self.supplier} ontbreekt; verwacht voor {self.due_on:%d-%m-%Y}."


@dataclass(frozen=True, slots=True)
class Came:
    """A delivery that counts, as far as a series can be seen in it: its receipt, and its files with rows that count."""

    receipt: Receipt
    files: tuple[str, ...]

    def is_of(self, series: ExpectedSeries) -> bool:
        """Whether it is a delivery of this series."""
        return matches(self.receipt.name, series.deliveries) and any(matches(file, series.files) for file in self.files)

    def period(self, series: ExpectedSeries) -> Period:
        """The period that it is about: as its name says, else the last one that had ended on its extract date."""
        day = dt.date.fromisoformat(self.receipt.as_at or self.receipt.received_on)
        return named_period(self.receipt.name, series.every) or last_ended(day, series.every)


@dataclass(frozen=True, slots=True)
class Series:
    """One series with its periods, and how long ago something of it came last."""

    supplier: str
    expected: tuple[Expected, ...]
    last_received_on: dt.date | None

    @property
    def missing(self) -> tuple[Expected, ...]:
        """What should have come."""
        return tuple(one for one in self.expected if one.standing is Standing.MISSING)


def coverage(study: Study, home: Home, today: dt.date) -> list[Series]:
    """Every series that the study expects, from the deliveries that count."""
    came = deliveries_that_count(home)
    return [covered(series, came, today) for series in study.on_schedule.expected]


def deliveries_that_count(home: Home) -> list[Came]:
    """With the names of their files that brought a row that counts: of an empty file nothing came."""
    store, found = TableStore(home.tables), []
    for receipt in Receipts(home.receipts).accepted() if home.receipts.is_dir() else []:
        account = store.stored("core_intake__accounting", [receipt.key])
        rows = account.frame() if account.paths else None
        files = [] if rows is None else rows.loc[rows["accepted"] > 0, "file"].astype(str).tolist()
        found.append(Came(receipt, tuple(files)))
    return found


def covered(series: ExpectedSeries, came: Iterable[Came], today: dt.date) -> Series:
    """How each period of a series stands on a day."""
    mine = [one for one in came if one.is_of(series)]
    there = {one.period(series) for one in mine}
    return Series(
        series.supplier,
        tuple(
            Expected(series.supplier, period, due, _standing(series, period, there, is_late=today > due))
            for period in ended_periods(series.since, today, series.every)
            for due in [period.ended_on + dt.timedelta(days=series.within_days)]
        ),
        max((dt.date.fromisoformat(one.receipt.received_on) for one in mine), default=None),
    )


def _standing(series: ExpectedSeries, period: Period, there: set[Period], *, is_late: bool) -> Standing:
    later = series.covers == "everything" and any(one > period for one in there)
    if period in there or later:
        return Standing.THERE
    return Standing.MISSING if is_late else Standing.AWAITED


def missing_of(series: Sequence[Series]) -> list[Expected]:
    """Everything that should have come, oldest first within a series."""
    return [one for each in series for one in each.missing]
