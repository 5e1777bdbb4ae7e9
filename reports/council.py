"""What a council reads, as files of a release: two pages in three faces, and every figure with its id."""

from __future__ import annotations

import json

from reports.content.council.figures_json import identified_figures
from reports.content.council.pages import council_pages
from reports.content.parts import Chapter
from reports.docx.council import council_docx
from reports.html.council import council_html
from reports.html.report import chapters_of
from reports.pdf.council import council_pdf
from reports.released.source import Source


def council_files(source: Source, since: Chapter | None = None) -> dict[str, bytes]:
    """raad.html, raad.pdf, raad.docx and figures.json; `since` is the page on what changed, where there is one."""
    facts, pages = source.facts, council_pages(source, since)
    figures = identified_figures(pages, chapters_of(source))
    return {
        "raad.html": council_html(facts, pages).encode("utf-8"),
        "raad.pdf": council_pdf(facts, pages),
        "raad.docx": council_docx(facts, pages),
        "figures.json": (json.dumps(figures, ensure_ascii=False, indent=1) + "\n").encode("utf-8"),
    }
