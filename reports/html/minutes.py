"""The minutes of a circle as a page to read and print."""

from __future__ import annotations

import datetime as dt

from data_contracts.vocabulary.logic import PURPOSE
from reports.content.parts import Chapter
from reports.html.report import page_of, static
from reports.language import dutch


def minutes_html(town: str, day: dt.date, status: str, chapters: list[Chapter]) -> str:
    """One file without any script."""
    return page_of(
        "minutes.html.j2",
        town=town,
        day=dutch.day(day),
        status=status,
        chapters=chapters,
        purpose=PURPOSE,
        style=static("report.css"),
    )
