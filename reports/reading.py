"""What people read, as files of a release: the report, its annexes, the council's two pages, every figure by its id."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reports.charts.carried import Carried, carried_png, carried_svg
from reports.charts.specs import Areas
from reports.content.annexes import divided
from reports.content.asked.page import answer_page
from reports.content.council.figures_json import PICTURES, identified_figures, picture_names
from reports.content.council.pages import council_pages
from reports.content.parts import Chapter
from reports.docx.council import council_docx
from reports.html.asked import question_html
from reports.html.council import council_html
from reports.html.pictures import pictures_html
from reports.html.report import chapters_of, report_page
from reports.language import dutch
from reports.pdf.asked import question_pdf
from reports.pdf.council import council_pdf
from reports.pdf.report import annexes_pdf, report_pdf
from reports.pdf.typeset import let_go
from reports.released.facts import Facts
from reports.released.source import Source


def reading_files(source: Source, since: Chapter | None = None) -> dict[str, bytes]:
    """All of them from one list of chapters; `since` is the page on what changed, where there is one."""
    facts, pages, chapters = source.facts, council_pages(source, since), chapters_of(source)
    parted, asked = divided(chapters), [answer_page(source, one) for one in facts.asked]
    carried = _carried(facts, [*pages, *chapters])
    figures = identified_figures(pages, chapters, asked)
    made = {
        "report.html": report_page(source, chapters, pages).encode("utf-8"),
        "rapport.pdf": report_pdf(facts, pages[0].title, parted.main),
        "bijlagen.pdf": annexes_pdf(facts, parted.main, parted.annexes),
        "raad.html": council_html(facts, pages).encode("utf-8"),
        "raad.pdf": council_pdf(facts, pages),
        "raad.docx": council_docx(facts, pages),
        "figures.json": (json.dumps(figures, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
        **{name: content for id, one in carried.items() for name, content in _picture_files(id, one)},
        f"{PICTURES}/index.html": pictures_html(facts, carried).encode("utf-8"),
        **{name: content for page in asked for name, content in _question_files(facts, page)},
    }
    let_go()
    return made


def _carried(facts: Facts, chapters: list[Chapter]) -> dict[str, Carried]:
    """Every chart by the id of its figure, with what has to go along where it stands alone."""
    figures = {one.id or f"F{one.number}": one for chapter in chapters for one in chapter.figures}
    about = f"gemeente {facts.municipality}, '{facts.title}', peildatum {dutch.day(facts.as_of)}."
    outlines = f" Grenzen: {facts.area_map.source}." if facts.area_map else ""
    return {
        id: Carried(
            one.chart,
            one.title,
            f"Bron: {about} Figuur {id}; om van te leren, geen afrekening.{outlines * isinstance(one.chart, Areas)}",
            one.alt,
        )
        for id, one in figures.items()
    }


def _picture_files(id: str, one: Carried) -> Iterator[tuple[str, bytes]]:
    yield from zip(picture_names(id), (carried_png(one), carried_svg(one).encode("utf-8")), strict=True)


def _question_files(facts: Facts, page: Chapter) -> Iterator[tuple[str, bytes]]:
    yield f"vragen/{page.id}.html", question_html(facts, page).encode("utf-8")
    yield f"vragen/{page.id}.pdf", question_pdf(facts, page)
    yield f"vragen/{page.id}.docx", council_docx(facts, [page])
