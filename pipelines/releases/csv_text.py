"""CSV for a Dutch spreadsheet, in which no text of a cell is taken for a formula."""

from __future__ import annotations

import re

import pandas as pd

# What makes a spreadsheet calculate, fetch or start a program, also in full width; the mark itself, so that it can go.
_STARTS_A_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠']")
MARK = "'"
DELIMITER, DECIMAL, LINE_END = ";", ",", "\r\n"


def csv_text(frame: pd.DataFrame) -> str:
    """A frame with semicolons, decimal commas and every text cell neutralised.

    A text that begins with = + - @ ' a tab or a new line gets an apostrophe before it. Taking one apostrophe away from
    each text that begins with one gives back what was there. Numbers are cells of their own and stay as they are.
    """
    cells = [
        column.map(_plain, na_action="ignore") if _may_hold_text(column) else column for _, column in frame.items()
    ]
    plain = pd.concat(cells, axis=1) if cells else frame
    return plain.to_csv(index=False, sep=DELIMITER, decimal=DECIMAL, lineterminator=LINE_END)


def _may_hold_text(column: pd.Series) -> bool:
    return isinstance(column.dtype, pd.CategoricalDtype) or column.dtype == object or column.dtype == "str"


def _plain(value: object) -> object:
    return MARK + value if isinstance(value, str) and _STARTS_A_FORMULA.match(value) else value
