"""The minutes of a circle on A4, for a screen reader too."""

from __future__ import annotations

import datetime as dt

from data_contracts.house_style import OURS
from reports.charts.still import WIDE
from reports.content.parts import Chapter, Text
from reports.content.plain import plain_chapter
from reports.language import dutch
from reports.pdf.report import SIZES
from reports.pdf.typeset import NO_VERDICT, looks, pdf


def minutes_pdf(town: str, day: dt.date, status: str, chapters: list[Chapter]) -> bytes:
    """The chapters of the minutes, under their day and status."""
    opening = Chapter("verslag", f"Verslag van de leerkring van {dutch.day(day)}", (Text(status),))
    content = {
        "title": f"Verslag van de leerkring van {dutch.day(day)} – {town}",
        "author": f"Gemeente {town}",
        **looks(OURS),
        "above": f"Gemeente {town} · leerkring",
        "footer": f"Verslag van de leerkring · {NO_VERDICT}",
        "loud": False,
        "size": SIZES[0],
        "small": SIZES[1],
        "chapters": [plain_chapter(chapter, WIDE) for chapter in (opening, *chapters)],
    }
    return pdf(content, day)
