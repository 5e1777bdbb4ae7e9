"""rapport.pdf and bijlagen.pdf: the main report on at most twelve A4, and what stands behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from reports.charts.still import WIDE
from reports.content.parts import Chapter, Figure, Part, Points, Text
from reports.content.plain import plain_chapter
from reports.pdf.typeset import Content, content_of, pdf
from reports.released.facts import Facts

SIZES, SHARE_OF_PAGE = (10.0, 8.5), 0.62
FIGURES = "Cijfers en uitleg bij de figuren van het rapport"


def report_pdf(facts: Facts, answer: str, main: list[Chapter]) -> bytes:
    """The main chapters; the numbers behind a figure stand in the annexes."""
    opening = Chapter("antwoord", answer, (Text(facts.question),))
    return pdf(_content(facts, "Rapport", [opening, *main]), facts.as_of)


def annexes_pdf(facts: Facts, main: list[Chapter], annexes: list[Chapter]) -> bytes:
    """Annexes A to E, and the numbers behind every figure of the main report and of the annexes."""
    behind = tuple(_behind([*main, *annexes]))
    figures = [Chapter("figuren", FIGURES, behind)] if behind else []
    return pdf(_content(facts, "Bijlagen", [*annexes, *figures]), facts.as_of)


def _behind(chapters: list[Chapter]) -> Iterator[Part]:
    """Per figure its table and how it was made."""
    for figure in (one for chapter in chapters for one in chapter.figures):
        yield _captioned(figure)
        made = figure.explained
        yield Points((made.formula, f"Over hoeveel mensen: {made.n}.", made.filters, made.assumptions))


def _captioned(figure: Figure) -> Part:
    return replace(figure.table, caption=f"F{figure.number}. {figure.table.caption}")


def _content(facts: Facts, kind: str, chapters: list[Chapter]) -> Content:
    plain = [plain_chapter(chapter, WIDE) for chapter in chapters]
    for part in (part for chapter in plain for part in chapter["parts"] if part["kind"] == "figure"):
        part |= {"with-table": False, "share": SHARE_OF_PAGE}
    return content_of(facts, kind, plain, SIZES, loud=False)
