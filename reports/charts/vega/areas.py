"""A map of areas: light to darker by value, each with its name and value on it; what is not shown is hatched."""

from __future__ import annotations

import itertools
import math
import textwrap

from reports.charts.looks import BEHIND, INK, MAP_RANGE
from reports.charts.specs import Areas, Rings
from reports.charts.vega.parts import NARROW, SIZE, Json

HATCHED = "url(#arcering)"
# Behind every name: on a hatch letters are hard to read.
HATCH = (
    '<defs><pattern id="arcering" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<rect width="7" height="7" fill="white"/><rect width="1.6" height="7" fill="{BEHIND}"/></pattern></defs>'
)
MOST_NAMED = 20  # more names than this stand over each other: then the table alone has them


def areas(chart: Areas, width: int) -> Json:
    """The outlines filled, with their names over them."""
    every = list(zip(chart.outlines, chart.values, chart.unsure, strict=True))
    known = [value for _, value, is_unsure in every if not (is_unsure or math.isnan(value))]
    low, high = (min(known), max(known)) if known else (0.0, 0.0)
    shapes = [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": outline},
            "fill": HATCHED if math.isnan(value) else "white" if is_unsure else _shade(value, low, high),
        }
        for outline, value, is_unsure in every
    ]
    fill = {"field": "fill", "type": "nominal", "scale": None}
    layers: list[Json] = [
        {
            "data": {"values": shapes},
            "mark": {"type": "geoshape", "stroke": INK, "strokeWidth": 0.8},
            "encoding": {"fill": fill},
        }
    ]
    if len(chart.names) <= MOST_NAMED:
        layers.append(_named(chart, width))
    return {"height": _height(chart, width), "projection": {"type": "identity", "reflectY": True}, "layer": layers}


def _named(chart: Areas, width: int) -> Json:
    letters = 10 if width < NARROW else SIZE - 1
    data = []
    for name, outline, value, is_unsure in zip(chart.names, chart.outlines, chart.values, chart.unsure, strict=True):
        x, y = _middle(outline)
        told = "niet getoond" if math.isnan(value) else chart.show(value) + " (onzeker)" * is_unsure
        data.append({"x": x, "y": y, "text": [*textwrap.wrap(name, 12, break_long_words=False), told]})
    place = {"longitude": {"field": "x", "type": "quantitative"}, "latitude": {"field": "y", "type": "quantitative"}}
    words = {"type": "text", "fontSize": letters, "lineHeight": letters + 2, "baseline": "middle"}
    text = {"text": {"field": "text", "type": "nominal"}}
    halo = {"mark": words | {"stroke": "white", "strokeWidth": 3, "strokeJoin": "round"}, "encoding": place | text}
    return {"data": {"values": data}, "layer": [halo, {"mark": words, "encoding": place | text}]}


def _shade(value: float, lowest: float, highest: float) -> str:
    """Between two light colours, on both of which ink can be read."""
    share = (value - lowest) / (highest - lowest) if highest > lowest else 0.5
    low, high = ([int(one[at : at + 2], 16) for at in (1, 3, 5)] for one in MAP_RANGE)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in zip(low, high, strict=True))


def _height(chart: Areas, width: int) -> int:
    points = [point for outline in chart.outlines for polygon in outline for ring in polygon for point in ring]
    across, upward = (max(one) - min(one) for one in zip(*points, strict=True))
    return round(width * min(0.8, max(0.4, upward / across))) if across else width // 2


def _middle(outline: tuple[Rings, ...]) -> tuple[float, float]:
    """Where the name stands: the centre of the largest polygon; of one without a surface its first point."""
    size, x, y = max((_centre(polygon[0]) for polygon in outline), key=lambda one: abs(one[0]))
    return (x, y) if size else outline[0][0][0]


def _centre(ring: tuple[tuple[float, float], ...]) -> tuple[float, float, float]:
    """Surface, with a sign for the way round, and centre of a ring (shoelace)."""
    crossed = [(a[0] * b[1] - b[0] * a[1], a, b) for a, b in itertools.pairwise(ring)]
    size = sum(one for one, _, _ in crossed) / 2
    if not size:
        return 0.0, 0.0, 0.0
    x, y = (sum(one * (a[at] + b[at]) for one, a, b in crossed) / (6 * size) for at in (0, 1))
    return size, x, y
