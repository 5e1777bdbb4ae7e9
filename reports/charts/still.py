"""Charts as still pictures: SVG for page and print, PNG to paste. No browser, no script, no typeface of the system."""

from __future__ import annotations

import base64
import functools
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import resources
from pathlib import Path

import vl_convert

from reports.charts.specs import Chart
from reports.charts.vega.areas import HATCH, HATCHED
from reports.charts.vega.drawing import vega_lite

FONTS = Path(str(resources.files("reports.charts"))) / "fonts"
WIDE, NARROW = 640, 300
Drawn = dict[str, str]  # the hash of what a drawing shows -> the drawing; a PNG in base64
_KEPT: ContextVar[tuple[Mapping[str, str], Drawn] | None] = ContextVar("drawings", default=None)


@contextmanager
def drawn_before(known: Mapping[str, str]) -> Iterator[Drawn]:
    """Within this, what is in `known` is not drawn again; gives every drawing that was asked for, to keep."""
    asked: Drawn = {}
    before = _KEPT.set((known, asked))
    try:
        yield asked
    finally:
        _KEPT.reset(before)


def svg(chart: Chart, width: int = WIDE) -> str:
    """The chart as SVG; the same chart gives the same text."""
    text = json.dumps(vega_lite(chart, width), ensure_ascii=False)
    return _once(text, lambda: _svg(text))


@functools.lru_cache(maxsize=128)  # page, print and summary show the same drawing; a report has some sixty
def _svg(text: str) -> str:
    with_our_typeface()
    drawn = str(vl_convert.vegalite_to_svg(text, vl_version="5.20"))
    return drawn.replace(">", f">{HATCH}", 1) if HATCHED in drawn else drawn


def png(chart: Chart, width: int = WIDE) -> bytes:
    """The chart as PNG, two dots per pixel."""
    return png_of(svg(chart, width), 2)


def png_of(drawn: str, scale: float) -> bytes:
    """An SVG as PNG, so many dots per pixel."""
    return base64.b64decode(_once(f"{scale} {drawn}", lambda: _png(drawn, scale)))


def _png(drawn: str, scale: float) -> str:
    with_our_typeface()
    return base64.b64encode(bytes(vl_convert.svg_to_png(drawn, scale=scale))).decode()


def _once(shown: str, draw: Callable[[], str]) -> str:
    """What `draw` gives of what is shown, or gave when it was asked for before."""
    kept = _KEPT.get()
    if kept is None:
        return draw()
    (known, asked), key = kept, hashlib.sha256(shown.encode()).hexdigest()
    if key not in asked:
        asked[key] = known[key] if key in known else draw()
    return asked[key]


@functools.cache
def with_our_typeface() -> None:
    """Names are measured in the typeface that we bring, so that a drawing is the same on every machine."""
    vl_convert.register_font_directory(str(FONTS))
