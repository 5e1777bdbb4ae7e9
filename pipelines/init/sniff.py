"""Look at an unknown file: how it is written, where its header stands, and samples of its columns.

Nothing that is found in a row is ever shown; only column names, and how dates and numbers are written.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
from python_calamine import CalamineError, CalamineWorkbook

from data_contracts.errors import StudyError
from data_contracts.vocabulary.names import domain_named, folded
from pipelines.init.names import FIELD_NAMES

SAMPLE_ROWS = 5000
_KNOWN = {name for fields in FIELD_NAMES.values() for names in fields.values() for name in names}
_DATE_FORMATS = (
    "%d-%m-%Y",
    "%Y-%m-%d",
    "%d/%m/%Y",
    "%d-%m-%y",
    "%d.%m.%Y",
    "%Y%m%d",
    "%d-%m-%Y %H:%M",
    "%Y-%m-%d %H:%M:%S",
)


@dataclass(frozen=True, slots=True)
class Sniffed:
    """One unknown file: how it is written and the texts of its columns in a sample of rows."""

    name: str
    kind: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    skip_rows: int
    header: list[str]
    columns: dict[str, list[str]]

    def dialect(self) -> dict[str, Any]:
        """The dialect as mapping.yaml writes it."""
        texts = [text for values in self.columns.values() for text in values]
        found: dict[str, Any] = {"kind": self.kind}
        if self.kind == "csv":
            found |= {"encoding": self.encoding, "delimiter": self.delimiter}
        if self.kind == "xlsx" and self.sheet is not None:
            found["sheet"] = self.sheet
        found |= _number_style(texts) if self.kind == "csv" else {}
        found["date"] = date_format(texts) or "%d-%m-%Y"
        if self.skip_rows:
            found["skip_rows"] = self.skip_rows
        return found


def sniff(path: Path) -> Sniffed:
    """Read a sample of a file; raises StudyError when it is none of CSV, XLSX and Parquet."""
    match path.suffix.lower():
        case ".csv":
            return _sniff_csv(path)
        case ".xlsx":
            return _sniff_workbook(path)
        case ".parquet":
            return _sniff_parquet(path)
    raise StudyError(f"'{path.name}' is geen CSV, XLSX of Parquet. Bewaar het bestand in een van deze vormen.")


def _sniff_csv(path: Path) -> Sniffed:
    content = path.read_bytes()[: 4 * 1024**2]
    if b"\x00" in content[:4096]:
        raise StudyError(f"'{path.name}' is geen CSV maar een ander soort bestand. Vraag een uitdraai als CSV.")
    encoding = "utf-8"
    try:
        text = content[: content.rfind(b"\n") + 1 or None].decode("utf-8-sig")
    except UnicodeDecodeError:
        encoding = "windows-1252"
        text = content.decode(encoding, errors="replace")
    lines = [line for line in text.splitlines()[:50] if line.strip()]
    if not lines:
        raise StudyError(f"'{path.name}' is leeg. Vraag een nieuwe uitdraai.")
    delimiter = max(";,\t|", key=lambda mark: sorted(line.count(mark) for line in lines)[len(lines) // 2])
    rows = [row for row, _ in zip(csv.reader(io.StringIO(text), delimiter=delimiter), range(SAMPLE_ROWS), strict=False)]
    return _sniffed(path.name, "csv", rows, encoding=encoding, delimiter=delimiter)


def _sniff_workbook(path: Path) -> Sniffed:
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            names = workbook.sheet_names
            sheet = names[0] if len(names) > 1 else None
            cells = workbook.get_sheet_by_name(names[0]).to_python(skip_empty_area=False)[:SAMPLE_ROWS]
    except CalamineError:
        cells = None
    if cells is None:
        raise StudyError(f"'{path.name}' is geen werkboek dat te openen is. Bewaar het opnieuw als xlsx.")
    return _sniffed(path.name, "xlsx", [[_text(cell) for cell in row] for row in cells], sheet=sheet)


def _text(cell: Any) -> str:
    if isinstance(cell, dt.datetime | dt.date):
        return cell.strftime("%d-%m-%Y")
    return str(int(cell)) if isinstance(cell, float) and cell == int(cell) else str(cell)


def _sniff_parquet(path: Path) -> Sniffed:
    relation = duckdb.connect().read_parquet([str(path)]).limit(SAMPLE_ROWS)
    rows = [
        list(relation.columns),
        *[["" if cell is None else str(cell) for cell in row] for row in relation.fetchall()],
    ]
    return _sniffed(path.name, "parquet", rows)


def _sniffed(
    name: str,
    kind: str,
    rows: Sequence[Sequence[str]],
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Sniffed:
    skip = _header_row(rows)
    header = [cell.strip() for cell in rows[skip]] if rows else []
    while header and not header[-1]:
        header.pop()
    body = [row for row in rows[skip + 1 :] if any(cell.strip() for cell in row)]
    columns = {
        column: [row[at].strip() for row in body if at < len(row) and row[at].strip()]
        for at, column in enumerate(header)
    }
    return Sniffed(name, kind, encoding, delimiter, sheet, skip, header, columns)


def _header_row(rows: Sequence[Sequence[str]]) -> int:
    """The row with most names that we know; title rows may stand above it."""

    def known(row: Sequence[str]) -> int:
        return sum(folded(cell) in _KNOWN or domain_named(cell) is not None for cell in row if cell.strip())

    counts = [known(row) for row in rows[:20]]
    return counts.index(max(counts)) if any(counts) else 0


def date_format(texts: Sequence[str]) -> str | None:
    """How dates are written: the first form that fits nine of ten texts that look like a date; day before month."""
    looks = [text for text in texts if re.fullmatch(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{2,4}([ T].*)?|\d{8}", text)][:500]
    for form in _DATE_FORMATS:
        if looks and sum(_is_date(text, form) for text in looks) >= 0.9 * len(looks):
            return form.split(" ")[0]
    return None


def _is_date(text: str, form: str) -> bool:
    try:
        dt.datetime.strptime(text, form)
    except ValueError:
        return False
    return not (form == "%d-%m-%Y" and len(text.split("-")[-1]) == 2)


def _number_style(texts: Sequence[str]) -> dict[str, str]:
    comma = sum(bool(re.fullmatch(r"-?[\d.]*\d,\d+", text)) for text in texts)
    point = sum(bool(re.fullmatch(r"-?\d+\.\d+|-?\d{1,3}(,\d{3})+\.\d+", text)) for text in texts)
    return {"decimal": ".", "thousands": ","} if point > comma else {"decimal": ",", "thousands": "."}
