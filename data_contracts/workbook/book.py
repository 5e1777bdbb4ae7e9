"""A workbook as it was read: its sheets, how Excel shows numbers, and the cells that lost their value on the way."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from data_contracts.errors import Finding, StudyError
from data_contracts.workbook.parts import formats, raw_cells

Cells = list[list[Any]]
NO_WORKBOOK = (
    "dit is geen werkmap van Excel die wij kunnen lezen.",
    "Bewaar het bestand als .xlsx, zonder wachtwoord.",
)


@dataclass(frozen=True, slots=True)
class Book:
    """The workbook `file`; `formats` by sheet, row and column, which count from 1.

    `lost` are cells that a reader gives as empty ones, by sheet and row: with an error of Excel, or else with a formula
    that nobody computed.
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
    lost = [one for one in raw_cells(content) if one.is_error or one.is_not_computed]
    return Book(file, sheets, formats(content), tuple((one.sheet, one.row, one.is_error) for one in lost))
