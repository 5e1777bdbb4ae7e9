"""raad.html: the two pages on a screen, without any script; charts are pictures that fit the screen."""

from __future__ import annotations

import base64

from reports.charts.specs import Chart
from reports.charts.still import NARROW, WIDE, svg
from reports.content.parts import Chapter, Figure
from reports.html.report import page_of, static
from reports.language import dutch
from reports.released.facts import Facts


def council_html(facts: Facts, pages: list[Chapter]) -> str:
    """One file that asks nothing of a network, and that needs no script for anything."""
    figures = [part for page in pages for part in page.parts if isinstance(part, Figure)]
    return page_of(
        "council.html.j2",
        facts=facts,
        as_of=dutch.day(facts.as_of),
        pages=pages,
        pictures={one.id: (picture(one.chart, WIDE), picture(one.chart, NARROW)) for one in figures},
        style=static("report.css") + static("council.css"),
    )


def picture(chart: Chart, width: int) -> str:
    """A chart as an address that holds the whole picture."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg(chart, width).encode()).decode()}"
