"""How the workbook looks: few styles, a title on every sheet, cells to fill in marked by colour and by a word."""

from __future__ import annotations

import math
from collections.abc import Sequence

from reports.workbook.model import Book, Sheet, Style

HEAD_ROW = 3
LINE = 15  # height of one line of text, in points
_ANY, _EURO = "#,##0.00####", "€ #,##0.00;-€ #,##0.00"

TITLE = Style("titel", is_bold=True, size=14, is_on_top=False)
HEAD = Style("kop", is_bold=True, wraps=True, is_underlined=True)
LABEL = Style("naam", is_bold=True, wraps=True)
TEXT = Style("tekst", wraps=True)
NUMBER = Style("getal", number=_ANY)
EURO = Style("euro", number=_EURO)
FILL_IN = Style("invullen", number=_ANY, fill="#FFF3BF", is_open=True)
SHARE = Style("deel", number="0%")


def titled(book: Book, name: str, title: str, heads: Sequence[str], widths: Sequence[float]) -> Sheet:
    """A sheet with a title, and its headings in HEAD_ROW; columns beyond `widths` get the last width."""
    sheet = book.add(name, [widths[min(column, len(widths) - 1)] for column in range(len(heads))])
    sheet.put(0, 0, title, TITLE)
    for column, head in enumerate(heads):
        sheet.put(HEAD_ROW, column, head, HEAD)
    sheet.heights[HEAD_ROW] = 3 * LINE
    sheet.body = HEAD_ROW + 1
    return sheet


def tall_enough(sheet: Sheet, row: int, *cells: tuple[str, float]) -> None:
    """Give a row the height that wrapped text needs; `cells` are (words, column width). Not every program does so."""
    sheet.heights[row] = LINE * max(math.ceil(1.1 * len(words) / width + 0.01) for words, width in cells)
