"""Charts as still pictures: SVG for page and print, PNG to paste. No browser, no script, no typeface of the system."""

from __future__ import annotations

import functools
from importlib import resources
from pathlib import Path

import vl_convert

from reports.charts.specs import Chart
from reports.charts.vega.drawing import vega_lite

FONTS = Path(str(resources.files("reports.charts"))) / "fonts"
WIDE, NARROW = 640, 300


@functools.lru_cache(maxsize=256)  # page, print and summary show the same drawing
def svg(chart: Chart, width: int = WIDE) -> str:
    """The chart as SVG; the same chart gives the same text."""
    _with_our_typeface()
    return str(vl_convert.vegalite_to_svg(vega_lite(chart, width), vl_version="5.20"))


def png(chart: Chart, width: int = WIDE) -> bytes:
    """The chart as PNG, three dots per pixel."""
    _with_our_typeface()
    return bytes(vl_convert.vegalite_to_png(vega_lite(chart, width), vl_version="5.20", scale=3))


@functools.cache
def _with_our_typeface() -> None:
    """Names are measured in the typeface that we bring, so that a drawing is the same on every machine."""
    vl_convert.register_font_directory(str(FONTS))
