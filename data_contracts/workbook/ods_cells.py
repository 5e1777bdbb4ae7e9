"""What an .ods says of its cells and the reader does not give: errors, formulas that nobody computed, percentages.

The reader gives a cell with an error, or with a formula without a stored result, as an empty one: a value lost unseen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

_CELLS = (
    "table:table-cell",
    "table:covered-table-cell",
)  # the prefixes that every program writes, and the reader wants
_ERRORS = ("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "Err:")


@dataclass(frozen=True, slots=True)
class OdsCell:
    """A cell that says more than its value; row and column count from 1. `error` is what it shows, '' without one."""

    sheet: str
    row: int
    column: int
    error: str
    is_not_computed: bool
    is_share: bool


def ods_cells(content: bytes) -> list[OdsCell]:
    """Those of content.xml, of which the size was checked: what is written once and repeated counts every time."""
    reading = _Reading()
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = reading.start, reading.end
    parser.CharacterDataHandler = reading.text
    parser.Parse(content, True)
    return reading.found


class _Reading:
    """Where the parser is, and what it found."""

    def __init__(self) -> None:
        self.found: list[OdsCell] = []
        self.sheet, self.row, self.column = "", 0, 0
        self.rows, self.columns = 1, 1
        self.said: dict[str, str] | None = None  # the attributes of the cell that it is in
        self.shown, self.deep, self.n_texts = "", 0, 0
        self.in_row: list[tuple[int, str, bool, bool]] = []

    def start(self, name: str, said: dict[str, str]) -> None:
        """A sheet, a row, a cell, or something in a cell."""
        if name == "table:table":
            self.sheet, self.row = said.get("table:name", ""), 0
        elif name == "table:table-row":
            self.rows, self.column, self.in_row = int(said.get("table:number-rows-repeated", 1)), 0, []
        elif name in _CELLS:
            self.columns = int(said.get("table:number-columns-repeated", 1))
            self.said, self.shown, self.deep, self.n_texts = said, "", 0, 0
        elif self.said is not None:
            self.deep += name == "office:annotation"
            self.n_texts += name == "text:p" and not self.deep

    def text(self, text: str) -> None:
        """What a cell shows; a note beside it is no part of that."""
        if self.said is not None and not self.deep:
            self.shown += text

    def end(self, name: str) -> None:
        """Keep a cell, and a row as often as it stands there."""
        if name == "office:annotation":
            self.deep -= 1
        elif name in _CELLS and self.said is not None:
            self.in_row += self._told(self.said)
            self.column, self.said = self.column + self.columns, None
        elif name == "table:table-row":
            for row in range(self.row + 1, self.row + 1 + self.rows * bool(self.in_row)):
                self.found += [OdsCell(self.sheet, row, *one) for one in self.in_row]
            self.row += self.rows

    def _told(self, said: dict[str, str]) -> Iterator[tuple[int, str, bool, bool]]:
        shown, has_formula = self.shown.strip(), "table:formula" in said
        is_error = said.get("calcext:value-type") == "error" or (has_formula and shown.startswith(_ERRORS))
        is_not_computed = has_formula and "office:value-type" not in said and not self.n_texts
        is_share = said.get("office:value-type") == "percentage"
        if is_error or is_not_computed or is_share:
            for at in range(self.column + 1, self.column + 1 + self.columns):
                yield at, shown if is_error else "", is_not_computed, is_share
