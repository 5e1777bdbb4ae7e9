"""The sheet Errata: every figure that was put right, and every one that is held."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reports.content.errata import HELD_COLUMNS, REVISED_COLUMNS, held_lines, revised_lines
from reports.released.facts import Facts
from reports.released.source import Source
from reports.workbook.look import HEAD, HEAD_ROW, TEXT, tall_enough, titled
from reports.workbook.model import Book

SHEET = "Errata"
WIDTHS = (60.0, 34.0, 34.0, 24.0, 44.0)


def errata_sheet(book: Book, facts: Facts, tables: Mapping[str, pd.DataFrame]) -> None:
    """Nothing where no figure was put right or held."""
    source = Source(facts, tables)
    revised, held = (lines(source, only_everybody=False) for lines in (revised_lines, held_lines))
    if not revised and not held:
        return
    sheet = titled(book, SHEET, "Gerectificeerde en vastgehouden cijfers", REVISED_COLUMNS, WIDTHS)
    at = HEAD_ROW
    for heads, lines in ((REVISED_COLUMNS, revised), (HELD_COLUMNS, held)):
        for line, shape in [(heads, HEAD), *((one, TEXT) for one in lines)]:
            for column, words in enumerate(line):
                sheet.put(at, column, words, shape)
            tall_enough(sheet, at, *zip(line, WIDTHS, strict=False))
            at += 1
        at += 1
