"""vragen/V1.pdf: the page of one question on paper."""

from __future__ import annotations

from reports.content.parts import Chapter
from reports.content.plain import plain_chapter
from reports.pdf.typeset import content_of, pdf
from reports.released.facts import Facts

WIDTH, SIZES = 640, (10.5, 9.0)


def question_pdf(facts: Facts, page: Chapter) -> bytes:
    """The same words as on the screen."""
    chapters = [plain_chapter(page, WIDTH)]
    return pdf(content_of(facts, f"Vraag {page.id}", chapters, SIZES, loud=True), facts.as_of)
