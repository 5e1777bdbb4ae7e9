"""Doen mensen mee, en wat zeggen zij zelf: the Participatieladder and experienced benefit, each a series of its own."""

from __future__ import annotations

from data_contracts.vocabulary import ALL
from indicators.shares import with_shares
from reports import wording
from reports.chapters.change import mean_figure, share_figure
from reports.chapters.course import course_figure, moments_table
from reports.parts import Chapter, Part, Points, Text
from reports.source import Source


def ladder(source: Source) -> Chapter:
    """Change in steps of the ladder."""
    title = "Doen meer mensen mee? De Participatieladder"
    rows = with_shares(source.change("ladder", source.main_pair))
    if rows.empty:
        return Chapter("ladder", title, missing="Daarvoor is een levering nodig met treden van de Participatieladder.")
    figure = course_figure(source, "ladder", ALL)
    parts: tuple[Part, ...] = (
        Text("De ladder heeft zes treden. Hoger is niet voor iedereen het doel: soms is blijven staan al winst."),
        Points(tuple(wording.LADDER)),
        share_figure(source, rows, "ladder", source.main_pair),
        mean_figure(source, rows, "ladder", source.main_pair),
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
            missing=(
                "Daarvoor is een levering nodig met ervaren baat: een rapportcijfer, een korte vragenlijst of Mijn ZRM."
            ),
        )
    text = Text(
        "Cliënten gaven zelf aan wat de hulp hun bracht. Dat is iets anders dan de score van een professional, en "
        "wordt er niet mee gemengd. Wie niet antwoordt, telt niet mee; vaak zijn dat mensen die minder tevreden "
        "zijn."
    )
    parts: list[Part] = [text]
    for domain, group in rows.groupby("life_domain", observed=True):
        figure = course_figure(source, "experienced", str(domain))
        parts.append(figure or moments_table(group, wording.domain(str(domain))))
    changed = with_shares(source.change("experienced", source.main_pair))
    if len(changed):
        parts.append(share_figure(source, changed, "experienced", source.main_pair))
    return Chapter("ervaren-baat", title, tuple(parts))
