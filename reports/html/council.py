"""raad.html: the two pages on a screen, without any script; charts are pictures that fit the screen."""

from __future__ import annotations

from reports.content.parts import Chapter, Figure
from reports.content.word_list import words_of
from reports.html.report import page_of, pictures, static
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
        words={one.id: words_of(one) for one in pages},
        pictures={one.id: pictures(one.chart) for one in figures},
        style=static("report.css") + static("council.css"),
        house=facts.house_style,
    )
