"""The sheet Errata: every figure that was put right, and every one that is held."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from xlsxwriter import Workbook

from reports.content.errata import HELD_COLUMNS, REVISED_COLUMNS, held_lines, revised_lines
from reports.released.facts import Facts
from reports.released.source import Source
from reports.workbook.look import HEAD_ROW, Look, tall_enough, titled

SHEET = "Errata"
WIDTHS = (60.0, 34.0, 34.0, 24.0, 44.0)


def errata_sheet(book: Workbook, look: Look, facts: Facts, tables: Mapping[str, pd.DataFrame]) -> None:
    """Nothing where no figure was put right or held."""
    source = Source(facts, tables)
    revised, held = (lines(source, only_everybody=False) for lines in (revised_lines, held_lines))
    if not revised and not held:
        return
    sheet = titled(book, look, SHEET, "Gerectificeerde en vastgehouden cijfers", REVISED_COLUMNS, WIDTHS)
    at = HEAD_ROW
    for heads, lines in ((REVISED_COLUMNS, revised), (HELD_COLUMNS, held)):
        for line, shape in [(heads, look.head), *((one, look.text) for one in lines)]:
            for column, words in enumerate(line):
                sheet.write_string(at, column, words, shape)
            tall_enough(sheet, at, *zip(line, WIDTHS, strict=False))
            at += 1
        at += 1
