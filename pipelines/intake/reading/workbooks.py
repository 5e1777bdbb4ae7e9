"""Workbooks: xlsx, xls and ods, every sheet with the numbers of its rows, read by calamine after the checks."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from pipelines.intake.reading import limits
from pipelines.intake.reading.biff import sheet_parts
from pipelines.intake.reading.cells import CellRows, row_of
from pipelines.intake.reading.compound import stream
from pipelines.intake.reading.ods_parts import check_ods
from pipelines.intake.reading.sheets import FAULT, Declared, Merged, Opened, Row, Sheet, Unreadable
from pipelines.intake.reading.workbook_parts import SheetPart, asides, check_parts, shared_lengths, sheet_part
from pipelines.intake.reading.zips import part_of, safe_zip

_WHAT = "het werkboek"
_DAMAGED = ("dit werkboek is beschadigd.", "Open het in Excel en bewaar het opnieuw.")
_SHEET_ELEMENT = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")


def open_xlsx(content: bytes, name: str, declared: Declared) -> Opened:
    """A workbook of Excel 2007 and later; raises Unreadable."""
    with safe_zip(content, _WHAT) as archive:
        check_parts(archive)
        lengths = shared_lengths(archive)
        parts = {
            sheet: sheet_part(part_of(archive, path, _WHAT), sheet, lengths) for sheet, path in _sheet_paths(archive)
        }
        beside = tuple(asides(archive))
    _refuse_formulas(parts, declared)
    return Opened(name, "xlsx", _sheets(content, parts), asides=beside)


def open_ods(content: bytes, name: str, declared: Declared) -> Opened:
    """A workbook of LibreOffice; raises Unreadable."""
    with safe_zip(content, _WHAT) as archive:
        parts, beside = check_ods(archive)
    _refuse_formulas(parts, declared)
    return Opened(name, "ods", _sheets(content, parts), asides=beside)


def open_xls(content: bytes, name: str, declared: Declared) -> Opened:
    """A workbook of Excel 97 to 2003; raises Unreadable."""
    parts = sheet_parts(stream(content, ("Workbook", "Book")))
    _refuse_formulas(parts, declared)
    return Opened(name, "xls", _sheets(content, parts))


def _refuse_formulas(parts: dict[str, SheetPart], declared: Declared) -> None:
    """The outcome of a formula is what was stored last; whether that may be read is for the study to say."""
    for sheet, part in parts.items():
        if not part.is_computed and not declared.lost_is_named:
            do = "Open het in Excel, bewaar het opnieuw, of plak alleen de waarden."
            raise Unreadable("het blad heeft formules zonder uitkomst.", do, sheet=sheet)
        if part.has_formulas and not declared.with_formulas:
            what = "het blad heeft formules; daarvan is alleen de laatst bewaarde uitkomst te lezen."
            do = (
                "Zet 'formulas: cached' bij open in mapping.yaml als die uitkomsten kloppen, of plak alleen de waarden."
            )
            raise Unreadable(what, do, sheet=sheet)


def _sheets(content: bytes, parts: dict[str, SheetPart]) -> tuple[Sheet, ...]:
    """Every sheet with cells, hidden ones too; charts are no sheets."""
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            listed = [one for one in workbook.sheets_metadata if one.typ == SheetTypeEnum.WorkSheet]
            if len(listed) > limits.MAX_SHEETS:
                raise Unreadable(f"het werkboek heeft {len(listed)} bladen.", "Houd de bladen over die nodig zijn.")
            room = limits.MAX_CELLS
            sheets = []
            for one in listed:
                sheet = workbook.get_sheet_by_name(one.name)
                room -= sheet.total_height * sheet.total_width
                if room < 0:
                    raise Unreadable("het werkboek is te groot.", "Bewaar elk blad als CSV.", sheet=one.name)
                rows = _rows(sheet, parts.get(one.name, SheetPart()))
                hidden = one.visible != SheetVisibleEnum.Visible
                sheets.append(Sheet(one.name, CellRows(rows), hidden, _merged(sheet)))
            return tuple(sheets)
    except PasswordError:
        raise Unreadable("op het werkboek staat een wachtwoord.", "Bewaar het zonder wachtwoord.") from None
    except CalamineError:
        raise Unreadable(*_DAMAGED) from None
    except BaseException as panic:
        # What the reader, which is no Python, throws when it loses its way in a damaged file; it cannot be imported.
        if type(panic).__name__ != "PanicException":
            raise
    raise Unreadable(*_DAMAGED)


def _rows(sheet: CalamineSheet, part: SheetPart) -> list[Row]:
    rows = [row_of(number, cells) for number, cells in enumerate(sheet.to_python(skip_empty_area=False), 1)]
    for (at, column), text in part.faults.items():
        if at < len(rows) and column < len(rows[at].cells):
            cells, kinds = list(rows[at].cells), list(rows[at].kinds)
            cells[column], kinds[column] = text, FAULT
            rows[at] = Row(at + 1, tuple(cells), "".join(kinds))
    return rows


def _merged(sheet: CalamineSheet) -> tuple[Merged, ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple(Merged(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in ranges)


def _sheet_paths(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """(name of a sheet, its part) from workbook.xml and its relations; every part with cells must be one of them."""
    paths = {_plain(path) for path in archive.namelist()}
    main = next((path for path in paths if path.endswith("workbook.xml")), None)
    if main is None:
        raise Unreadable("dit is geen Excel-werkboek.", "Bewaar het als gewoon xlsx-bestand of als CSV.")
    folder = main.rpartition("/")[0]
    relations = f"{folder}/_rels/workbook.xml.rels".lstrip("/")
    if relations not in paths:
        raise Unreadable(*_DAMAGED)
    targets = {
        one["Id"]: one["Target"] for one in _elements(archive, relations, _RELATION) if {"Id", "Target"} <= set(one)
    }
    for element in _elements(archive, main, _SHEET_ELEMENT):
        target = targets.get(next((value for key, value in element.items() if key.endswith(":id")), ""), "")
        path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")
        if path in paths:
            yield _unescaped(element.get("name", "")), path


def _plain(path: str) -> str:
    return path.replace("\\", "/")


def _elements(archive: ZipFile, path: str, pattern: re.Pattern[str]) -> Iterator[dict[str, str]]:
    text = part_of(archive, path, _WHAT).decode("utf-8", errors="replace")
    return (dict(_ATTRIBUTE.findall(found)) for found in pattern.findall(text))


def _unescaped(text: str) -> str:
    from xml.sax.saxutils import unescape

    return unescape(text, {"&quot;": '"', "&apos;": "'"})
