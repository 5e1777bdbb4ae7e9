"""What two shipped studies delivered, read anew: plain Python, and nothing of the program.

The rules are those that the program promises in its documentation, written down a second time: rows that break a rule
are left out, exact copies count once, a day with two scores has one only when they agree, and intake is the start of
the trajectory or an earlier measurement.
"""

from __future__ import annotations

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path

import openpyxl

RECEIVED_ON = dt.date(2026, 1, 31)
MONITORING = {"monitoring", "waakvlam", "nazorg"}
DOMAINS = {
    "finances": "Financiën",
    "housing": "Huisvesting",
    "social_network": "Sociaal netwerk",
    "community_participation": "Maatschappelijke participatie",
}
Row = dict[str, object]


@dataclass
class Client:
    """One person: scores per life domain as (day, score, is monitoring), and what was used as (day, amount)."""

    team: str = ""
    started_on: dt.date = dt.date.max
    ended_on: dt.date | None = None
    measured: list[tuple[dt.date, str]] = field(default_factory=list)
    scores: dict[str, list[tuple[dt.date, int, bool]]] = field(default_factory=lambda: defaultdict(list))
    used: dict[str, list[tuple[dt.date, float]]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def intake_on(self) -> dt.date:
        """The first of the trajectory and what was measured in the half-year before it or later."""
        early = months_later(self.started_on, -6) if self.started_on < dt.date.max else dt.date.min
        return min([self.started_on, *(day for day, _ in self.measured if day >= early)])


@dataclass
class Municipality:
    """Clients by pseudonym, the start of the new approach by team, and costs by kind and year."""

    clients: dict[str, Client]
    starts: dict[str, dt.date | None]
    costs: dict[tuple[str, int], float]

    @cached_property
    def seen_until(self) -> dt.date:
        """The last day on which anybody was measured."""
        return max(day for one in self.clients.values() for day, _ in one.measured)


@cache
def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of another month, or its last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return dt.date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def rijnstad(files: Path) -> Municipality:
    """Semicolons, windows-1252, day-month-year and a decimal comma."""
    clients: dict[str, Client] = defaultdict(Client)
    starts = {str(row["Wijkteam"]): _day(row["Nieuwe werkwijze vanaf"]) for row in _csv(files / "wijkteams.csv")}
    for row in _unique(_csv(files / "trajecten.csv")):
        _trajectory(clients, row["Cliëntnummer"], row["Wijkteam"], _day(row["Startdatum"]), _day(row["Einddatum"]))
    for row in _unique(_csv(files / "zrm_2021_2024.csv")):
        day, key = _day(row["Datum afname"]), str(row["Cliëntnummer"])
        cells = [str(row[name] or "") for name in list(row)[4:]]
        known = all(re.fullmatch(r"([1-5]|n\.v\.t\.|)", cell) for cell in cells)
        if not key or day is None or day > RECEIVED_ON or row["Wijkteam"] not in starts or not known:
            continue
        phase = str(row["Meetmoment"]).strip().lower() in MONITORING
        for domain, name in DOMAINS.items():
            if str(row[name]).isdigit():
                clients[key].scores[domain].append((day, int(str(row[name])), phase))
        clients[key].measured.append((day, str(row["Wijkteam"])))
    for row in _unique(_csv(files / "voorzieningen.csv")):
        day, amount = _day(row["Ingangsdatum"]), _number(str(row["Bedrag"]))
        assert day is not None
        for what in (row["Product"], str(row["Wet"]).lower(), "all"):
            clients[str(row["Cliëntnummer"])].used[str(what)].append((day, amount))
    for row in _unique(_csv(files / "gebeurtenissen.csv")):
        day = _day(row["Datum"])
        assert day is not None
        clients[str(row["Cliëntnummer"])].used[str(row["Gebeurtenis"])].append((day, 1.0))
    costs: dict[tuple[str, int], float] = defaultdict(float)
    for row in _csv(files / "kosten.csv"):
        costs[str(row["Kostensoort"]), int(str(row["Jaar"]))] += _number(str(row["Bedrag"]))
    return Municipality(dict(clients), starts, dict(costs))


def veldstad(files: Path) -> Municipality:
    """Worksheets with a row per life domain, scores as words, and no register of teams."""
    clients: dict[str, Client] = defaultdict(Client)
    for row in _unique(_sheet(files / "trajecten.xlsx", 1)):
        _trajectory(clients, row["Inwoner"], row["Team"], _day(row["Start"]), _day(row["Einde"]))
    of_name = {name: domain for domain, name in DOMAINS.items()}
    for row in _unique(_sheet(files / "uitdraai_zrm.xlsx", 4)):
        day, score = _day(row["Afnamedatum"]), re.match(r"([1-5])\b", str(row["Score"]))
        if day is None or score is None or not row["Inwoner"] or row["Leefgebied"] in _OF_2013:
            continue
        client = clients[str(row["Inwoner"])]
        client.measured.append((day, str(row["Team"])))
        if row["Leefgebied"] in of_name:
            late = client.ended_on is not None and day > client.ended_on + dt.timedelta(days=30)
            client.scores[of_name[str(row["Leefgebied"])]].append((day, int(score[1]), late))
    return Municipality(dict(clients), {}, {})


_OF_2013 = {"Dagbesteding", "Verslaving", "ADL"}


def _trajectory(
    clients: dict[str, Client], key: object, team: object, start: dt.date | None, end: dt.date | None
) -> None:
    client = clients[str(key)]
    if start is not None and start < client.started_on:
        client.team, client.started_on, client.ended_on = str(team), start, end


def _csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="cp1252", newline="") as lines:
        yield from csv.DictReader(lines, delimiter=";")


def _sheet(path: Path, header: int) -> Iterator[Row]:
    workbook = openpyxl.load_workbook(path, read_only=True)
    rows = list(workbook.worksheets[0].iter_rows(values_only=True))
    workbook.close()
    names = [str(cell) for cell in rows[header - 1]]
    yield from (dict(zip(names, row, strict=True)) for row in rows[header:] if any(row))


def _unique(rows: Iterable[Row]) -> list[Row]:
    return list({tuple(row.values()): row for row in rows}.values())


def _day(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    try:
        return dt.datetime.strptime(str(value), "%d-%m-%Y").date()
    except ValueError:
        return None


def _number(text: str) -> float:
    return float(text.replace(".", "").replace(",", "."))
