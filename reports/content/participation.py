"""Doen mensen mee, en wat zeggen zij zelf: the Participatieladder and experienced benefit, each a series of its own."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.field import ALL
from reports.content.change.figures import compared_pairs, mean_figure, share_figure
from reports.content.course import course_figure
from reports.content.parts import Chapter, Part, Points, Table, Text
from reports.content.sufficient import sufficient_parts
from reports.language import dutch, terms
from reports.released.source import Source


def ladder(source: Source) -> Chapter:
    """Change in steps of the ladder, for every pair of moments that starts at the first."""
    title = "Doen meer mensen mee? De Participatieladder"
    compared = compared_pairs(source, "ladder")
    if compared is None:
        return Chapter("ladder", title, missing="Daarvoor is een levering nodig met treden van de Participatieladder.")
    figure = course_figure(source, "ladder", ALL)
    parts: tuple[Part, ...] = (
        Text("De ladder heeft zes treden. Hoger is niet voor iedereen het doel: soms is blijven staan al winst."),
        Points(tuple(terms.LADDER)),
        share_figure(compared),
        mean_figure(compared),
        *sufficient_parts(source, "ladder", (ALL,)),
        *([figure] if figure else []),
    )
    return Chapter("ladder", title, parts)


def experienced(source: Source) -> Chapter:
    """What clients say that it brought; never mixed with the professional's score."""
    title = "Wat zeggen cliënten zelf?"
    rows = source.shown("out_change__series", subject="experienced").dropna(subset=["mean_score"])
    if rows.empty:
        return Chapter(
            "ervaren-baat",
            title,
            missing="Daarvoor is een levering nodig met ervaren baat: een rapportcijfer, een korte vragenlijst of Mijn "
            "ZRM.",
        )
    parts: list[Part] = [
        Text(
            "Cliënten gaven zelf aan wat de hulp hun bracht. Dat is iets anders dan de score van een professional, en "
            "wordt er niet mee gemengd. Wie niet antwoordt, telt niet mee; vaak zijn dat mensen die minder tevreden "
            "zijn."
        )
    ]
    for domain, group in rows.groupby("life_domain", observed=True):
        figure = course_figure(source, "experienced", str(domain))
        parts.append(figure or _answers(group, terms.domain(str(domain))))
    parts += sufficient_parts(source, "experienced", tuple(rows["life_domain"].astype(str).unique()))
    compared = compared_pairs(source, "experienced")
    return Chapter("ervaren-baat", title, (*parts, *([share_figure(compared)] if compared else [])))


def _answers(rows: pd.DataFrame, name: str) -> Table:
    """Mean per group where there is one moment, so no line to draw."""
    ordered = rows.sort_values("cohort", key=lambda cohorts: cohorts.where(cohorts != ALL, "")).iterrows()
    lines = tuple(
        (
            "alle jaren samen" if row["cohort"] == ALL else str(row["cohort"]),
            dutch.count(row["n_clients"]),
            dutch.score(row["mean_score"]),
        )
        for _, row in ordered
    )
    return Table(f"{name}: gemiddelde", ("Binnengekomen in", "Mensen die antwoordden", "Gemiddelde"), lines)
