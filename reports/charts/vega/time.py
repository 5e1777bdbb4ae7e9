"""Drawings along time: lines with their band, and bars per year with what they come to."""

from __future__ import annotations

import math

from reports.charts.axis import round_amounts
from reports.charts.looks import BEHIND, INK, LOOKS
from reports.charts.specs import Courses, YearBars
from reports.charts.vega.parts import DASHES, NARROW, Json, marks_along, named, zero


def courses(chart: Courses, width: int) -> Json:
    """Lines over time."""
    names = [one.name for one in chart.courses]
    data: list[Json] = [
        {
            "x": x,
            "y": y,
            "line": one.name,
            "low": one.lows[at] if one.lows else None,
            "high": one.highs[at] if one.highs else None,
        }
        for one in chart.courses
        for at, (x, y) in enumerate(zip(one.x, one.y, strict=True))
        if not math.isnan(y)
    ]
    behind: list[Json] = [
        {"x": x, "y": y, "line": f"{chart.behind_name} {place}"}
        for place, one in enumerate(chart.behind)
        for x, y in zip(one.x, one.y, strict=True)
        if not math.isnan(y)
    ]
    y_axis = _upright(chart, [one["y"] for one in (*data, *behind)] + [end for one in data for end in _band(one)])
    across = sorted({one["x"] for one in (*data, *behind)})
    step = chart.x_step
    ticks = [step * n for n in range(math.floor(across[0] / step), math.ceil(across[-1] / step) + 1)] if across else []
    x_axis = {"values": ticks, "format": "d", "grid": False, "title": chart.x_axis, "labelOverlap": True}
    x = {"field": "x", "type": "quantitative", "axis": x_axis, "scale": {"nice": False, "padding": 8, "zero": False}}
    color = named(names, [look[0] for look in LOOKS * 3], "line")
    dash = named(names, (DASHES * 3), "line")
    hidden = {} if len(names) > 1 else {"legend": None}
    legend = {"legend": {"columns": 1 if width < NARROW else 2}} if len(names) > 1 else {"legend": None}
    lines = {"x": x, "y": y_axis, "color": color | legend, "strokeDash": dash | hidden}
    layers: list[Json] = []
    if behind:
        at = {"x": x, "y": y_axis, "detail": {"field": "line"}}
        layers.append({"data": {"values": behind}, "mark": {"type": "line", "color": BEHIND}, "encoding": at})
    if any(one.lows for one in chart.courses):
        at = {"x": x, "y": y_axis | {"field": "low"}, "y2": {"field": "high"}, "fill": color | {"legend": None}}
        layers.append({"mark": {"type": "area", "opacity": 0.15}, "encoding": at})
    layers.append({"mark": {"type": "line", "strokeWidth": 2.4, "point": {"size": 45}}, "encoding": lines})
    if chart.start is not None:
        layers.append({"mark": {"type": "rule", "strokeDash": [4, 3]}, "encoding": {"x": {"datum": chart.start}}})
    if not chart.y_range and chart.has_zero:
        layers.append(zero("y"))
    return {"height": 220, "data": {"values": data}, "layer": layers}


def _band(one: Json) -> list[float]:
    return [one[end] for end in ("low", "high") if one[end] is not None and not math.isnan(one[end])]


def _upright(chart: Courses, values: list[float]) -> Json:
    if chart.y_range:
        low, high = chart.y_range
        marks = [float(one) for one in range(math.ceil(low), math.floor(high) + 1)]
        domain = [low - 0.05, high + 0.05]
    else:
        marks = round_amounts([*([0.0] if chart.has_zero else []), *values])
        domain = [marks[0], marks[-1]]
    axis = marks_along(marks, chart.show, chart.y_axis, 240)
    scale = {"domain": domain, "nice": False, "zero": False}
    return {"field": "y", "type": "quantitative", "axis": axis, "scale": scale}


def year_bars(chart: YearBars, width: int) -> Json:
    """Bars per year above and below nothing, with the net line."""
    names = [name for name, _ in chart.parts]
    bars = [
        {"year": year, "part": name, "value": value}
        for name, values in chart.parts
        for year, value in zip(chart.years, values, strict=True)
    ]
    net = [
        {"year": year, "value": value, "text": chart.show(value), "part": chart.net_name}
        for year, value in zip(chart.years, chart.net, strict=True)
    ]
    up = [sum(max(0.0, v[at]) for _, v in chart.parts) for at in range(len(chart.years))]
    down = [sum(min(0.0, v[at]) for _, v in chart.parts) for at in range(len(chart.years))]
    marks = round_amounts([0.0, *up, *down])
    y = {"field": "value", "type": "quantitative", "axis": marks_along(marks, chart.show, chart.axis, 200)}
    y["scale"] = {"domain": [marks[0], marks[-1]], "nice": False}
    x = {"field": "year", "type": "nominal", "axis": {"title": None, "labelAngle": 0, "ticks": False, "domain": False}}
    looks = [LOOKS[(place + 1) % len(LOOKS)][0] for place in range(len(names))]
    color = {"field": "part", "type": "nominal", "scale": {"domain": [*names, chart.net_name], "range": [*looks, INK]}}
    color["legend"] = {"columns": 1 if width < NARROW else 2}
    at = {"x": x, "y": y | {"stack": None}}
    return {
        "height": 150,
        "layer": [
            {
                "data": {"values": bars},
                "mark": {"type": "bar", "width": {"band": 0.55}},
                "encoding": {"x": x, "y": y | {"stack": "zero"}, "color": color, "order": {"field": "part"}},
            },
            zero("y"),
            {
                "data": {"values": net},
                "mark": {"type": "line", "point": {"size": 60}, "strokeWidth": 2.4},
                "encoding": at | {"color": color},
            },
        ],
    }
