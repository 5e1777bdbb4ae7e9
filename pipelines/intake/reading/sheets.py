"""What opening a file gives: sheets with rows of text, whatever the format, and what else the file says of itself.

A cell is text. What was text in the file stands as it stood; a typed cell is written in one fixed way, and the letter
at its place in `kinds` says what it was. So `412.500` typed by a person and the number 412.5 stay apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

import duckdb

# Letters of `Row.kinds`. The text of such a cell: as it stood, 412.5, 2025-01-31, 2025-01-31 09:30:00 (with +00:00 when
# it has a zone), 09:30:00, true, #N/A, nothing.
TEXT, NUMBER, DATE, MOMENT, TIME, YES_NO, FAULT, EMPTY = "tndmhbe "


class Unreadable(Exception):
    """A file that cannot be read, or may not: what is wrong, where in it, and what to do. Never a value from it."""

    def __init__(self, what: str, do: str, *, sheet: str | None = None, row: int | None = None) -> None:
        self.what, self.do, self.sheet, self.row = what, do, sheet, row
        super().__init__(f"{what} {do}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the number that a person counts to in Excel, its cells, and a letter for each of them.

    Rows may differ in length.
    """

    number: int
    cells: tuple[str, ...]
    kinds: str


class Rows(Protocol):
    """The rows of a sheet, one by one or in bulk; iterating twice gives the same rows."""

    def __iter__(self) -> Iterator[Row]:
        """Every row, blank ones included."""

    def into(self, connection: duckdb.DuckDBPyConnection, target: str) -> int:
        """Make `target` (row_number, kinds, c0, c1, ...; an empty cell is NULL); gives how many columns c it has.

        A table, or a view over rows that lie ready. Blank rows are left out; a row that is shorter than the widest is
        filled with NULL. `kinds` is NULL only in a sheet of which every row has all cells, and all are text.
        """


@dataclass(frozen=True, slots=True)
class Merged:
    """Cells that are one in the workbook; the text stands in the first. Rows as in `Row.number`, columns from 0."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Variables:
    """What SPSS says of its variables, by name: a label, a word per code, and ranges (low, high) declared missing."""

    labels: dict[str, str]
    codes: dict[str, dict[str, str]]
    missing: dict[str, tuple[tuple[str, str], ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet of a workbook, or the only table of another file (its name is then empty)."""

    name: str
    rows: Rows
    hidden: bool = False
    merged: tuple[Merged, ...] = ()
    variables: Variables | None = None


@dataclass(frozen=True, slots=True)
class Declared:
    """What the study says of a file before it is opened; None means: find out.

    `lost_is_named`: who reads it names each cell whose formula has no outcome, so that it is no reason to refuse all.
    """

    format: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    quote: str = '"'
    with_formulas: bool = False
    lost_is_named: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Text that a file carries outside its cells: a property, a comment, a header; the door reads it too."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A file that was opened: its format as found, how its text was written, and its sheets."""

    name: str
    format: str
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    delimiter: str | None = None
    lost_accents: bool = False
    asides: tuple[Aside, ...] = ()
