"""What the frozen plan said that this study could show, beside what was found: one sentence per leading outcome."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from data_contracts.planned import PlannedOutcome, PlannedStudy
from reports.content.parts import Heading, Part, Points, Text
from reports.language import dutch, terms
from reports.released.source import Source


def promised(source: Source, rows: pd.DataFrame) -> list[Part]:
    """Both figures beside each other; nothing where no plan was frozen with what it could show."""
    plan = source.facts.could_show
    lines = [] if plan is None else list(_lines(plan, rows))
    if plan is None or not lines:
        return []
    when = "Voordat er cijfers waren, is" if plan.is_beforehand else "Toen er al een rapport was, is"
    return [
        Heading("Wat dit vooraf kon laten zien"),
        Text(
            f"{when} op {dutch.day(plan.made_on)} gerekend hoe groot een echt verschil moest zijn om het in 80 van de "
            "100 keer aantoonbaar te noemen. Een kleiner verschil kan er zijn, en toch niet aantoonbaar heten."
        ),
        Points(tuple(lines)),
    ]


def _lines(plan: PlannedStudy, rows: pd.DataFrame) -> Iterator[str]:
    euros = [plan.euros] if plan.euros is not None else []
    for one in [*(one for one in plan.outcomes if one.is_headline), *euros]:
        mine = rows[(rows["subject"] == one.subject) & (rows["life_domain"] == one.life_domain)]
        mine = mine[mine["what"] == one.what]
        name = dutch.sentence(terms.outcome(one.subject, one.life_domain, one.what))
        yield f"{name}: {_before(one)}; gevonden: {_found(one, mine)}."


def _before(one: PlannedOutcome) -> str:
    size = one.smallest.get("now")
    if one.is_about_too_few:
        return "vooraf waren dit te weinig mensen om iets over te zeggen"
    if size is None:
        return "vooraf was met deze teams geen enkel verschil te zien"
    unit = terms.unit(one.unit)
    return f"vooraf was met deze teams een verschil vanaf {unit.show(size).lstrip('+')} {unit.behind} te zien"


def _found(one: PlannedOutcome, rows: pd.DataFrame) -> str:
    shown = rows[rows["estimate"].notna()]
    if len(shown) != 1:
        return "geen cijfer in dit rapport"
    row = shown.iloc[0]
    return f"{terms.unit(one.unit).show(row['estimate'])} ({row['shows']})"
