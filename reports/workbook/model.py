"""The workbook as data: sheets of cells, each with a style, and the names that formulas use.

One description, which is written twice: as .xlsx and as .ods. A formula is written as Excel knows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

Value = str | float | None
Place = tuple[int, int]  # row and column, which count from 0


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks; `is_open` may be changed on a sheet that is protected."""

    name: str
    is_bold: bool = False
    size: int = 11
    wraps: bool = False
    is_underlined: bool = False
    number: str = ""
    fill: str = ""
    is_open: bool = False
    is_on_top: bool = True


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows; with a formula, `value` is what that gives."""

    value: Value
    style: Style | None = None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """A row of numbers in a chart: the column that holds them, with its heading as name; a line or columns."""

    column: int
    color: str
    is_line: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of some rows of the sheet that it stands on; `words` tell what it shows."""

    at: Place
    title: str
    words: str
    y_title: str
    y_number: str
    categories: int  # the column with what stands below
    first: int
    last: int
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The only values that a cell takes."""

    at: Place
    values: tuple[int, ...]
    message: str


@dataclass(slots=True)
class Sheet:
    """A sheet on landscape A4, `pages_wide` of them beside each other.

    Rows above `body` and the first column stay in sight. The last of those rows, and on several pages the first
    `n_repeated` columns, are printed on every page.
    """

    name: str
    body: int | None = None
    pages_wide: int = 1
    n_repeated: int = 0
    is_protected: bool = False
    table: tuple[str, Place, Place] | None = None  # its name, first and last cell; the first row has headings
    choice: Choice | None = None
    chart: Chart | None = None
    cells: dict[Place, Cell] = field(default_factory=dict)
    widths: dict[int, float] = field(default_factory=dict)  # in characters, by column
    heights: dict[int, float] = field(default_factory=dict)  # in points, by row

    def put(self, row: int, column: int, value: Value, style: Style | None = None) -> None:
        """Write a cell; a text that looks like a formula stays a text."""
        self.cells[row, column] = Cell(value, style)

    def put_formula(self, row: int, column: int, formula: str, style: Style, value: Value) -> None:
        """Write a cell that is computed, with what the engine gives there."""
        self.cells[row, column] = Cell(value, style, formula)

    def rows(self) -> Iterator[tuple[int, dict[int, Cell]]]:
        """Every row up to the last with cells, with its cells by column."""
        found: dict[int, dict[int, Cell]] = {}
        for (row, column), cell in sorted(self.cells.items()):
            found.setdefault(row, {})[column] = cell
        yield from ((row, found.get(row, {})) for row in range(max(found, default=-1) + 1))


@dataclass(slots=True)
class Book:
    """A workbook in Dutch; `names` holds the cell that a name stands for, as 'Sheet!$A$1'."""

    title: str
    subject: str
    created: dt.date
    sheets: list[Sheet] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, widths: Sequence[float] = ()) -> Sheet:
        """A new sheet, after the others."""
        self.sheets.append(Sheet(name, widths=dict(enumerate(widths))))
        return self.sheets[-1]
