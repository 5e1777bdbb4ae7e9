"""Drawings with a row per name: bars, parts of a whole, margins, and the swings of a tornado."""

from __future__ import annotations

import math

from reports.charts.axis import round_amounts
from reports.charts.looks import INK, LOOKS, SHARE_LOOKS
from reports.charts.specs import Bars, Intervals, Shares, Swings
from reports.charts.vega.parts import NARROW, SYMBOLS, Json, marks_along, named, rows_of, title_of, zero


def bars(chart: Bars, width: int) -> Json:
    """Bars with their amount beside them."""
    rows, y, height = rows_of(chart.rows, width)
    found = zip(rows, chart.values, strict=True)
    data: list[Json] = [{"row": row, "value": v, "text": chart.show(v)} for row, v in found if not math.isnan(v)]
    low, high = min([0.0, *(one["value"] for one in data)]), max([0.0, *(one["value"] for one in data)])
    room = 0.3 * ((high - low) or 1.0)
    reach = [low - (room if low < 0 else 0.0), high + (room if high > 0 else 0.0)]
    x = {"field": "value", "type": "quantitative", "scale": {"domain": reach, "nice": False}}
    x["axis"] = {"title": title_of(chart.axis, width), "labels": False, "grid": False, "ticks": False}
    color = {"condition": {"test": "datum.value < 0", "value": LOOKS[1][0]}, "value": LOOKS[0][0]}
    text = {"mark": {"type": "text", "align": "left", "dx": 5}, "transform": [{"filter": "datum.value >= 0"}]}
    left = {"mark": {"type": "text", "align": "right", "dx": -5}, "transform": [{"filter": "datum.value < 0"}]}
    return {
        "height": height,
        "data": {"values": data},
        "encoding": {"y": y, "x": x},
        "layer": [
            {"mark": {"type": "bar", "height": {"band": 0.65}}, "encoding": {"color": color}},
            *({**one, "encoding": {"text": {"field": "text"}}} for one in (text, left)),
            zero("x"),
        ],
    }


def shares(chart: Shares, width: int) -> Json:
    """Parts of a whole, each with its share inside."""
    rows, y, height = rows_of(chart.rows, width)
    data = []
    for at, row in enumerate(rows):
        start = 0.0
        for name, values in chart.parts:
            end = start + (0.0 if math.isnan(values[at]) else values[at])
            text = chart.show(values[at]) if end - start >= 0.08 else ""
            data.append({"row": row, "part": name, "from": start, "to": end, "middle": (start + end) / 2, "text": text})
            start = end
    names = [name for name, _ in chart.parts]
    axis = marks_along([0, 0.25, 0.5, 0.75, 1], chart.show, chart.axis, width)
    x = {"field": "from", "type": "quantitative", "scale": {"domain": [0, 1.001], "nice": False}, "axis": axis}
    ink = {"field": "part", "scale": {"domain": names, "range": [look[2] for look in SHARE_LOOKS]}, "legend": None}
    bar = {"type": "bar", "height": {"band": 0.72}, "stroke": "#46525e", "strokeWidth": 1}
    fill = named(names, [look[0] for look in SHARE_LOOKS], "part")
    return {
        "height": height,
        "data": {"values": data},
        "encoding": {"y": y},
        "resolve": {"scale": {"color": "independent"}},
        "layer": [
            {"mark": bar, "encoding": {"x": x, "x2": {"field": "to"}, "fill": fill}},
            {
                "mark": {"type": "text", "baseline": "middle"},
                "encoding": {
                    "x": {"field": "middle", "type": "quantitative"},
                    "text": {"field": "text"},
                    "color": {**ink, "type": "nominal"},
                },
            },
        ],
    }


def intervals(chart: Intervals, width: int) -> Json:
    """Estimates with their margins around nothing."""
    rows, y, height = rows_of(chart.rows, width)
    names = [one.name for one in chart.series]
    data: list[Json] = [
        {"row": row, "series": one.name, "value": value, "low": low, "high": high}
        for one in chart.series
        for row, value, low, high in zip(rows, one.values, one.lows, one.highs, strict=True)
        if not math.isnan(value)
    ]
    ends = [abs(one[end]) for one in data for end in ("low", "high", "value") if not math.isnan(one[end])]
    reach = max([chart.reach, *(1.05 * end for end in ends)])
    for one in data:
        one |= {end: None for end in ("low", "high") if math.isnan(one[end])}
    axis = marks_along([v for v in round_amounts([-reach, reach]) if abs(v) <= reach], chart.show, chart.axis, width)
    x = {"type": "quantitative", "scale": {"domain": [-reach, reach], "nice": False}, "axis": axis}
    offset = {"field": "series", "type": "nominal", "sort": None, "scale": {"domain": names, "paddingOuter": 0.45}}
    color, shape = named(names, [look[0] for look in LOOKS], "series"), named(names, SYMBOLS, "series")
    several = {"yOffset": offset} if len(names) > 1 else {}
    hidden = {} if len(names) > 1 else {"legend": None}
    parted = [{"row": shown} for shown, row in zip(rows, chart.rows, strict=True) if row in chart.breaks]
    broken = {
        "data": {"values": parted},
        "mark": {"type": "rule", "color": INK, "strokeDash": [3, 4]},
        "encoding": {"y": y},
    }
    place = {"y": y, **several, "color": color | hidden}
    return {
        "height": height,
        "data": {"values": data},
        "layer": [
            zero("x"),
            *([broken] if parted else []),
            {
                "mark": {"type": "rule", "strokeWidth": 2.2},
                "encoding": place | {"x": x | {"field": "low"}, "x2": {"field": "high"}},
            },
            {
                "mark": {"type": "point", "filled": True, "size": 85, "opacity": 1},
                "encoding": place | {"x": x | {"field": "value"}, "shape": shape | hidden},
            },
        ],
    }


def swings(chart: Swings, width: int) -> Json:
    """The balance at a low and at a high value of each input."""
    rows, y, height = rows_of(chart.rows, width)
    names = ("bij een lage waarde", "bij een hoge waarde")
    data: list[Json] = [
        {"row": row, "side": name, "from": chart.base, "to": value}
        for name, values in zip(names, (chart.at_low, chart.at_high), strict=True)
        for row, value in zip(rows, values, strict=True)
    ]
    marks = round_amounts([0.0, *chart.at_low, *chart.at_high])
    if width < NARROW:
        marks = marks[::2] if 0.0 in marks[::2] else marks[1::2]
    axis = marks_along(marks, chart.show, chart.axis, width)
    x = {"field": "from", "type": "quantitative", "scale": {"nice": False, "zero": False}, "axis": axis}
    color = named(names, (LOOKS[1][0], LOOKS[0][0]), "side")
    return {
        "height": height,
        "data": {"values": data},
        "layer": [
            {
                "mark": {"type": "bar", "height": {"band": 0.6}},
                "encoding": {"y": y, "x": x, "x2": {"field": "to"}, "color": color},
            },
            {"mark": {"type": "rule", "strokeDash": [2, 3]}, "encoding": {"x": {"datum": chart.base}}},
            zero("x"),
        ],
    }
