"""What an .xlsx says of its cells and the reader does not give: errors, formulas that nobody computed, formats.

The reader gives a cell with an error, or with a formula without a stored result, as an empty one: a value lost unseen.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, fromstring

from data_contracts.errors import StudyError

_AT = re.compile(r"([A-Z]+)([0-9]+)")
_BUILT_IN_PERCENT = {"9": "0%", "10": "0.00%"}


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as the file writes it; row and column count from 1, `style` is the number of its format."""

    sheet: str
    row: int
    column: int
    style: int
    is_error: bool  # shows an error of Excel, such as a division by zero
    is_not_computed: bool  # holds a formula of which no result was stored; an empty text is a result


def raw_cells(content: bytes) -> Iterator[RawCell]:
    """Every cell of an .xlsx; none for another kind of file. Raises StudyError for parts that cannot be read."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = set(book.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
            return
        links = _named(_read(book, "xl/_rels/workbook.xml.rels"), "Relationship")
        targets = {_said(one, "Id"): _said(one, "Target").removeprefix("/") for one in links}
        for sheet in _named(_read(book, "xl/workbook.xml"), "sheet"):
            target = targets.get(_said(sheet, "id"), "")
            path = target if target.startswith("xl/") else f"xl/{target}"
            if path in parts:
                yield from _cells(_said(sheet, "name"), _read(book, path))


def _cells(sheet: str, part: Element) -> Iterator[RawCell]:
    for cell in _named(part, "c"):
        at = _AT.fullmatch(_said(cell, "r"))
        if at is None:
            continue
        kind, inside = _said(cell, "t"), {_local(one.tag): one.text for one in cell}
        yield RawCell(
            sheet,
            int(at[2]),
            column_number(at[1].encode()),
            int(_said(cell, "s") or 0),
            is_error=kind == "e",
            is_not_computed="f" in inside and kind != "str" and not inside.get("v"),
        )


def column_number(letters: bytes) -> int:
    """A is 1, XFD is 16384."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def formats(content: bytes) -> dict[tuple[str, int, int], str]:
    """Sheet, row and column -> how Excel shows the number there, for what is a percentage or an own format."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        if "xl/styles.xml" not in book.namelist():
            return {}
        styles = _read(book, "xl/styles.xml")
    own = {_said(one, "numFmtId"): _said(one, "formatCode") for one in _named(styles, "numFmt")}
    listed = [one for group in _named(styles, "cellXfs") for one in _named(group, "xf")]
    codes = [(_BUILT_IN_PERCENT | own).get(_said(one, "numFmtId"), "") for one in listed]
    return {
        (one.sheet, one.row, one.column): codes[one.style]
        for one in raw_cells(content)
        if one.style < len(codes) and codes[one.style]
    }


def is_plain_xml(part: bytes) -> bool:
    """Without a document type, which can make a reader need any amount of memory, nor an encoding that hides one."""
    is_wide = part[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in part[:64]
    return not is_wide and b"<!DOCTYPE" not in part and b"<!ENTITY" not in part


def _read(book: zipfile.ZipFile, name: str) -> Element:
    part = book.read(name)
    try:
        if is_plain_xml(part):
            return fromstring(part)  # noqa: S314 (what makes XML dangerous was refused)
    except ParseError:
        pass
    raise StudyError("Deze werkmap is beschadigd, of zij bevat een documenttype. Bewaar haar opnieuw als .xlsx.")


def _named(within: Element, name: str) -> Iterator[Element]:
    """Elements by their name, under whatever prefix the program that wrote them put it."""
    return (one for one in within.iter() if _local(one.tag) == name)


def _said(element: Element, name: str) -> str:
    return next((text for key, text in element.items() if _local(key) == name), "")


def _local(name: str) -> str:
    return name.rpartition("}")[2]
