"""A workbook that a person offers, read in the confined process that reads deliveries, within the same limits.

What comes back is plain: texts, numbers, days. A day is told as a pair, because JSON knows none.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any

from data_contracts.errors import Finding, StudyError
from data_contracts.workbook.book import NO_WORKBOOK, Book, book_of
from pipelines.intake.reading import limits
from pipelines.intake.reading.confined import Allowed, Asked, book_told
from pipelines.intake.reading.opening import format_of, opened
from pipelines.intake.reading.sheets import Declared, Unreadable
from pipelines.storage.platform import sha256_of

_KINDS: dict[str, type[dt.date] | type[dt.time]] = {"day": dt.date, "moment": dt.datetime, "time": dt.time}
# A formula counts for the result that was stored; one without is named with its row.
_AS_STORED = Declared(with_formulas=True, lost_is_named=True)
_WORKBOOKS = ("xlsx", "xls", "ods")
_TOO_LARGE = (
    "deze werkmap heeft meer cellen dan een balans of een boom ooit heeft.",
    "Haal weg wat er niet bij hoort, of bewaar haar opnieuw als .xlsx.",
)


def book_apart(path: Path, allowed: Allowed | None = None) -> Book:
    """The workbook, read by another process; raises StudyError for what cannot be read within the limits."""
    with tempfile.TemporaryDirectory() as folder:
        answer = book_told(Asked(path, sha256_of(path), _AS_STORED), Path(folder), allowed)
    if isinstance(answer, Unreadable):
        where = f"{path.name}, blad {answer.sheet}" if answer.sheet else path.name
        raise StudyError([Finding(where, None, answer.what, answer.do)])
    return _from_plain(path.name, answer)


def plain_book(content: bytes, name: str) -> dict[str, Any]:
    """What the confined process tells of a workbook; raises Unreadable."""
    if format_of(content) not in _WORKBOOKS:
        raise Unreadable(*NO_WORKBOOK)
    found = opened(content, name, _AS_STORED)  # refuses bombs before a reader meets them
    if sum(len(row.cells) for sheet in found.sheets for row in sheet.rows) > limits.MAX_BOOK_CELLS:
        raise Unreadable(*_TOO_LARGE)
    try:
        book = book_of(content, name)
    except StudyError as refused:
        first = refused.findings[0] if refused.findings else Finding(name, None, str(refused))
        raise Unreadable(first.what, first.do) from None
    sheets = {sheet: [[_plain(cell) for cell in row] for row in rows] for sheet, rows in book.sheets.items()}
    shown = [[*place, text] for place, text in book.formats.items()]
    return {"sheets": sheets, "formats": shown, "lost": book.lost}


def _plain(cell: Any) -> Any:
    kind = next((name for name, one in _KINDS.items() if type(cell) is one), None)
    if kind is not None:
        return [kind, cell.isoformat()]
    return ["seconds", cell.total_seconds()] if isinstance(cell, dt.timedelta) else cell


def _from_plain(file: str, told: dict[str, Any]) -> Book:
    sheets = {sheet: [[_cell(one) for one in row] for row in rows] for sheet, rows in told["sheets"].items()}
    shown = {(sheet, row, column): text for sheet, row, column, text in told["formats"]}
    return Book(file, sheets, shown, tuple((sheet, row, is_error) for sheet, row, is_error in told["lost"]))


def _cell(told: Any) -> Any:
    if not isinstance(told, list):
        return told
    kind, value = told
    return dt.timedelta(seconds=value) if kind == "seconds" else _KINDS[kind].fromisoformat(value)
