"""A workbook as it was read: its sheets, how Excel shows numbers, and the cells that lost their value on the way."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from data_contracts.errors import Finding, StudyError
from data_contracts.workbook.ods_cells import OdsCell, ods_cells
from data_contracts.workbook.parts import formats, is_plain_xml, raw_cells

Cells = list[list[Any]]
NO_WORKBOOK = (
    "dit is geen werkmap van Excel of LibreOffice die wij kunnen lezen.",
    "Bewaar het bestand als .xlsx of .ods, zonder wachtwoord.",
)


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook `file`; `formats` by sheet, row and column, which count from 1.

    `lost` are cells that a reader gives as empty ones, by sheet and row: with an error, or with a formula that nobody
    computed.
    """

    file: str
    sheets: Mapping[str, Cells]
    formats: Mapping[tuple[str, int, int], str] = field(default_factory=dict)
    lost: tuple[tuple[str, int, bool], ...] = ()


def book_of(content: bytes, file: str) -> Book:
    """The workbook in `content`; raises StudyError for what is none."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except CalamineError:
        sheets = None
    if sheets is None:
        raise StudyError([Finding(file, None, *NO_WORKBOOK)])
    told = list(_ods_cells(content))
    lost = [(one.sheet, one.row, one.is_error) for one in raw_cells(content) if one.is_error or one.is_not_computed]
    lost += [(one.sheet, one.row, bool(one.error)) for one in told if one.error or one.is_not_computed]
    shares = {(one.sheet, one.row, one.column): "0%" for one in told if one.is_share}
    return Book(file, sheets, formats(content) | shares, tuple(lost))


def _ods_cells(content: bytes) -> list[OdsCell]:
    """Of an .ods, the cells that say more than the reader gives; none of another kind of file."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        part = book.read("content.xml") if "content.xml" in book.namelist() else b""
    if part and not is_plain_xml(part):
        raise StudyError("Deze werkmap bevat een documenttype. Bewaar haar opnieuw als .ods of .xlsx.")
    return ods_cells(part) if part else []
