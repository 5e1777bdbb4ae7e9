"""plan.html: what a study could show, as one page without any script."""

from __future__ import annotations

from data_contracts.planned import PlannedStudy
from reports.content.parts import Chapter
from reports.html.report import page_of, pictures, static
from reports.language import dutch


def plan_html(plan: PlannedStudy, chapter: Chapter) -> str:
    """One file that asks nothing of a network."""
    return page_of(
        "plan.html.j2",
        municipality=plan.municipality,
        made_on=dutch.day(plan.made_on),
        page=chapter,
        pictures={one.number: pictures(one.chart) for one in chapter.figures},
        style=static("report.css"),
    )
