"""One delivery as two: what was there before the last quarter, and what the last quarter adds."""

from __future__ import annotations

import csv
import datetime as dt
import shutil
from pathlib import Path

# The column by which a row belongs to a quarter; a file that is not named here comes whole both times.
DAY = {
    "zrm.csv": "Datum afname",
    "participatieladder.csv": "Datum",
    "trajecten.csv": "Startdatum",
    "voorzieningen.csv": "Ingangsdatum",
    "gebeurtenissen.csv": "Datum",
    "ervaren_baat.csv": "Datum",
}
QUARTERS = 16  # the municipality is invented over four years


def two_deliveries(whole: Path, place: Path) -> tuple[Path, Path]:
    """The two directories."""
    first, second = place / "eerder", place / "kwartaal"
    for directory in (first, second):
        directory.mkdir(parents=True)
    days = sorted(_days(whole / "zrm.csv", DAY["zrm.csv"]))  # some are wrong on purpose, far ahead
    border = days[len(days) * (QUARTERS - 1) // QUARTERS]
    for path in sorted(whole.glob("*.csv")):
        if path.name in DAY:
            _divide(path, DAY[path.name], border, first / path.name, second / path.name)
        else:
            for directory in (first, second):
                shutil.copy(path, directory / path.name)
    return first, second


def _days(path: Path, column: str) -> list[dt.date]:
    with path.open(encoding="windows-1252", newline="") as file:
        found = (_day(row[column]) for row in csv.DictReader(file, delimiter=";"))
        return [day for day in found if day is not None]


def _day(text: str) -> dt.date | None:
    try:
        return dt.datetime.strptime(text, "%d-%m-%Y").replace(tzinfo=dt.UTC).date()
    except ValueError:
        return None


def _divide(path: Path, column: str, border: dt.date, first: Path, second: Path) -> None:
    lines = path.read_text(encoding="windows-1252").splitlines(keepends=True)
    at = lines[0].rstrip("\r\n").split(";").index(column)
    days = [_day(line.rstrip("\r\n").split(";")[at]) for line in lines[1:]]
    for target, is_late in ((first, False), (second, True)):
        kept = [
            line for line, day in zip(lines[1:], days, strict=True) if (day is not None and day > border) == is_late
        ]
        target.write_text("".join([lines[0], *kept]), encoding="windows-1252")
