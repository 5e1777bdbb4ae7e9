"""What is one chapter, as one page without any script: plan.html, and the pages of a region."""

from __future__ import annotations

import datetime as dt

from data_contracts.planned import PlannedStudy
from reports.content.parts import Chapter
from reports.content.region.facts import RegionFacts
from reports.html.report import page_of, pictures, static
from reports.language import dutch


def plan_html(plan: PlannedStudy, chapter: Chapter) -> str:
    """What a study could show."""
    foot = "Deze bladzijde is om vooraf te kiezen. Zij zegt niet of de aanpak werkt."
    who = f"Gemeente {plan.municipality} · plan"
    return _page(chapter, plan.made_on, who, "Hoe groot moet een verschil zijn?", foot)


def region_html(facts: RegionFacts, chapter: Chapter) -> str:
    """Where the municipalities of a region stand, or what they know together."""
    foot = "Cijfers zijn om van te leren: geen doel, geen norm en geen ranglijst."
    heading = "De stand" if chapter.id == "stand" else "Wat is bekend?"
    return _page(chapter, facts.on, f"Regio {facts.region} · gemeenten samen", heading, foot)


def _page(chapter: Chapter, made_on: dt.date, who: str, heading: str, foot: str) -> str:
    return page_of(
        "one_chapter.html.j2",
        page=chapter,
        made_on=dutch.day(made_on),
        who=who,
        heading=heading,
        foot=foot,
        pictures={one.number: pictures(one.chart) for one in chapter.figures},
        style=static("report.css"),
    )
