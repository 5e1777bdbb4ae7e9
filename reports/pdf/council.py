"""raad.pdf: the two pages for the council, each exactly one A4."""

from __future__ import annotations

from reports.content.parts import Chapter
from reports.content.plain import plain_chapter
from reports.pdf.typeset import Content, content_of, pages_of, pdf
from reports.released.facts import Facts

WIDTH, SHARE_OF_PAGE, SHARE_ALONE = 640, 0.82, 0.66
# From comfortable to the smallest that may be printed: running text, and what stands in tables.
SIZES = ((10.5, 9.0), (10.0, 8.5))
ELSEWHERE = "De cijfers achter deze grafiek staan in raad.html."
MORE = "Hier was geen plaats voor alles; de rest staat in raad.html en in het rapport."


def council_pdf(facts: Facts, pages: list[Chapter]) -> bytes:
    """One A4 per chapter.

    Where a study says more than fits, first the tables behind its charts give way, then its last parts; the page says
    so.
    """
    chapters = [_plain(page) for page in pages]
    for sizes in SIZES:
        content = _content(facts, chapters, sizes)
        if pages_of(content) == len(pages):
            return pdf(content, facts.as_of)
    chapters = [_on_one_page(facts, chapter) for chapter in chapters]
    return pdf(_content(facts, chapters, SIZES[-1]), facts.as_of)


def _on_one_page(facts: Facts, chapter: Content) -> Content:
    """The chapter without the last parts for which there is no room."""
    if pages_of(_content(facts, [chapter], SIZES[-1])) == 1:
        return chapter
    shown = _charts_alone(chapter)
    kept = list(shown["parts"])
    while len(kept) > 1 and pages_of(_content(facts, [shown], SIZES[-1])) > 1:
        kept.pop()
        if kept[-1]["kind"] == "heading":
            kept.pop()
        shown = chapter | {"parts": [*kept, {"kind": "text", "words": MORE}]}
    return shown


def _charts_alone(chapter: Content) -> Content:
    """The chapter with its charts, without the tables behind them."""
    return chapter | {
        "parts": [
            part | {"with-table": False, "share": SHARE_ALONE, "reading": f"{part['reading']} {ELSEWHERE}".lstrip()}
            if part["kind"] == "figure"
            else part
            for part in chapter["parts"]
        ]
    }


def _plain(page: Chapter) -> Content:
    chapter = plain_chapter(page, WIDTH)
    for part in chapter["parts"]:
        if part["kind"] == "figure":
            part |= {"with-table": True, "share": SHARE_OF_PAGE}
    return chapter


def _content(facts: Facts, chapters: list[Content], sizes: tuple[float, float]) -> Content:
    return content_of(facts, "Samenvatting voor de raad", chapters, sizes, loud=True)
