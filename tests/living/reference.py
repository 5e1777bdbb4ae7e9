"""What counts after a row of deliveries, by the declared meaning, row by row in plain Python: slow and obvious."""

from __future__ import annotations

import calendar
import datetime as dt
from collections import Counter
from typing import Any

from tests.living.municipality import (
    ASSESSMENTS,
    CASES,
    CLIENTS,
    DOMAINS,
    EVENTS,
    PROVISIONS,
    Delivery,
    Row,
    Spoiled,
    Years,
    day_of,
)

KEYS = {
    CASES: ("client_no", "started_on"),
    PROVISIONS: ("client_no", "product", "started_on"),
    ASSESSMENTS: ("client_no", "assessed_on", "rater_type"),
    EVENTS: ("client_no", "occurred_on", "event_kind"),
    CLIENTS: ("client_no",),
}
FOREVER = dt.date(9999, 12, 31)
State = Counter[tuple[Any, ...]]


class Reference:
    """The deliveries that count, the one that decides last at the end."""

    def __init__(self, years: Years, counting: list[Delivery]) -> None:
        self.years = years
        self.deliveries = sorted(counting, key=lambda one: one.as_at)
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self._states: dict[str, State] = {}
        self._periods: dict[tuple[str, str], tuple[dt.date, dt.date]] = {}
        self.new_key = {old: new for one in self.deliveries for old, new in one.bridges}

    def person(self, client_no: int) -> int:
        """The pseudonym of today."""
        while client_no in self.new_key:
            client_no = self.new_key[client_no]
        return client_no

    def rows(self, delivery: Delivery, table: str) -> list[Row]:
        """The rows of a delivery, under the people of today."""
        key = (delivery.name, table)
        if key not in self._rows:
            told = delivery.rows[table]
            self._rows[key] = [row | {"client_no": self.person(row["client_no"])} for row in told]
        return self._rows[key]

    def record(self, table: str, row: Row) -> tuple[Any, ...]:
        """What makes two rows one record."""
        if row.get("record_no") is not None:
            return ("own number", row["record_no"], row.get("rater_type"))
        return tuple(row[name] for name in KEYS[table])

    def is_gone(self, table: str, row: Row, at: int) -> bool:
        """A later complete delivery speaks of the day of this row, and did not set its record aside."""
        kind, by = self.years.delivers(table)
        if kind == "addition":
            return False
        for later in self.deliveries[at + 1 :]:
            if (
                self.rows(later, table)
                and self._covers(table, by, later, row)
                and not any(self._names(one, table, row) for one in later.spoiled if one.table == table)
            ):
                return True
        return False

    def _covers(self, table: str, by: str | None, later: Delivery, row: Row) -> bool:
        if table == CLIENTS:
            return True
        since, until = self._period(table, by, later)
        if by == "active":
            return row["started_on"] <= until and (row["ended_on"] or FOREVER) >= since
        day = day_of(row)
        return day is not None and since <= day <= until

    def _period(self, table: str, by: str | None, delivery: Delivery) -> tuple[dt.date, dt.date]:
        """What a complete delivery speaks of: of running records from where the first of them ends."""
        key = (delivery.name, table)
        if key not in self._periods:
            rows = self.rows(delivery, table)
            if by == "active":
                ends, starts = [one["ended_on"] or FOREVER for one in rows], [one["started_on"] for one in rows]
                self._periods[key] = (min(ends), month_end(max(starts)))
            else:
                days = [day for one in rows if (day := day_of(one))]
                self._periods[key] = (min(days).replace(day=1), month_end(max(days)))
        return self._periods[key]

    def _names(self, one: Spoiled, table: str, row: Row) -> bool:
        if one.record_no is not None and row["record_no"] is not None:
            return one.record_no == row["record_no"]
        if self.person(one.client_no) != row["client_no"] or one.on_day not in (None, day_of(row)):
            return False
        own = {PROVISIONS: row.get("product"), EVENTS: row.get("event_kind"), ASSESSMENTS: "zrm_2013"}.get(table)
        return one.what is None or one.what == own

    def standing(self, table: str) -> dict[tuple[Any, ...], list[tuple[int, Row]]]:
        """Per record the rows that count, with the place of their delivery: those after its last row that is gone."""
        found: dict[tuple[Any, ...], list[tuple[int, Row]]] = {}
        last_gone: dict[tuple[Any, ...], int] = {}
        for at, delivery in enumerate(self.deliveries):
            for row in self.rows(delivery, table):
                record = self.record(table, row)
                found.setdefault(record, []).append((at, row))
                if self.is_gone(table, row, at):
                    last_gone[record] = at
        after = {record: [one for one in rows if one[0] > last_gone.get(record, -1)] for record, rows in found.items()}
        return {record: rows for record, rows in after.items() if rows}

    def state(self, table: str) -> State:
        """Every row that counts, as often as it counts; worked out once."""
        if table not in self._states:
            self._states[table] = self._state(table)
        return self._states[table]

    def _state(self, table: str) -> State:
        state: State = Counter()
        for rows in self.standing(table).values():
            if table == ASSESSMENTS:
                state.update(as_tuple(row) for row in _by_domain(rows))
            else:
                last = max(at for at, _ in rows)
                state.update(as_tuple(row) for at, row in rows if at == last)
        return state


def _by_domain(rows: list[tuple[int, Row]]) -> list[Row]:
    """Each life domain from the last delivery that scored it; the rest from the last that decided about one.

    Two assessments of one record in a delivery stay two, in the order of their scores; the first of one delivery meets
    the first of the other.
    """
    last = {domain: max((at for at, row in rows if row[domain] is not None), default=-1) for domain in DOMAINS}
    nth: dict[int, list[tuple[int, Row]]] = {}
    for at in sorted({at for at, _ in rows}):
        own = sorted((row for of, row in rows if of == at), key=lambda row: [row[one] or 9 for one in DOMAINS])
        for place, row in enumerate(own):
            nth.setdefault(place, []).append((at, row))
    return [merged for each in nth.values() if (merged := _merged(each, last))]


def _merged(rows: list[tuple[int, Row]], last: dict[str, int]) -> Row | None:
    head: Row | None = None
    scores: dict[str, int | None] = dict.fromkeys(DOMAINS)
    for at, row in rows:
        decided = [domain for domain in DOMAINS if row[domain] is not None and last[domain] == at]
        scores |= {domain: row[domain] for domain in decided}
        head = row if decided else head
    return None if head is None else head | scores


def as_tuple(row: Row) -> tuple[Any, ...]:
    """The values of a row in the order of their names."""
    return tuple(row[name] for name in sorted(row))


def month_end(day: dt.date) -> dt.date:
    """The last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def changes(before: dict[Any, Counter[Any]], after: dict[Any, Counter[Any]]) -> Counter[str]:
    """New, changed, gone and equal records between two states, each as record -> its rows."""
    told: Counter[str] = Counter()
    for record in before.keys() | after.keys():
        if record not in before:
            told["n_new"] += 1
        elif record not in after:
            told["n_gone"] += 1
        else:
            told["n_equal" if before[record] == after[record] else "n_changed"] += 1
    return told
