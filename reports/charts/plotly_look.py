"""One look for every chart: sizes, colours with a pattern beside them, Dutch marks, nothing to zoom or drag."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from reports.language.dutch import Show

INK, GRID, PAPER, BEHIND = "#1b1b1b", "#d5dade", "#ffffff", "#a9b2ba"
# Each row of this table differs in colour, pattern, dash and symbol, so that it survives a black-and-white print.
LOOKS = (
    ("#00626b", "", "solid", "circle"),
    ("#b3541e", "/", "dash", "square-open"),
    ("#5b3a8c", "x", "dot", "diamond"),
    ("#46525e", ".", "dashdot", "triangle-up-open"),
    ("#8a6d00", "-", "longdash", "cross"),
    ("#a3195b", "|", "longdashdot", "star-open"),
)
SHARE_LOOKS = (("#00626b", "", "#ffffff"), ("#dfe4e8", "", INK), ("#f7e3d6", "/", INK))
LINE_HEIGHT, ROW_GAP, LETTERS, AXIS_LETTERS, FONT = 18, 18, 20, 24, "system-ui, sans-serif"


def laid_out(
    traces: Sequence[Any], axis: str, height: float, reach: tuple[float, float] | None, *, ticks: bool = True
) -> go.Figure:
    """One look for every chart: rows from the top, nothing to zoom or drag, Dutch marks, room for the legend below."""
    legend = sum(bool(trace.name) for trace in traces) > 1
    across: dict[str, Any] = {"title": axis_title(axis), "fixedrange": True, "zeroline": False}
    across |= {"showticklabels": ticks, "showgrid": ticks, "gridcolor": GRID, "automargin": True}
    if reach is not None:
        across |= {"range": list(reach)}
    return go.Figure(
        data=list(traces),
        layout={
            "template": "none",
            "height": height + 80 + 40 * legend,
            "margin": {"l": 8, "r": 40, "t": 8, "b": 8},
            "xaxis": across,
            "yaxis": {"autorange": "reversed", "fixedrange": True, "automargin": True, "zeroline": False},
            "legend": {"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom", "itemclick": False},
            "showlegend": legend,
            "font": {"family": FONT, "size": 14, "color": INK},
            "separators": ",.",
            "dragmode": False,
            "bargap": 0.35,
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "hoverlabel": {"font": {"family": FONT}},
        },
    )


def axis_title(words: str) -> dict[str, Any]:
    """A title that also fits beside a narrow chart."""
    return {"text": "<br>".join(textwrap.wrap(words, AXIS_LETTERS)), "standoff": 8, "font": {"size": 14}}


def wrapped(rows: Sequence[str]) -> list[str]:
    """Names of rows over more lines."""
    return ["<br>".join(textwrap.wrap(row, LETTERS)) for row in rows]


def height(rows: Sequence[str]) -> float:
    """Room for the longest name in every row, in pixels."""
    lines = max(len(textwrap.wrap(row, LETTERS)) for row in rows)
    return (LINE_HEIGHT * max(lines, 1.2) + ROW_GAP) * len(rows)


def ticks(ends: Sequence[float], show: Show) -> dict[str, Any]:
    """Three to six round amounts between the lowest and the highest, in the words of the report."""
    low, high = min(ends), max(ends)
    size = 10.0 ** math.floor(math.log10((high - low) / 2 or 1.0))
    step = next(one * size for one in (1, 2, 5, 10) if (high - low) / (one * size) <= 4)
    values = [step * place for place in range(math.floor(low / step), math.ceil(high / step) + 1)]
    return {"tickmode": "array", "tickvals": values, "ticktext": [show(value) for value in values]}
