"""vragen/V1.pdf: the page of one question on paper."""

from __future__ import annotations

from reports.content.parts import Chapter
from reports.content.plain import plain_chapter
from reports.language import dutch
from reports.pdf.typeset import looks, pdf
from reports.released.facts import Facts

WIDTH, SIZE, SMALL = 640, 10.5, 9.0


def question_pdf(facts: Facts, page: Chapter) -> bytes:
    """The same words as on the screen."""
    content = {
        "title": f"Vraag {page.id}. {facts.title} – {facts.municipality}",
        "author": f"Gemeente {facts.municipality}",
        **looks(facts.house_style),
        "above": f"Gemeente {facts.municipality} · {facts.title}",
        "footer": f"Vraag {page.id} · peildatum {dutch.day(facts.as_of)} · om van te leren, geen afrekening",
        "loud": True,
        "size": SIZE,
        "small": SMALL,
        "chapters": [plain_chapter(page, WIDTH)],
    }
    return pdf(content, facts.as_of)
