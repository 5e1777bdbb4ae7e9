"""The workbook as .ods, with the formulas of the .xlsx; the same workbook gives the same bytes."""

from __future__ import annotations

import io
import zipfile

from xlsxwriter.utility import xl_rowcol_to_cell

from reports.workbook.look import LINE
from reports.workbook.model import Book, Cell, Sheet
from reports.workbook.ods.chart import OBJECT, chart_content, frame
from reports.workbook.ods.formula import address, open_formula
from reports.workbook.ods.numbers import shown
from reports.workbook.ods.styles import column_style, document_styles, row_style, sheet_style, used_styles
from reports.workbook.ods.xml import VERSION, element, escaped, paragraphs, part

_TYPE = "application/vnd.oasis.opendocument"
_DAY = (1980, 1, 1, 0, 0, 0)  # no file says when it was written
_CHOICE = "keuze"
# As Excel looks for a word in SUMIF: the whole cell, with * and ?, and never as a regular expression.
_COMPUTING = {
    "table:case-sensitive": "false",
    "table:use-regular-expressions": "false",
    "table:use-wildcards": "true",
    "table:search-criteria-must-apply-to-whole-cell": "true",
    "table:automatic-find-labels": "false",
}


def ods(book: Book) -> bytes:
    """The bytes of mkba.ods; every formula has the value that it gives beside it, for who shows without computing."""
    parts = {
        "content.xml": _content(book),
        "styles.xml": document_styles(book),
        "meta.xml": _meta(book),
        "settings.xml": _settings(book),
    }
    kinds = {"/": f"{_TYPE}.spreadsheet"} | dict.fromkeys(parts, "text/xml")
    for sheet in book.sheets:
        if sheet.chart is not None:
            parts[f"{OBJECT}/content.xml"] = chart_content(sheet, sheet.chart)
            kinds |= {f"{OBJECT}/": f"{_TYPE}.chart", f"{OBJECT}/content.xml": "text/xml"}
    parts["META-INF/manifest.xml"] = _manifest(kinds)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        _write(archive, "mimetype", kinds["/"].encode(), zipfile.ZIP_STORED)
        for name, content in parts.items():
            _write(archive, name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _write(archive: zipfile.ZipFile, name: str, content: bytes, how: int) -> None:
    info = zipfile.ZipInfo(name, _DAY)
    info.compress_type, info.create_system, info.external_attr = how, 3, 0o600 << 16
    archive.writestr(info, content)


def _content(book: Book) -> bytes:
    names = [
        element(
            "table:named-range",
            {
                "table:name": name,
                "table:base-cell-address": f"${book.sheets[0].name}.$A$1",
                "table:cell-range-address": address(cell),
            },
        )
        for name, cell in book.names.items()
    ]
    inside = [
        element("table:calculation-settings", _COMPUTING),
        element("table:content-validations", None, *choices) if (choices := _choices(book)) else "",
        *(_sheet(one) for one in book.sheets),
        element("table:named-expressions", None, *names) if names else "",
    ]
    body = element("office:body", None, element("office:spreadsheet", None, *inside))
    return part("office:document-content", VERSION, used_styles(book, LINE), body)


def _choices(book: Book) -> list[str]:
    """Which values a cell takes; one cell of a workbook has such a rule."""
    found = []
    for sheet in book.sheets:
        if sheet.choice is not None:
            listed = ";".join(f'"{value}"' for value in sheet.choice.values)
            said = {
                "table:name": _CHOICE,
                "table:condition": f"of:cell-content-is-in-list({listed})",
                "table:allow-empty-cell": "true",
                "table:base-cell-address": f"{sheet.name}.{xl_rowcol_to_cell(*sheet.choice.at)}",
            }
            message = {"table:message-type": "stop", "table:display": "true"}
            told = element("table:error-message", message, paragraphs(sheet.choice.message))
            found.append(element("table:content-validation", said, told))
    return found


def _sheet(sheet: Sheet) -> str:
    said = {"table:name": sheet.name, "table:style-name": sheet_style(sheet.pages_wide)}
    said |= {"table:protected": "true"} if sheet.is_protected else {}
    columns = [
        element("table:table-column", {"table:style-name": column_style(width)})
        for _, width in sorted(sheet.widths.items())
    ]
    if sheet.n_repeated:
        repeated = element("table:table-header-columns", None, *columns[: sheet.n_repeated])
        columns = [repeated, *columns[sheet.n_repeated :]]
    rows = []
    for at, cells in sheet.rows():
        row = _row(sheet, at, cells)
        is_head = sheet.body is not None and at == sheet.body - 1
        rows.append(element("table:table-header-rows", None, row) if is_head else row)
    return element("table:table", said, *columns, *rows)


def _row(sheet: Sheet, at: int, cells: dict[int, Cell]) -> str:
    chart = sheet.chart if sheet.chart is not None and sheet.chart.at[0] == at else None
    last = max([*cells, *([chart.at[1]] if chart else [])], default=0)
    written = []
    for column in range(last + 1):
        drawn = frame(chart) if chart is not None and chart.at[1] == column else ""
        is_choice = sheet.choice is not None and sheet.choice.at == (at, column)
        written.append(_cell(cells.get(column), drawn, is_choice=is_choice))
    style = {"table:style-name": row_style(sheet.heights.get(at, LINE))}
    return element("table:table-row", style, *written)


def _cell(cell: Cell | None, drawn: str, *, is_choice: bool) -> str:
    if cell is None:
        return element("table:table-cell", None, drawn)
    said = {"table:style-name": cell.style.name} if cell.style else {}
    said |= {"table:content-validation-name": _CHOICE} if is_choice else {}
    said |= {"table:formula": open_formula(cell.formula)} if cell.formula else {}
    if cell.value is None:
        return element("table:table-cell", said, drawn)
    if isinstance(cell.value, str):
        said |= {"office:value-type": "string"} | ({"office:string-value": cell.value} if cell.formula else {})
        return element("table:table-cell", said, paragraphs(cell.value), drawn)
    code = cell.style.number if cell.style else ""
    kind = "percentage" if code.endswith("%") else "float"
    said |= {"office:value-type": kind, "office:value": repr(float(cell.value))}
    return element("table:table-cell", said, paragraphs(shown(float(cell.value), code)), drawn)


def _meta(book: Book) -> bytes:
    day = f"{book.created.isoformat()}T00:00:00"
    said = {"dc:title": book.title, "dc:subject": book.subject, "dc:language": "nl", "meta:creation-date": day}
    said |= {"dc:date": day, "meta:generator": "wijkbaat"}
    told = [element(name, None, escaped(value)) for name, value in said.items()]
    return part("office:document-meta", VERSION, element("office:meta", None, *told))


def _settings(book: Book) -> bytes:
    """Which rows and the first column stay in sight, per sheet."""
    sheets = [
        element("config:config-item-map-entry", {"config:name": one.name}, *_frozen(one.body))
        for one in book.sheets
        if one.body is not None
    ]
    tables = element("config:config-item-map-named", {"config:name": "Tables"}, *sheets)
    view = element("config:config-item-map-entry", None, tables)
    views = element("config:config-item-map-indexed", {"config:name": "Views"}, view)
    group = element("config:config-item-set", {"config:name": "ooo:view-settings"}, views)
    return part("office:document-settings", VERSION, element("office:settings", None, group))


def _frozen(body: int) -> list[str]:
    found = {
        "HorizontalSplitMode": ("short", 2),
        "VerticalSplitMode": ("short", 2),
        "HorizontalSplitPosition": ("int", 1),
        "VerticalSplitPosition": ("int", body),
        "PositionRight": ("int", 1),
        "PositionBottom": ("int", body),
    }
    return [
        element("config:config-item", {"config:name": name, "config:type": kind}, str(value))
        for name, (kind, value) in found.items()
    ]


def _manifest(kinds: dict[str, str]) -> bytes:
    entries = [
        element("manifest:file-entry", {"manifest:full-path": path, "manifest:media-type": kind})
        for path, kind in kinds.items()
    ]
    return part("manifest:manifest", {"manifest:version": "1.3"}, *entries)
