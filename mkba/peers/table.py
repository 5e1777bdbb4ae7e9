"""One sheet of a workbook of others as a table: where its headings are, its rows by role, and what nobody reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from data_contracts.errors import Finding
from data_contracts.vocabulary.names import folded
from data_contracts.workbook.pages import Cells
from mkba.peers.cells import is_empty, number_in, share_in
from mkba.peers.words import COLUMNS, HEADINGS, STATED, TOTALS

_ROLES = {folded(name): role for role, names in HEADINGS.items() for name in names}
_TOTALS = {*TOTALS, *STATED["costs"], *STATED["benefits"]} - {"kosten", "baten"}
_HEADING_ROWS = 25
_AMOUNT_IN = re.compile(r"\(.*?\)|€|%|\b(?:eur|euro|gbp)\b|£", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(slots=True)
class Faults:
    """Everything in a workbook that cannot be read, each with its sheet and row."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def add(self, sheet: str, row: int | None, what: str, do: str = "") -> None:
        """Remember one fault."""
        where = f"{self.file}, blad {sheet}" + (f", rij {row}" if row else "")
        self.findings.append(Finding(where, None, what, do))


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the headings of a sheet."""

    sheet: str
    head: int
    columns: Mapping[str, int]
    headings: Mapping[str, str]
    unread: tuple[str, ...]
    rows: tuple[tuple[int, list[Any]], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; a number that cannot be read becomes a fault and is missing."""

    table: Table
    at: int
    cells: Sequence[Any]
    formats: Mapping[tuple[str, int, int], str]
    faults: Faults

    def raw(self, role: str) -> Any:
        """What stands below the heading of a role; None where nothing does."""
        column = self.table.columns.get(role)
        found = self.cells[column] if column is not None and column < len(self.cells) else None
        return None if is_empty(found) else found

    def text(self, role: str) -> str:
        """The words of a role, '' without any."""
        found = self.raw(role)
        if isinstance(found, float) and found.is_integer():
            return str(int(found))
        return "" if found is None else str(found).strip()

    def number(self, role: str) -> Decimal | None:
        """The number of a role."""
        return self._read(role, number_in)

    def share(self, role: str) -> Decimal | None:
        """The share of a role, from 0 to 1."""
        column = self.table.columns.get(role)
        shown = self.formats.get((self.table.sheet, self.at, column + 1), "") if column is not None else ""
        heading = self.table.headings.get(role, "")
        return self._read(role, lambda raw: share_in(raw, is_percentage="%" in shown, heading=heading))

    def year(self) -> int | None:
        """The year of the amounts in this row; '2023/24' is not one year."""
        text = self.text("year")
        if text and not _YEAR.fullmatch(text):
            self.fault("year", f"'{text[:20]}' is geen jaar. Schrijf één jaar, zoals 2024.")
        return int(text) if _YEAR.fullmatch(text) else None

    def fault(self, role: str, what: str) -> None:
        """Something in the cell of a role cannot be read."""
        self.faults.add(self.table.sheet, self.at, f"kolom '{self.table.headings.get(role, role)}': {what}")

    def _read(self, role: str, read: Callable[[Any], Decimal]) -> Decimal | None:
        raw = self.raw(role)
        if raw is None:
            return None
        try:
            return read(raw)
        except ValueError as error:
            self.fault(role, str(error))
            return None


def table_in(sheet: str, cells: Cells, part: str, faults: Faults) -> Table | None:
    """The table on a sheet; None, with a fault, when its headings are not there or stand there twice.

    A heading that is merged over two rows stands in the upper one, so a column without a heading takes the cell above.
    """
    at = max(range(min(len(cells), _HEADING_ROWS)), key=lambda row: (_known(cells[row]), -row), default=0)
    if not cells or _known(cells[at]) == 0:
        faults.add(sheet, None, "wij vinden de rij met koppen niet.", f"Zet bovenaan: {_asked(part)}.")
        return None
    above = cells[at - 1] if at else []
    texts = [_heading(cells[at], above, column) for column in range(max(len(cells[at]), len(above)))]
    found: dict[str, list[int]] = {}
    for column, text in enumerate(texts):
        if (role := _role(text)) is not None:
            found.setdefault(role, []).append(column)
    twice = [role for role, columns in found.items() if len(columns) > 1]
    missing = [role for role in COLUMNS[part] if role not in found]
    for role in twice:
        names = " en ".join(f"'{texts[column]}'" for column in found[role])
        faults.add(sheet, at + 1, f"de koppen {names} betekenen hetzelfde.", "Laat er één staan.")
    if missing:
        asked = ", ".join(f"'{HEADINGS[role][-1]}' (of '{HEADINGS[role][0]}')" for role in missing)
        faults.add(sheet, at + 1, f"deze koppen missen wij: {asked}.", "Voeg de kolom toe.")
    if twice or missing:
        return None
    unread = tuple(text for text in texts if text and _role(text) is None)
    rows = [(row + 1, line) for row, line in enumerate(cells) if row > at and not all(map(is_empty, line))]
    columns = {role: places[0] for role, places in found.items()}
    return Table(sheet, at + 1, columns, {role: texts[column] for role, column in columns.items()}, unread, tuple(rows))


def rows_in(table: Table, formats: Mapping[tuple[str, int, int], str], faults: Faults) -> Iterator[Row]:
    """The rows of a table."""
    for at, cells in table.rows:
        yield Row(table, at, cells, formats, faults)


def is_total(row: Row) -> bool:
    """Is this the row in which the sheet adds up?"""
    words = [folded(str(cell)) for cell in row.cells if isinstance(cell, str) and cell.strip()]
    return bool(words) and words[0] in _TOTALS


def _known(cells: Sequence[Any]) -> int:
    return len({role for cell in cells if (role := _role(str(cell))) is not None})


def _heading(row: Sequence[Any], above: Sequence[Any], column: int) -> str:
    own = str(row[column]).strip() if column < len(row) else ""
    return own or (str(above[column]).strip() if column < len(above) and _role(str(above[column])) else "")


def _role(text: str) -> str | None:
    return _ROLES.get(folded(_AMOUNT_IN.sub(" ", text)))


def _asked(part: str) -> str:
    return ", ".join(HEADINGS[role][-1] for role in COLUMNS[part])
