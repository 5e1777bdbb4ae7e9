"""A sheet as the inference sees it: names of columns and all rows as text, read by the same engine as a run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from data_contracts.mapping.steps import Frame, Shape
from pipelines.intake.reading.frame import framed
from pipelines.intake.reading.shape import shaped
from pipelines.intake.reading.sheets import DATE, FAULT, MOMENT, NUMBER, Sheet, Variables

_MARK = "\x01"


class TypedCell(str):
    """A cell that its file knows to be a number, a date or a fault; `kind` is the letter for it."""

    __slots__ = ("kind",)
    kind: str

    def __new__(cls, text: str, kind: str) -> TypedCell:
        """The text with its letter."""
        cell = super().__new__(cls, text)
        cell.kind = kind
        return cell


def kind_of(cell: str) -> str:
    """The letter of a typed cell; '' for text."""
    return cell.kind if isinstance(cell, TypedCell) else ""


@dataclass(frozen=True, slots=True)
class Top:
    """The first rows of a sheet, bare: row number and cells."""

    rows: list[tuple[int, list[str]]]


@dataclass(slots=True)
class Grid:
    """Columns by name, each with one cell per row; an empty cell is ''.

    `numbers`: where each row stands; `sources`: on which of the sheets.
    """

    columns: dict[str, list[str]]
    numbers: list[int] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)
    made: list[str] = field(default_factory=list)

    @property
    def names(self) -> list[str]:
        """The names of the columns, in order."""
        return list(self.columns)

    def counts(self, name: str) -> Counter[str]:
        """How often every filled text occurs in a column."""
        return Counter(cell for cell in self.columns[name] if cell)

    def filled(self, name: str) -> int:
        """In how many rows the column holds something."""
        return sum(1 for cell in self.columns[name] if cell)

    def keep(self, rows: Sequence[int]) -> None:
        """Only these rows have a say in what follows."""
        self.columns = {name: [cells[at] for at in rows] for name, cells in self.columns.items()}
        self.numbers = [self.numbers[at] for at in rows]
        self.sources = [self.sources[at] for at in rows]

    @property
    def height(self) -> int:
        """How many rows there are."""
        return len(self.numbers)


@dataclass(slots=True)
class OneSheet:
    """A sheet of a file of the delivery, with what is needed to read it again under another frame and shape."""

    file: str
    sheet: Sheet
    table: str
    width: int
    is_text: bool
    several: bool

    @property
    def label(self) -> str:
        """How the sheet is named to a reader."""
        return f"{self.file}, blad '{self.sheet.name}'" if self.several else f"{self.file}"

    @property
    def variables(self) -> Variables | None:
        """What SPSS says of the variables."""
        return self.sheet.variables


def top_of(connection: duckdb.DuckDBPyConnection, sheet: OneSheet, rows: int = 60) -> Top:
    """The first rows of a sheet."""
    cells = ", ".join(f"c{at}" for at in range(sheet.width)) or "NULL"
    found = connection.execute(
        f"SELECT row_number, {cells} FROM {sheet.table} ORDER BY row_number LIMIT {rows}"
    ).fetchall()
    return Top([(number, [(cell or "").strip() for cell in rest]) for number, *rest in found])


def grid_of(connection: duckdb.DuckDBPyConnection, sheet: OneSheet, frame: Frame, shape: Shape | None = None) -> Grid:
    """The rows of a sheet under a frame and a shape; raises NotAsAgreed. Rows that the frame leaves out are gone."""
    named = framed(
        connection,
        sheet.table,
        sheet.width,
        frame,
        f"seen_{sheet.table}",
        merged=sheet.sheet.merged,
        is_text=sheet.is_text,
        cell_text=lambda _name: _marked,
    )
    if shape is not None:
        named = shaped(connection, named, shape, f"shaped_{sheet.table}")
    every = {**named.columns, **named.made}
    cells = ", ".join(every.values())
    found = connection.execute(
        f"SELECT row_number, {cells} FROM {named.table} WHERE left_out_as IS NULL AND is_readable ORDER BY row_number"
    ).fetchall()
    found = [row for row in found if any(cell is not None for cell in row[1:])]
    numbers = [row[0] for row in found]
    columns = {name: [_cell(row[at]) for row in found] for at, name in enumerate(every, 1)}
    return Grid(columns, numbers, [0] * len(numbers), list(named.made))


def _marked(cell: str, kind: str) -> str:
    typed = ", ".join(f"'{letter}'" for letter in (NUMBER, DATE, MOMENT, FAULT))
    return f"CASE WHEN {kind} IN ({typed}) THEN chr(1) || {kind} || {cell} ELSE {cell} END"


def _cell(text: str | None) -> str:
    if text is None:
        return ""
    return TypedCell(text[2:], text[1]) if text.startswith(_MARK) else text


def joined(grids: list[Grid]) -> Grid:
    """The rows of several sheets with the same columns as one."""
    first, *rest = grids
    columns = {name: list(cells) for name, cells in first.columns.items()}
    numbers, sources = list(first.numbers), list(first.sources)
    for at, grid in enumerate(rest, 1):
        for name, cells in columns.items():
            cells.extend(grid.columns[name])
        numbers.extend(grid.numbers)
        sources.extend([at] * grid.height)
    return Grid(columns, numbers, sources, first.made)
