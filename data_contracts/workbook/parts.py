"""What an .xlsx says of its cells and the reader does not give: errors, formulas that nobody computed, formats.

The reader gives a cell with an error, or with a formula without a stored result, as an empty one: a value lost unseen.
"""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

_SHEET = re.compile(rb'<sheet\b(?=[^>]*\bname="([^"]*)")[^>]*\b(?:\w+:)?id="([^"]*)"')
_LINK = re.compile(rb'<Relationship\b(?=[^>]*\bId="([^"]*)")[^>]*\bTarget="([^"]*)"')
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_AT = re.compile(rb'\br="([A-Z]+)(\d+)"')
_KIND, _STYLE = re.compile(rb'\bt="(\w+)"'), re.compile(rb'\bs="(\d+)"')
_RESULT = re.compile(rb"<v\b[^>]*>[^<]+</v>")
_FORMAT = re.compile(rb'<numFmt\b(?=[^>]*\bnumFmtId="(\d+)")[^>]*\bformatCode="([^"]*)"')
_STYLES = re.compile(rb"<cellXfs\b.*?</cellXfs>", re.DOTALL)
_STYLED = re.compile(rb'<xf\b[^>]*?\bnumFmtId="(\d+)"')
_BUILT_IN_PERCENT = {"9": "0%", "10": "0.00%"}


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file writes it; row and column count from 1."""

    sheet: str
    row: int
    column: int
    kind: str
    style: int
    inside: bytes

    @property
    def is_error(self) -> bool:
        """Shows an error of Excel, such as a division by zero."""
        return self.kind == "e"

    @property
    def is_not_computed(self) -> bool:
        """Holds a formula of which no result was stored; an empty text is a result."""
        return b"<f" in self.inside and self.kind != "str" and not _RESULT.search(self.inside)


def raw_cells(content: bytes) -> Iterator[RawCell]:
    """Every cell of an .xlsx; none for another kind of file."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = set(book.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
            return
        targets = dict(_LINK.findall(book.read("xl/_rels/workbook.xml.rels")))
        for name, link in _SHEET.findall(book.read("xl/workbook.xml")):
            target = targets.get(link, b"").decode().removeprefix("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            if path in parts:
                yield from _cells(html.unescape(name.decode()), book.read(path))


def _cells(sheet: str, part: bytes) -> Iterator[RawCell]:
    for attributes, inside in _CELL.findall(part):
        at = _AT.search(attributes)
        if at is None:
            continue
        kind, style = _KIND.search(attributes), _STYLE.search(attributes)
        yield RawCell(
            sheet,
            int(at[2]),
            _number_of(at[1]),
            kind[1].decode() if kind else "n",
            int(style[1]) if style else 0,
            inside,
        )


def _number_of(letters: bytes) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + letter - ord("A") + 1
    return found


def formats(content: bytes) -> dict[tuple[str, int, int], str]:
    """Sheet, row and column -> how Excel shows the number there, for what is a percentage or an own format."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        styles = book.read("xl/styles.xml") if "xl/styles.xml" in book.namelist() else b""
    own = {number.decode(): html.unescape(code.decode()) for number, code in _FORMAT.findall(styles)}
    listed = _STYLES.search(styles)
    codes = [(_BUILT_IN_PERCENT | own).get(one.decode(), "") for one in _STYLED.findall(listed[0])] if listed else []
    return {
        (one.sheet, one.row, one.column): codes[one.style]
        for one in raw_cells(content)
        if one.style < len(codes) and codes[one.style]
    }
