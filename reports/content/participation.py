"""Doen mensen mee, en wat zeggen zij zelf: the Participatieladder and experienced benefit, each a series of its own."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.ladder import OWN_GOAL, LadderVariant
from reports.content.change.figures import compared_pairs, mean_figure, share_figure
from reports.content.course import course_figure
from reports.content.own_goal import has_own_goal, own_goal
from reports.content.parts import Chapter, Part, Points, Table, Text
from reports.content.self_report import self_report
from reports.content.sufficient import sufficient_parts
from reports.language import dutch, terms
from reports.released.source import Source


def ladder(source: Source) -> Chapter:
    """Change in steps of the ladder, for every pair of moments, and whether people reached their own goal."""
    title = "Doen meer mensen mee? De Participatieladder"
    compared = compared_pairs(source, "ladder", (ALL,))
    if compared is None:
        return Chapter("ladder", title, missing="Daarvoor is een levering nodig met treden van de Participatieladder.")
    figure = course_figure(source, "ladder", ALL)
    parts: tuple[Part, ...] = (
        Text("De ladder heeft zes treden. Hoger is niet voor iedereen het doel: soms is blijven staan al winst."),
        *_steps(source),
        share_figure(compared),
        mean_figure(compared),
        *own_goal(source),
        *sufficient_parts(source, "ladder", (OWN_GOAL if has_own_goal(source) else ALL,)),
        *([figure] if figure else []),
    )
    return Chapter("ladder", title, parts)


def _steps(source: Source) -> list[Part]:
    """The steps in the words of the variant that was used, or of each with its name."""
    used = source.shown("out_change__series", subject="ladder")["edition"].astype(str)
    variants = [one for one in LadderVariant if one.value in set(used)] or [LadderVariant.CLASSIC]
    parts: list[Part] = []
    for variant in variants:
        parts += [Text(f"De {variant.label} ladder:")] if len(variants) > 1 else []
        parts.append(Points(tuple(terms.ladder_steps(variant))))
    return parts


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
    parts += [share_figure(compared)] if compared else []
    return Chapter("ervaren-baat", title, (*parts, *self_report(source)))


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
