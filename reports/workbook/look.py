"""How the workbook looks: few formats, a title on every sheet, cells to fill in marked by colour and by a word."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

HEAD_ROW = 3
LINE = 15  # height of one line of text, in points


@dataclass(frozen=True, slots=True)
class Look:
    """The formats of one workbook."""

    title: Any
    head: Any
    label: Any
    text: Any
    number: Any
    euro: Any
    fill_in: Any
    share: Any

    @staticmethod
    def of(book: Workbook) -> Look:
        """Add the formats to a workbook."""
        return Look(
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}),
            book.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
            book.add_format({"text_wrap": True, "valign": "top"}),
            book.add_format({"num_format": "#,##0.00####", "valign": "top"}),
            book.add_format({"num_format": "€ #,##0.00;-€ #,##0.00", "valign": "top"}),
            book.add_format({"num_format": "#,##0.00####", "valign": "top", "bg_color": "#FFF3BF", "locked": False}),
            book.add_format({"num_format": "0%", "valign": "top"}),
        )


def titled(
    book: Workbook, look: Look, name: str, title: str, heads: Sequence[str], widths: Sequence[float]
) -> Worksheet:
    """A sheet with a title, and its headings in HEAD_ROW; columns beyond `widths` get the last width."""
    sheet = book.add_worksheet(name)
    sheet.write_string(0, 0, title, look.title)
    for column, head in enumerate(heads):
        sheet.write_string(HEAD_ROW, column, head, look.head)
        sheet.set_column(column, column, widths[min(column, len(widths) - 1)])
    sheet.set_row(HEAD_ROW, 3 * LINE)
    sheet.freeze_panes(HEAD_ROW + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEAD_ROW)
    return sheet


def tall_enough(sheet: Worksheet, row: int, *cells: tuple[str, float]) -> None:
    """Give a row the height that wrapped text needs; `cells` are (words, column width). Not every program does so."""
    sheet.set_row(row, LINE * max(math.ceil(1.1 * len(words) / width + 0.01) for words, width in cells))
