"""Chart specs as Vega-Lite: what a still picture of them is drawn from. Names, marks and amounts are Dutch already."""

from __future__ import annotations

from reports.charts.specs import Areas, Bars, Chart, Courses, Intervals, Shares, Swings, YearBars
from reports.charts.vega.areas import areas
from reports.charts.vega.parts import Json, look
from reports.charts.vega.rows import bars, intervals, shares, swings
from reports.charts.vega.time import courses, year_bars


def vega_lite(chart: Chart, width: int) -> Json:
    """The drawing of a spec, so many pixels wide."""
    match chart:
        case Bars():
            body = bars(chart, width)
        case Shares():
            body = shares(chart, width)
        case Intervals():
            body = intervals(chart, width)
        case Courses():
            body = courses(chart, width)
        case Swings():
            body = swings(chart, width)
        case YearBars():
            body = year_bars(chart, width)
        case Areas():
            body = areas(chart, width)
    return {"width": width, "autosize": {"type": "fit-x", "contains": "padding"}, "config": look(width), **body}
