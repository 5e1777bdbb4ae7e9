"""One look for every chart: sizes, colours with a pattern beside them, Dutch marks, nothing to zoom or drag."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from reports.charts.axis import round_amounts
from reports.charts.looks import GRID, INK, PAPER
from reports.language.dutch import Show

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
    values = round_amounts(ends)
    return {"tickmode": "array", "tickvals": values, "ticktext": [show(value) for value in values]}
