"""The pages of a region: one file each, without any script."""

from __future__ import annotations

from reports.content.parts import Chapter
from reports.content.region.facts import RegionFacts
from reports.html.report import page_of, pictures, static
from reports.language import dutch


def region_html(facts: RegionFacts, chapter: Chapter) -> str:
    """One file that asks nothing of a network."""
    return page_of(
        "region.html.j2",
        region=facts.region,
        on=dutch.day(facts.on),
        page=chapter,
        pictures={one.number: pictures(one.chart) for one in chapter.figures},
        style=static("report.css"),
    )
