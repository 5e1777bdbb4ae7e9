"""The sheets of a workbook that people edit, as rows of cells; what Excel shows as an error is told with its place.

The reader gives a cell with an error as an empty one, which would lose a value unseen.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from data_contracts.errors import Finding, StudyError

Cells = list[list[Any]]
_CELL = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*\br="[A-Z]+(\d+)"')
_SHEET = re.compile(rb'<sheet\b(?=[^>]*\bname="([^"]*)")[^>]*\b(?:\w+:)?id="([^"]*)"')
_LINK = re.compile(rb'<Relationship\b(?=[^>]*\bId="([^"]*)")[^>]*\bTarget="([^"]*)"')


def pages(content: bytes, file: str) -> dict[str, Cells]:
    """Name of a sheet -> its rows; raises StudyError for what is no workbook and for every cell with an error."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        found = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError:
        what = "dit is geen werkmap van Excel die wij kunnen lezen."
    else:
        findings = [
            Finding(
                f"{file}, blad {name}, rij {row}", None, "hier staat een fout van Excel.", "Zet er iets anders neer."
            )
            for name, row in _error_cells(content)
        ]
        if findings:
            raise StudyError(findings)
        return found
    raise StudyError([Finding(file, None, what, "Bewaar het bestand als .xlsx, zonder wachtwoord.")])


def _error_cells(content: bytes) -> Iterator[tuple[str, int]]:
    """Sheet and row of every cell with an error, in a workbook that was opened before."""
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
            for row in _CELL.findall(book.read(path) if path in parts else b""):
                yield name.decode(), int(row)
