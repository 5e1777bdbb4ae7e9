"""The workbook as .xlsx; the same workbook gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.workbook.model import Book, Chart, Sheet, Style

_A4 = 9


def xlsx(book: Book) -> bytes:
    """The bytes of mkba.xlsx; every formula has the value that it gives beside it, for who shows without computing."""
    target = io.BytesIO()
    # A text that looks like a formula or an address stays a text; formulas are written as such.
    made = Workbook(target, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = dt.datetime.combine(book.created, dt.time())
    made.set_properties({"title": book.title, "subject": book.subject, "language": "nl", "created": created})
    formats = _Formats(made)
    for sheet in book.sheets:
        _sheet(made, formats, sheet)
    for name, cell in book.names.items():
        made.define_name(name, f"={cell}")
    made.close()
    return target.getvalue()


class _Formats:
    """The styles in use, as formats of one workbook."""

    def __init__(self, made: Workbook) -> None:
        self.made = made
        self.known: dict[Style, Any] = {}

    def of(self, style: Style | None) -> Any:
        """The format of a style; None for a cell without one."""
        if style is None:
            return None
        if style not in self.known:
            wanted: dict[str, Any] = {"bold": style.is_bold, "font_size": style.size, "text_wrap": style.wraps}
            wanted |= {"valign": "top"} if style.is_on_top else {}
            wanted |= {"bottom": 2} if style.is_underlined else {}
            wanted |= {"num_format": style.number} if style.number else {}
            wanted |= {"bg_color": style.fill} if style.fill else {}
            wanted |= {"locked": False} if style.is_open else {}
            self.known[style] = self.made.add_format(wanted)
        return self.known[style]


def _sheet(made: Workbook, formats: _Formats, sheet: Sheet) -> None:
    page = made.add_worksheet(sheet.name)
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(sheet.pages_wide, 0)
    for column, width in sheet.widths.items():
        page.set_column(column, column, width)
    for row, height in sheet.heights.items():
        page.set_row(row, height)
    for (row, column), cell in sheet.cells.items():
        style = formats.of(cell.style)
        if cell.formula:
            page.write_formula(row, column, cell.formula, style, cell.value)
        elif isinstance(cell.value, str):
            page.write_string(row, column, cell.value, style)
        elif cell.value is None:
            page.write_blank(row, column, None, style)
        else:
            page.write_number(row, column, cell.value, style)
    if sheet.body is not None:
        page.freeze_panes(sheet.body, 1)
        page.repeat_rows(sheet.body - 1)
    if sheet.n_repeated:
        page.repeat_columns(0, sheet.n_repeated - 1)
    _beside(made, page, formats, sheet)


def _beside(made: Workbook, page: Worksheet, formats: _Formats, sheet: Sheet) -> None:
    """What a sheet has beside its cells."""
    if sheet.choice is not None:
        rule = {"validate": "list", "source": list(sheet.choice.values), "error_message": sheet.choice.message}
        page.data_validation(*sheet.choice.at, *sheet.choice.at, rule)
    if sheet.table is not None:
        name, first, last = sheet.table
        heads = [sheet.cells[first[0], column] for column in range(first[1], last[1] + 1)]
        columns = [{"header": one.value, "header_format": formats.of(one.style)} for one in heads]
        page.add_table(*first, *last, {"name": name, "autofilter": False, "columns": columns})
    if sheet.is_protected:
        page.protect("", {"format_columns": True, "select_locked_cells": True})
    if sheet.chart is not None:
        shown = _chart(made, sheet.name, sheet.chart)
        page.insert_chart(*sheet.chart.at, shown, {"description": sheet.chart.words, "x_scale": 1.2, "y_scale": 1.2})


def _chart(made: Workbook, sheet: str, chart: Chart) -> Any:
    """Columns, and lines over them."""
    kinds = [made.add_chart({"type": kind}) for kind in ("column", "line")]
    for one in chart.series:
        look = (
            {"line": {"color": one.color, "width": 2.25}, "marker": {"type": "diamond"}}
            if one.is_line
            else {"fill": {"color": one.color}}
        )
        kinds[one.is_line].add_series(
            {
                "name": [sheet, chart.first - 1, one.column],
                "categories": [sheet, chart.first, chart.categories, chart.last, chart.categories],
                "values": [sheet, chart.first, one.column, chart.last, one.column],
                **look,
            }
        )
    shown, lines = kinds
    shown.combine(lines)
    shown.set_title({"name": chart.title, "overlay": False})
    shown.set_y_axis({"num_format": chart.y_number, "name": chart.y_title})
    shown.set_x_axis({"label_position": "low"})
    shown.set_legend({"position": "bottom"})
    return shown
