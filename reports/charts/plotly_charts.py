"""Chart specs as plotly figures: cartesian traces only, fixed axes, patterns and dashes beside colour."""

from __future__ import annotations

import json
import math
from typing import Any

import plotly.graph_objects as go

from reports.charts.looks import BEHIND, GRID, INK, LOOKS, PAPER, SHARE_LOOKS
from reports.charts.plotly_look import axis_title, height, laid_out, ticks, wrapped
from reports.charts.specs import Bars, Chart, Courses, Intervals, Shares, Swings


def figure(chart: Chart) -> go.Figure:
    """The plotly figure of a spec."""
    match chart:
        case Bars():
            return _bars(chart)
        case Shares():
            return _shares(chart)
        case Intervals():
            return _intervals(chart)
        case Courses():
            return _courses(chart)
        case Swings():
            return _swings(chart)


def _bars(chart: Bars) -> go.Figure:
    known = [value for value in chart.values if not math.isnan(value)]
    low, high = min([0.0, *known]), max([0.0, *known])
    room = 0.45 * (high - low)  # for the amounts beside the bars, on a narrow screen too
    trace = go.Bar(
        y=wrapped(chart.rows),
        x=chart.values,
        orientation="h",
        text=[chart.show(value) for value in chart.values],
        textposition="outside",
        cliponaxis=False,
        marker={
            "color": [LOOKS[0][0] if value >= 0 else LOOKS[1][0] for value in chart.values],
            "pattern": {"shape": ["" if value >= 0 else "/" for value in chart.values]},
        },
        hoverinfo="skip",
    )
    reach = (low - room if low < 0 else 0.0, high + room if high > 0 else room)
    return laid_out([trace], chart.axis, height(chart.rows), reach, ticks=False)


def _shares(chart: Shares) -> go.Figure:
    traces = [
        go.Bar(
            name=name,
            y=wrapped(chart.rows),
            x=[100 * value for value in values],
            orientation="h",
            text=["" if math.isnan(value) or value < 0.06 else chart.show(value) for value in values],
            textposition="inside",
            insidetextanchor="middle",
            textangle=0,
            insidetextfont={"color": ink},
            marker={
                "color": color,
                "line": {"color": "#46525e", "width": 1},
                "pattern": {"shape": shape, "fgcolor": "#d9a789", "size": 7, "solidity": 0.2},
            },
            hovertemplate="%{y}: %{text}<extra>" + name + "</extra>",
        )
        for (name, values), (color, shape, ink) in zip(chart.parts, SHARE_LOOKS, strict=False)
    ]
    drawn = laid_out(traces, chart.axis, height(chart.rows), (0, 101))
    return drawn.update_layout(barmode="stack", xaxis={"ticksuffix": "%", "dtick": 25}, legend={"traceorder": "normal"})


def _intervals(chart: Intervals) -> go.Figure:
    ends = [abs(end) for one in chart.series for end in (*one.lows, *one.highs, *one.values) if not math.isnan(end)]
    reach = max([chart.reach, *(1.05 * end for end in ends)])
    step = 0.3 / max(1, len(chart.series) - 1) if len(chart.series) > 1 else 0.0
    traces = []
    for place, (one, (color, _, _, symbol)) in enumerate(zip(chart.series, LOOKS, strict=False)):
        shift = (place - (len(chart.series) - 1) / 2) * step
        text = [chart.show(value) for value in one.values]
        traces.append(
            go.Scatter(
                name=one.name,
                mode="markers",
                y=[row + shift for row in range(len(chart.rows))],
                x=one.values,
                text=text,
                marker={"color": color, "symbol": symbol, "size": 11, "line": {"width": 2, "color": color}},
                error_x={
                    "type": "data",
                    "symmetric": False,
                    "array": [high - value for high, value in zip(one.highs, one.values, strict=True)],
                    "arrayminus": [value - low for low, value in zip(one.lows, one.values, strict=True)],
                    "color": color,
                    "thickness": 2,
                    "width": 5,
                },
                hovertemplate="%{text}<extra>" + one.name + "</extra>",
            )
        )
    drawn = laid_out(traces, chart.axis, height(chart.rows), (-reach, reach))
    rows = {"tickmode": "array", "tickvals": list(range(len(chart.rows))), "ticktext": wrapped(chart.rows)}
    drawn.update_layout(yaxis={**rows, "range": [len(chart.rows) - 0.5, -0.5], "autorange": False})
    return drawn.add_vline(x=0, line={"color": INK, "width": 1.5})


def _courses(chart: Courses) -> go.Figure:
    traces: list[Any] = [_behind(chart)] if chart.behind else []
    for one, (color, _, dash, symbol) in zip(chart.courses, LOOKS * 3, strict=False):
        if one.lows:
            edge = {"mode": "lines", "line": {"width": 0}, "showlegend": False, "hoverinfo": "skip"}
            traces += [
                go.Scatter(x=one.x, y=one.lows, **edge),
                go.Scatter(x=one.x, y=one.highs, fill="tonexty", fillcolor="rgba(0,98,107,0.15)", **edge),
            ]
        traces.append(
            go.Scatter(
                name=one.name,
                x=one.x,
                y=one.y,
                text=[chart.show(value) for value in one.y],
                mode="lines+markers",
                line={"color": color, "dash": dash, "width": 2.5},
                marker={"symbol": symbol, "size": 9, "color": color},
                hovertemplate="%{text}<extra>" + one.name + "</extra>",
            )
        )
    drawn = laid_out(traces, chart.x_axis, 280, None)
    upright: dict[str, Any] = {
        ("title"): axis_title(chart.y_axis),
        "autorange": True,
        "showgrid": True,
        "gridcolor": GRID,
    }
    if chart.y_range:
        upright |= {"autorange": False, "range": [chart.y_range[0] - 0.05, chart.y_range[1] + 0.05], "dtick": 1}
    else:
        ends = [end for one in (*chart.courses, *chart.behind) for end in (*one.y, *one.lows, *one.highs)]
        upright |= ticks(
            [*([0.0] if chart.has_zero else []), *(end for end in ends if not math.isnan(end))], chart.show
        )
    drawn.update_layout(yaxis=upright, xaxis={"dtick": chart.x_step})
    if chart.start is not None:
        drawn.add_vline(x=chart.start, line={"color": INK, "width": 1.5, "dash": "dash"}, annotation_text="start")
    return drawn if chart.y_range or not chart.has_zero else drawn.add_hline(y=0, line={"color": INK, "width": 1.5})


def _behind(chart: Courses) -> go.Scatter:
    """All lines to compare with as one trace, so that they are named once; a missing point parts them."""
    x = [at for one in chart.behind for at in (*one.x, math.nan)]
    y = [value for one in chart.behind for value in (*one.y, math.nan)]
    look = {"color": BEHIND, "width": 1}
    return go.Scatter(name=chart.behind_name, x=x, y=y, mode="lines", line=look, connectgaps=False, hoverinfo="skip")


def _swings(chart: Swings) -> go.Figure:
    traces = [
        go.Bar(
            name=name,
            y=wrapped(chart.rows),
            x=[value - chart.base for value in values],
            base=chart.base,
            orientation="h",
            text=[chart.show(value) for value in values],
            textposition="none",
            marker={
                ("color"): color,
                "line": {"color": color, "width": 1},
                "pattern": {"shape": shape, "bgcolor": PAPER},
            },
            hovertemplate="%{y}: %{text}<extra>" + name + "</extra>",
        )
        for name, values, (color, shape, _, _) in (
            ("bij een lage waarde", chart.at_low, LOOKS[1]),
            ("bij een hoge waarde", chart.at_high, LOOKS[0]),
        )
    ]
    ends = [0.0, *chart.at_low, *chart.at_high]
    room = 0.05 * (max(ends) - min(ends))
    drawn = laid_out(traces, chart.axis, height(chart.rows), (min(ends) - room, max(ends) + room))
    drawn.update_layout(barmode="overlay", xaxis=ticks(ends, chart.show))
    drawn.add_vline(x=chart.base, line={"color": INK, "width": 1, "dash": "dot"})
    return drawn.add_vline(x=0, line={"color": INK, "width": 1.5})


def as_json(chart: Chart) -> dict[str, Any]:
    """Data and layout of a spec as plain JSON values; a missing number is null."""
    plain: dict[str, Any] = json.loads(figure(chart).to_json())
    return plain
