"""Typed cells of a workbook, SPSS or Parquet file as text with a letter for what each was."""

from __future__ import annotations

import datetime as dt
import functools
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from pipelines.intake.reading.bulk import write_rows
from pipelines.intake.reading.sheets import DATE, EMPTY, MOMENT, NUMBER, TEXT, TIME, YES_NO, Row


@dataclass(frozen=True)
class CellRows:
    """Rows that are held in memory."""

    rows: list[Row]

    def __iter__(self) -> Iterator[Row]:
        """Every row."""
        return iter(self.rows)

    def into(self, connection: duckdb.DuckDBPyConnection, target: str) -> int:
        """The table of these rows."""
        return write_rows(connection, self.rows, target)


def row_of(number: int, cells: list[Any]) -> Row:
    """A row of typed cells."""
    n = len(cells)
    if cells.count("") == n:  # a damaged workbook may hold 65,000 rows of nothing
        return Row(number, ("",) * n, EMPTY * n)
    written = [cell_text(cell) for cell in cells]
    return Row(number, tuple(text for text, _ in written), "".join(kind for _, kind in written))


def cell_text(cell: Any) -> tuple[str, str]:
    """A typed cell in its one written form, and its letter."""
    match cell:
        case str():
            return (cell, TEXT) if cell else ("", EMPTY)
        case None:
            return "", EMPTY
        case bool():
            return ("true" if cell else "false"), YES_NO
        case int() | float():
            return number_text(cell), (NUMBER if math.isfinite(cell) else EMPTY)
        case dt.datetime():
            return cell.isoformat(" ", "seconds"), MOMENT
        case dt.date():
            return cell.isoformat(), DATE
        case dt.time():
            return cell.isoformat("seconds"), TIME
        case dt.timedelta():
            return _duration(cell), TIME
    return str(cell), TEXT


def _duration(length: dt.timedelta) -> str:
    """Hours, minutes and seconds; a day is 24 hours."""
    seconds = round(abs(length).total_seconds())
    sign = "-" if length < dt.timedelta(0) else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


@functools.lru_cache(maxsize=10_000)
def number_text(number: float) -> str:
    """A number with the fifteen digits that a spreadsheet holds, without exponent; nothing for what is no number."""
    if not math.isfinite(number):
        return ""
    if number == int(number):
        return str(int(number))
    short = f"{number:.15g}"
    return short if "e" not in short else f"{number:.20f}".rstrip("0").rstrip(".")
