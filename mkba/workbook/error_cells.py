"""Cells in which Excel shows an error: the reader of sheets gives them as empty, which would lose a value unseen."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

_CELL = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="[A-Z]+(\d+)"')
_SHEET = re.compile(rb'<sheet\b(?=[^>]*\bname="([^"]*)")[^>]*\b(?:\w+:)?id="([^"]*)"')
_LINK = re.compile(rb'<Relationship\b(?=[^>]*\bId="([^"]*)")[^>]*\bTarget="([^"]*)"')


def error_cells(content: bytes) -> Iterator[tuple[str, int]]:
    """Sheet and row of every cell with an error, in a workbook that was opened before."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = set(book.namelist())
        if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= parts:
            return
        targets = dict(_LINK.findall(book.read("xl/_rels/workbook.xml.rels")))
        for name, link in _SHEET.findall(book.read("xl/workbook.xml")):
            target = targets.get(link, b"").decode().removeprefix("/")
            path = target if target.startswith("xl/") else f"xl/{target}"
            for row in _CELL.findall(book.read(path) if path in parts else b""):
                yield name.decode(), int(row)
