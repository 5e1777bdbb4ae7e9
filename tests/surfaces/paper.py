"""How many A4 a reader gets, and whether the council's pages hold all that they should."""

from __future__ import annotations

import pymupdf

from reports.content.annexes import divided
from reports.content.council.pages import council_pages
from reports.html.report import chapters_of
from reports.pdf.council import MORE, council_pdf
from reports.pdf.report import report_pdf
from reports.released.source import Source

MOST_OF_REPORT, COUNCIL = 12, 2


def on_paper(source: Source) -> dict[str, bytes]:
    """The two documents that a council gets."""
    pages = council_pages(source)
    main = divided(chapters_of(source)).main
    return {
        "raad.pdf": council_pdf(source.facts, pages),
        "rapport.pdf": report_pdf(source.facts, pages[0].title, main),
    }


def require_room(files: dict[str, bytes]) -> None:
    """Two pages for the council, of which the first leaves nothing out, and at most twelve for the report."""
    council, report = (pymupdf.open(stream=files[name]) for name in ("raad.pdf", "rapport.pdf"))
    assert len(council) == COUNCIL
    assert len(report) <= MOST_OF_REPORT
    assert runs_out_of_its_box(council[0]) == []
    first = " ".join(str(council[0].get_text()).split())
    assert MORE not in first
    assert "per leefgebied R" in first or "vooruit of achteruit? R" in first  # the chart of the leading outcomes


def runs_out_of_its_box(page: pymupdf.Page) -> list[str]:
    """Words of the four figures that stand lower than where the first part below them begins."""
    lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", [])]
    told = [("".join(span["text"] for span in line["spans"]), line["bbox"]) for line in lines]
    below = next(at for at, (text, _) in enumerate(told) if text.strip().endswith("R5"))
    return [text for text, box in told[:below] if box[3] > told[below][1][1] + 2]
