"""Hoe loopt het in de tijd: the mean score per cohort over the months since intake; a line never crosses an edition."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.scales import scale_of
from reports.charts.specs import Course, Courses
from reports.content.parts import Chapter, Explanation, Figure, Part, Table, Text
from reports.content.sufficient import sufficient_parts
from reports.language import dutch, terms
from reports.released.source import Source

MOST_LINES = 6


def course(source: Source) -> Chapter:
    """One figure per leading life domain."""
    title = "Hoe loopt het in de tijd?"
    figures = [
        figure
        for domain in source.facts.headline_domains
        if (figure := course_figure(source, "zrm", domain)) is not None
    ]
    sufficient = sufficient_parts(source, "zrm", source.facts.headline_domains)
    if not figures and not sufficient:
        return Chapter("verloop", title, missing="Daarvoor zijn metingen op meer momenten nodig.")
    text = Text(
        "Later in de tijd zijn er minder metingen: "
        "wie klaar is, wordt meestal niet meer gemeten. Een lijn die aan het eind daalt, kan dus komen doordat de "
        "mensen met de zwaarste vragen overblijven."
    )
    parts: list[Part] = [*sufficient, *([text] if figures else []), *figures]
    return Chapter("verloop", title, tuple(parts))


def course_figure(source: Source, subject: str, domain: str) -> Figure | None:
    """The mean score of each cohort, on the whole scale; None without two moments in one line."""
    rows = source.shown("out_change__series", subject=subject, life_domain=domain).dropna(subset=["mean_score"])
    found = {
        (str(edition), str(cohort)): group.sort_values("months_since_intake")
        for (edition, cohort), group in rows.groupby(["edition", "cohort"], observed=True)
        if len(group) > 1
    }
    groups = dict(sorted(found.items(), key=lambda one: (one[0][0], one[0][1] != ALL, one[0][1])))
    scale = scale_of(subject, domain)
    if not groups or scale is None:
        return None
    one_edition = len({edition for edition, _ in groups}) == 1
    drawn = _drawn(list(groups))
    lines = tuple(
        Course(
            _name(edition, cohort, one_edition),
            tuple(groups[edition, cohort]["months_since_intake"].astype(float)),
            tuple(groups[edition, cohort]["mean_score"].astype(float)),
        )
        for edition, cohort in drawn
    )
    name = terms.outcome(subject, domain, ALL)
    return Figure(
        f"{name}: gemiddelde score sinds de start",
        Courses(lines, "maanden sinds de start", "gemiddelde score", dutch.score, (scale.lowest, scale.highest)),
        _table(f"{name}: gemiddelde score, met het aantal mensen tussen haakjes", groups, one_edition),
        Explanation(
            "Gemiddelde score van wie rond die maand is gemeten.",
            "per punt verschillend, zie de tabel",
            "Groepen met één moment, of met te weinig mensen, staan er niet in.",
            "Elk punt gaat over wie toen gemeten is; dat zijn niet steeds dezelfde mensen. Edities van de ZRM zijn "
            "verschillende instrumenten: een lijn loopt nooit door van de ene editie naar de andere.",
        ),
        _reading(drawn, groups),
    )


def _drawn(groups: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The lines that a reader can tell apart: everybody together, or else the last cohorts."""
    if len(groups) <= MOST_LINES:
        return groups
    together = [group for group in groups if group[1] == ALL]
    return together or groups[-MOST_LINES:]


def _reading(drawn: list[tuple[str, str]], groups: Collection[tuple[str, str]]) -> str:
    """What a line follows, and that lines are left out."""
    words = []
    if any(cohort != ALL for _, cohort in drawn):
        words.append("Een lijn met een jaar volgt de mensen die in dat jaar binnenkwamen.")
    if len(drawn) < len(groups):
        words.append("De grafiek toont een deel van de lijnen; de tabel toont ze allemaal.")
    return " ".join(words)


def _name(edition: str, cohort: str, one_edition: bool) -> str:
    who = "alle jaren samen" if cohort == ALL else cohort
    return who if one_edition else f"{who} ({terms.edition(edition)})"


def _table(caption: str, groups: dict[tuple[str, str], pd.DataFrame], one_edition: bool) -> Table:
    """A row per group, a column per month: mean score and number of people."""
    months = sorted({int(month) for group in groups.values() for month in group["months_since_intake"]})
    lines = []
    for (edition, cohort), group in groups.items():
        cells = {
            int(row["months_since_intake"]): f"{dutch.score(row['mean_score'])} ({dutch.count(row['n_clients'])})"
            for _, row in group.iterrows()
        }
        shown = (cells.get(month, dutch.NOT_SHOWN) for month in months)
        lines.append((_name(edition, cohort, one_edition), *shown))
    return Table(caption, ("Binnengekomen in", *(f"{month} maanden" for month in months)), tuple(lines))
