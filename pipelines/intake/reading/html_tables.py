"""HTML that is called .xls: many web applications export a page with a table and let Excel open it."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from pipelines.intake.reading import limits
from pipelines.intake.reading.cells import CellRows, row_of
from pipelines.intake.reading.encodings import decoded
from pipelines.intake.reading.sheets import Declared, Merged, Opened, Row, Sheet, Unreadable

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
_MOST_SPAN = 1000


def open_html(content: bytes, name: str, declared: Declared) -> Opened:
    """Every table of the page as a sheet, its cells as they stand; raises Unreadable."""
    text, encoding = decoded(content, declared.encoding)
    page = _Tables()
    page.feed(text)
    page.close()
    page.end_row()
    sheets = tuple(
        Sheet(f"tabel {number}" if number > 1 else "", CellRows(rows), merged=tuple(merged))
        for number, (rows, merged) in enumerate(((r, m) for r, m in page.tables if r), 1)
    )
    if not sheets:
        raise Unreadable("dit is een webpagina zonder tabel.", "Vraag een uitdraai als CSV of xlsx.")
    return Opened(name, "html", sheets, encoding)


class _Tables(HTMLParser):
    """Collects the cells of tables; cells that span others leave those empty and are told as merged."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[tuple[list[Row], list[Merged]]] = []
        self.row: list[str] | None = None
        self.cell: list[str] | None = None
        self.span, self.depth, self.cells = (1, 1), 0, 0
        # column -> how many rows below it are still taken by a cell above
        self.taken: dict[int, int] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table in a table is refused: what row its cells belong to is not said."""
        if tag == "table":
            self.depth += 1
            if self.depth > 1:
                raise Unreadable("de webpagina heeft een tabel in een tabel.", "Vraag een uitdraai als CSV of xlsx.")
            self.tables.append(([], []))
            self.taken = {}
        elif tag == "tr" and self.depth:
            self.end_row()
            self.row = []
        elif tag in ("td", "th") and self.depth:
            self._end_cell()
            self.row = [] if self.row is None else self.row
            given = dict(attrs)
            self.cell, self.span = [], (_span(given.get("rowspan")), _span(given.get("colspan")))
        elif tag == "br" and self.cell is not None:
            self.cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """Cells and rows end where they say so, or where the next begins."""
        if tag in ("td", "th"):
            self._end_cell()
        elif tag in ("tr", "table"):
            self.end_row()
            self.depth -= tag == "table" and self.depth > 0

    def handle_data(self, data: str) -> None:
        """Text counts inside cells only."""
        if self.cell is not None:
            self.cell.append(data)

    def _skip_taken(self, row: list[str]) -> None:
        while self.taken.get(len(row), 0):
            self.taken[len(row)] -= 1
            row.append("")

    def _end_cell(self) -> None:
        if self.cell is None or self.row is None:
            return
        self._skip_taken(self.row)
        down, right = self.span
        rows, merged = self.tables[-1]
        first = len(self.row)
        self.row += [" ".join("".join(self.cell).split(" ")).strip(), *[""] * (right - 1)]
        if down > 1 or right > 1:
            merged.append(Merged(len(rows) + 1, first, len(rows) + down, first + right - 1))
            self.taken |= {column: down - 1 for column in range(first, first + right) if down > 1}
        self.cell = None
        self.cells += right
        if self.cells > limits.MAX_CELLS:
            raise Unreadable("de tabel is te groot.", "Vraag een uitdraai als CSV.")

    def end_row(self) -> None:
        """The row is whole."""
        self._end_cell()
        if self.row is not None and self.tables:
            self._skip_taken(self.row)
            rows = self.tables[-1][0]
            rows.append(row_of(len(rows) + 1, self.row))
        self.row = None


def _span(text: str | None) -> int:
    number = int(text) if text and text.isascii() and text.isdecimal() and len(text) < 7 else 1
    return min(max(number, 1), _MOST_SPAN)
