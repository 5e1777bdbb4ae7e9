"""Ten years of quarterly deliveries of an invented small municipality, with everything that goes wrong in such years.

Rows are those of core tables. What a delivery holds is drawn from what the source system says on its extract date.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

CASES, PROVISIONS = "core_cases__trajectories", "core_provisions__use"
ASSESSMENTS, EVENTS, CLIENTS = "core_zrm__assessments", "core_events__incidents", "core_clients__attributes"
TABLES = (CASES, PROVISIONS, ASSESSMENTS, EVENTS, CLIENTS)
DOMAINS = ("finances", "housing", "social_network")
PRODUCTS = ("begeleiding", "dagbesteding", "schuldhulp")
MOST_CLIENTS, QUARTERS = 150, 40
# A kind of record says of itself what a delivery holds of it; the second way of a kind is that of the odd seeds.
DELIVERS = {
    CASES: (("complete", "active"), ("complete", "started_on")),
    PROVISIONS: (("complete", "started_on"), ("addition", None)),
    ASSESSMENTS: (("addition", None), ("complete", "assessed_on")),
    EVENTS: (("complete", "occurred_on"), ("addition", None)),
    CLIENTS: (("complete", "active"), ("addition", None)),
}
Row = dict[str, Any]


@dataclass(frozen=True)
class Spoiled:
    """A row that was set aside: as far as it could be read, which record it is."""

    table: str
    client_no: int
    record_no: int | None
    on_day: dt.date | None
    what: str | None


@dataclass(frozen=True)
class Delivery:
    """What came on one day: rows per table, what was set aside, and new pseudonyms of people."""

    name: str
    as_at: dt.date
    rows: dict[str, list[Row]]
    spoiled: list[Spoiled]
    bridges: list[tuple[int, int]]


@dataclass(frozen=True)
class Step:
    """One thing that happens at the municipality: a delivery comes, is withdrawn, or is taken again."""

    what: str
    delivery: str


@dataclass
class Years:
    """Everything that was delivered, and in which order it happened."""

    deliveries: dict[str, Delivery]
    steps: list[Step]
    events: Counter[str] = field(default_factory=Counter)
    way: int = 0

    def delivers(self, table: str) -> tuple[str, str | None]:
        """How this municipality delivers a kind of record."""
        return DELIVERS[table][self.way]


class _Source:
    """The registration system: what it says today of every record."""

    def __init__(self, seed: int) -> None:
        self.random = np.random.default_rng(seed)
        self.has_numbers = seed % 3 == 0
        self.records: dict[str, list[Row]] = {table: [] for table in TABLES}
        self.clients: list[int] = []
        self.events: Counter[str] = Counter()
        self.bridges: list[tuple[int, int]] = []
        self.last_no = 0

    def chance(self, share: float) -> bool:
        return bool(self.random.random() < share)

    def one_of(self, values: Any) -> Any:
        return values[int(self.random.integers(len(values)))]

    def day(self, since: dt.date, days: int = 90) -> dt.date:
        return since + dt.timedelta(days=int(self.random.integers(days)))

    def add(self, table: str, row: Row) -> None:
        self.last_no += 1
        if table != CLIENTS:
            row["record_no"] = 10_000 + self.last_no if self.has_numbers else None
        self.records[table].append(row)

    def quarter(self, since: dt.date) -> None:
        """What people of the teams do in three months, and what is corrected in the system."""
        for _ in range(int(self.random.integers(2, 6))):
            if len(self.clients) < MOST_CLIENTS:
                self._new_client(since)
        for client in self.clients:
            if self.chance(0.25):
                self._scored(client, since)
            if self.chance(0.08):
                self.add(PROVISIONS, self._provision(client, since))
            if self.chance(0.04):
                event = {
                    "client_no": client,
                    "occurred_on": self.day(since),
                    "event_kind": self.one_of(("melding", "huisuitzetting")),
                }
                self.add(EVENTS, event)
        self._closed(since)
        self._corrected(since)

    def _new_client(self, since: dt.date) -> None:
        client = 1_000_000 + int(self.random.integers(1_000_000_000))
        self.clients.append(client)
        self.add(CLIENTS, {"client_no": client, "household": self.one_of(("alleen", "gezin"))})
        self.add(
            CASES, {"client_no": client, "team_no": 1, "started_on": self.day(since), "ended_on": None, "hours": 1}
        )
        self._scored(client, since)

    def _provision(self, client: int, since: dt.date) -> Row:
        start = self.day(since)
        amount = int(self.random.integers(100, 5000))
        return {
            "client_no": client,
            "product": self.one_of(PRODUCTS),
            "law": "wmo",
            "started_on": start,
            "amount_eur": amount,
        }

    def _scored(self, client: int, since: dt.date) -> None:
        scores = {domain: int(self.random.integers(1, 6)) if self.chance(0.8) else None for domain in DOMAINS}
        if any(scores.values()):
            head = {
                "client_no": client,
                "assessed_on": self.day(since),
                "rater_type": "client" if self.chance(0.1) else "professional",
            }
            self.add(ASSESSMENTS, head | scores)

    def _closed(self, since: dt.date) -> None:
        for row in self.records[CASES]:
            if row["ended_on"] is None:
                row["hours"] += int(self.random.integers(0, 4))
                if self.chance(0.06):
                    row["ended_on"] = max(row["started_on"], self.day(since))

    def _corrected(self, since: dt.date) -> None:
        """One field of a few records, a record that is erased at the source, and people with a new pseudonym."""
        fields = {
            PROVISIONS: ("amount_eur", "started_on", "product"),
            ASSESSMENTS: (*DOMAINS, "assessed_on"),
            CASES: ("started_on", "hours"),
            EVENTS: ("event_kind",),
            CLIENTS: ("household",),
        }
        for table, names in fields.items():
            for row in self.records[table]:
                if self.chance(0.01):
                    self._correct(table, row, self.one_of(names))
            if self.records[table] and self.chance(0.3):
                self.records[table].remove(self.one_of(self.records[table]))
                self.events["erased at the source"] += 1
        if self.chance(0.3) and self.clients:
            self._rekey(self.one_of(self.clients))

    def _correct(self, table: str, row: Row, name: str) -> None:
        self.events[f"corrected {name}"] += 1
        if name.endswith("_on"):
            row[name] += dt.timedelta(days=int(self.one_of((-30, -7, 7))))
        elif name in DOMAINS:
            row[name] = 1 + (row[name] or 0) % 5
        elif name in ("amount_eur", "hours"):
            row[name] += 10
        else:
            row[name] = {"alleen": "gezin", "gezin": "alleen"}.get(row[name], self.one_of(PRODUCTS))

    def _rekey(self, client: int) -> None:
        self.events["re-keyed"] += 1
        new = client + 1
        self.clients[self.clients.index(client)] = new
        self.bridges.append((client, new))
        for row in (row for table in TABLES for row in self.records[table]):
            if row["client_no"] == client:
                row["client_no"] = new


def ten_years(seed: int, quarters: int = QUARTERS) -> Years:
    """Deliveries in the order in which they come; the same seed gives the same years."""
    source, way = _Source(seed), seed % 2
    years = Years({}, [], source.events, way)
    waiting: list[tuple[int, Step]] = []
    known_bridges = 0
    for quarter in range(quarters):
        since = dt.date(2016 + quarter // 4, 3 * (quarter % 4) + 1, 1)
        source.quarter(since)
        as_at = since + dt.timedelta(days=91 + int(source.random.integers(5)))
        delivery = _drawn(source, way, f"k{quarter + 1:02d}", since, as_at, source.bridges[known_bridges:])
        known_bridges = len(source.bridges)
        years.deliveries[delivery.name] = delivery
        late = int(source.random.integers(1, 4)) if source.chance(0.15) else 0
        source.events["late and out of order"] += late > 0
        waiting.append((quarter + late, Step("receive", delivery.name)))
        if source.chance(0.1):
            source.events["withdrawn"] += 1
            waiting.append((quarter + late + 1, Step("withdraw", delivery.name)))
            if source.chance(0.5):
                source.events["taken again"] += 1
                waiting.append((quarter + late + 2, Step("take", delivery.name)))
        years.steps += [step for due, step in waiting if due == quarter]
    years.steps += [step for due, step in sorted(waiting, key=lambda one: one[0]) if due >= quarters]
    return years


def _drawn(
    source: _Source, way: int, name: str, since: dt.date, as_at: dt.date, bridges: list[tuple[int, int]]
) -> Delivery:
    """What the system says on the extract date, of the years or the quarter that this delivery is about."""
    rows: dict[str, list[Row]] = {}
    spoiled: list[Spoiled] = []
    back = int(source.one_of((0, 1, 3, 20)))
    source.events["overlapping" if back else "one year"] += 1
    for table in TABLES:
        kind = DELIVERS[table][way][0]
        begin = dt.date(since.year - back, 1, 1) if kind == "complete" else since - dt.timedelta(days=91 * (back % 3))
        # A copy: what was delivered stays, whatever the system says later.
        told = [dict(row) for row in source.records[table] if _is_told(row, table, begin, DELIVERS[table][way])]
        if table == ASSESSMENTS and kind == "addition":
            told = [_one_domain(source, row) if source.chance(0.1) else row for row in told]
        aside = [source.chance(0.01) and table != CLIENTS for _ in told]
        rows[table] = [row for row, is_aside in zip(told, aside, strict=True) if not is_aside]
        spoiled += [_spoiled(source, table, row) for row, is_aside in zip(told, aside, strict=True) if is_aside]
    source.events["set aside"] += len(spoiled)
    return Delivery(name, as_at, rows, spoiled, bridges)


def day_of(row: Row) -> dt.date | None:
    """The day in the key of a record."""
    return next((row[name] for name in ("started_on", "assessed_on", "occurred_on") if name in row), None)


def _is_told(row: Row, table: str, begin: dt.date, delivers: tuple[str, str | None]) -> bool:
    if table == CLIENTS:
        return True
    if delivers[1] == "active":
        return row["ended_on"] is None or row["ended_on"] >= begin
    day = day_of(row)
    return day is not None and day >= begin


def _one_domain(source: _Source, row: Row) -> Row:
    """A long file that brings one life domain of an assessment."""
    scored = [domain for domain in DOMAINS if row[domain]]
    kept = source.one_of(scored)
    source.events["one domain"] += 1
    return row | {domain: None for domain in DOMAINS if domain != kept}


def _spoiled(source: _Source, table: str, row: Row) -> Spoiled:
    what = {PROVISIONS: row.get("product"), EVENTS: row.get("event_kind"), ASSESSMENTS: "zrm_2013"}.get(table)
    day = None if source.chance(0.3) else day_of(row)
    return Spoiled(table, row["client_no"], row["record_no"], day, None if source.chance(0.1) else what)


def arrivals(years: Years, seed: int) -> list[list[Step]]:
    """Three orders of arrival of the same deliveries and the same decisions: as it went, backwards, and drawn."""
    received = [step for step in years.steps if step.what == "receive"]
    decided = [step for step in years.steps if step.what != "receive"]
    drawn = [received[at] for at in np.random.default_rng(seed).permutation(len(received))]
    return [years.steps, [*received[::-1], *decided], [*drawn, *decided]]
