"""A chart as a file that can stand alone: with its title above, where it comes from below, and its words inside."""

from __future__ import annotations

import re
import struct
import textwrap
import zlib
from dataclasses import dataclass
from html import escape

from reports.charts.looks import INK
from reports.charts.specs import Chart
from reports.charts.still import WIDE, png_of, svg
from reports.charts.vega.parts import FONT

MARGIN, TITLE, SOURCE = 18, 17, 12  # points; letters of a title and of a source line
DOTS = 1.5  # per point: 150 dots per inch over the width of a page; twice as many cost twice the time
_SIZE = re.compile(r'<svg [^>]*?width="(\d+)" height="(\d+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Carried:
    """A chart with what has to go along: its title, its source in a line, and its words for who cannot see it."""

    chart: Chart
    title: str
    source: str
    alt: str


def carried_svg(one: Carried) -> str:
    """The whole picture; the same chart and words give the same text."""
    drawn = svg(one.chart, WIDE)
    size = _SIZE.match(drawn)
    if size is None:
        raise ValueError("a drawing without a size")
    wide, high = int(size[1]), int(size[2])
    head, foot = _lines(one.title, TITLE, wide), _lines(one.source, SOURCE, wide)
    top = MARGIN + len(head) * TITLE * 1.3
    # A picture within a picture is cut along its edges: that is half of what making a PNG costs.
    inside = drawn[size.end() :].removesuffix("</svg>")
    whole = round(top + high + len(foot) * SOURCE * 1.4 + MARGIN)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {whole}" width="{wide}" height="{whole}" '
        f'role="img" aria-labelledby="naam woorden"><title id="naam">{escape(one.title)}</title>'
        f'<desc id="woorden">{escape(one.alt)}</desc><rect width="{wide}" height="{whole}" fill="white"/>'
        f"{_words(head, TITLE, MARGIN + TITLE, 600)}"
        f'<g transform="translate(0,{top:.0f})" aria-hidden="true">{inside}</g>'
        f"{_words(foot, SOURCE, top + high + SOURCE * 1.2, 400)}</svg>"
    )


def carried_png(one: Carried) -> bytes:
    """The same picture as PNG, with its title and words as a PNG keeps them."""
    drawn = png_of(carried_svg(one), DOTS)
    ends = len(drawn) - 12  # the closing chunk
    return drawn[:ends] + _noted("Title", one.title) + _noted("Description", one.alt) + drawn[ends:]


def _lines(words: str, letters: int, wide: int) -> list[str]:
    return textwrap.wrap(words, int((wide - 2 * MARGIN) / (0.56 * letters)))


def _words(lines: list[str], letters: int, first: float, weight: int) -> str:
    """Lines of text; `first` is where the first one stands."""
    step = letters * (1.3 if letters == TITLE else 1.4)
    spans = (f'<tspan x="{MARGIN}" y="{first + at * step:.0f}">{escape(line)}</tspan>' for at, line in enumerate(lines))
    look = f'font-family="{FONT}" font-size="{letters}" font-weight="{weight}" fill="{INK}"'
    return f"<text {look}>{''.join(spans)}</text>"


def _noted(key: str, words: str) -> bytes:
    """An iTXt chunk: words in UTF-8 under a key of the PNG standard."""
    body = b"iTXt" + key.encode() + b"\0\0\0nl\0\0" + words.encode()
    return struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
