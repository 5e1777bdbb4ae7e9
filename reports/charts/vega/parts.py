"""What drawings share: typeface, rows of names, marks along an axis, the line at nothing."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from reports.charts.looks import GRID, INK
from reports.language.dutch import Show

FONT, SIZE = "Public Sans, system-ui, sans-serif", 13
ROW, NARROW = 28, 420
Json = dict[str, Any]
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross", "stroke")
DASHES = ([1, 0], [6, 4], [2, 3], [8, 3, 2, 3], [10, 4], [12, 3, 2, 3])


def look(width: int) -> Json:
    """Typeface and colours of every drawing."""
    axis = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": SIZE, "titleFontSize": SIZE, "titleFontWeight": 400}
    colors = {"labelColor": INK, "titleColor": INK, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID}
    legend = {"labelFont": FONT, "labelFontSize": SIZE, "labelColor": INK, "title": None, "labelLimit": width - 30}
    return {
        "font": FONT,
        "background": "white",
        # Room at the left: a reader without our typeface sees names in a wider one.
        "padding": {"left": 18, "top": 4, "right": 4, "bottom": 4},
        "view": {"stroke": None},
        # Without a limit: these words are broken into lines already, and measuring them is a fifth of a drawing.
        "axis": {**axis, **colors, "labelLimit": 0, "titleLimit": 0},
        "legend": {**legend, "orient": "top", "direction": "vertical" if width < NARROW else "horizontal"},
        "text": {"font": FONT, "fontSize": SIZE, "color": INK},
    }


def rows_of(names: Sequence[str], width: int) -> tuple[list[str], Json, int]:
    """Names broken into lines, the axis that shows them in this order, and the height that they take."""
    letters = 16 if width < NARROW else 26
    shown = ["\n".join(textwrap.wrap(name, letters, break_long_words=False)) for name in names]
    lines = max(name.count("\n") + 1 for name in shown)
    axis = {"title": None, "labelExpr": "split(datum.label, '\\n')", "ticks": False, "domain": False, "labelPadding": 8}
    channel = {
        "field": "row",
        "type": "nominal",
        "sort": None,
        "axis": axis,
        "scale": {"type": "band", "domain": shown},
    }
    return shown, channel, max(ROW, 17 * lines + 4) * len(shown)


def marks_along(values: Sequence[float], show: Show, title: str, width: int) -> Json:
    """An axis with these marks, in the words of the report."""
    words = "''"
    for value in reversed(values):
        words = f"abs(datum.value - ({value!r})) < 1e-9 * (1 + abs({value!r})) ? {show(value)!r} : {words}"
    return {"values": list(values), "labelExpr": words, "title": title_of(title, width), "titlePadding": 8}


def title_of(words: str, width: int) -> list[str]:
    """The words along an axis, in lines that fit beside the names of the rows."""
    return textwrap.wrap(words, max(18, (width - 150) // 7))


def named(names: Sequence[str], range_: Sequence[Any], channel: str) -> Json:
    """Looks by name, in this order."""
    return {"field": channel, "type": "nominal", "scale": {"domain": list(names), "range": list(range_[: len(names)])}}


def zero(along: str) -> Json:
    """The line at nothing."""
    return {"mark": {"type": "rule", "color": INK, "strokeWidth": 1.2}, "encoding": {along: {"datum": 0}}}
