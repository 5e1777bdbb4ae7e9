"""Wat is er veranderd per leefgebied: between the leading moments, how to read that, and between others."""

from __future__ import annotations

import pandas as pd

from indicators.change.shares import with_shares
from reports.content.change.beside import funnel_words, noise_words, raters, regression, room, teams
from reports.content.change.by_group import by_group
from reports.content.change.figures import compared_domains, mean_figure, noise_of, share_figure
from reports.content.change.individual import individual
from reports.content.change.others import youths_and_households
from reports.content.parts import Chapter, Heading, Part, Table, Text
from reports.content.still_told import still_told
from reports.language import dutch, terms
from reports.released.source import Source


def change(source: Source) -> Chapter:
    """Per life domain of the ZRM, between the two moments that the study names first."""
    title = "Wat is er veranderd per leefgebied?"
    compared = compared_domains(source, source.main_pair)
    if compared is None:
        return Chapter("verandering", title, missing="Daarvoor zijn twee metingen per persoon nodig.")
    first, last = map(terms.moment, source.main_pair)
    adl = " ADL staat voor algemene dagelijkse levensverrichtingen, zoals wassen, aankleden en koken."
    parts: list[Part] = [
        *funnel_words(source),
        Text(
            "Een professional gaf een score van 1 (acute problematiek) tot 5 (volledig zelfredzaam). We vergelijken "
            f"per persoon de {first} met de {last}. Dit is een verandering. Of die door de aanpak komt, staat "
            "verderop." + (adl if any("ADL" in name for name in compared.names) else "")
        ),
        share_figure(compared),
        *noise_words(source),
        mean_figure(compared),
        *individual(source),
        *room(source),
        *regression(source),
        *raters(source),
        *_other_pairs(source),
        *teams(source),
        *youths_and_households(source),
        *by_group(source),
    ]
    return Chapter("verandering", title, tuple(parts))


def _other_pairs(source: Source) -> list[Part]:
    """The leading life domains between the other moments, and whether a result lasts."""
    lines = []
    for pair in source.facts.moment_pairs[1:]:
        rows, noise = with_shares(source.leading(source.change("zrm", pair))), noise_of(source, pair)
        lines += [
            (
                terms.domain(row["life_domain"]),
                f"{terms.moment(pair[0])} tot {terms.moment(pair[1])}",
                dutch.count(row["n_clients"]),
                dutch.percent(row["share_up"]),
                noise.get(str(row["life_domain"]), dutch.NOT_SHOWN),
                dutch.percent(row["share_down"]),
                dutch.signed(row["mean_change"]),
                dutch.between(row["mean_change_low"], row["mean_change_high"], dutch.signed),
            )
            for _, row in rows.iterrows()
        ]
    parts: list[Part] = [Heading("Andere momenten, en houdt het stand?")]
    if lines:
        columns = (
            "Leefgebied",
            "Momenten",
            "Mensen",
            "Vooruit",
            "Ook zonder echte verandering",
            "Achteruit",
            "Verandering",
            "Marge (95%)",
        )
        caption = "De leidende leefgebieden tussen andere momenten"
        parts.append(Table(caption, columns, tuple(lines), frozenset({1})))
    return [*parts, Text(lasting_told(source) or LASTING_UNKNOWN + LASTING_NEEDS)]


LASTING_UNKNOWN = (
    "Of het resultaat standhoudt na afloop, is nog niet te zeggen. Daarvoor zijn metingen in de waakvlam nodig, bij "
    "genoeg mensen."
)
LASTING_NEEDS = " De studie moet die naast de laatste meting leggen (het paar 'last' en 'monitoring' in study.yaml)."


def lasting_told(source: Source) -> str:
    """Whether the result lasts in the monitoring phase, in the leading life domains; empty where nobody can tell."""
    pairs = [pair for pair in source.facts.moment_pairs if pair[1] == "monitoring"]
    rows = source.change("zrm", pairs[0]) if pairs else pd.DataFrame()
    if rows.empty:
        return ""
    rows = rows[rows["life_domain"].isin(source.facts.headline_domains)].dropna(subset=["mean_change_high"])
    back = [terms.domain(str(row["life_domain"])) for _, row in rows.iterrows() if row["mean_change_high"] < 0]
    words = f"duidelijk teruggezakt op {dutch.listed(back)}" if back else "niet duidelijk teruggezakt"
    return (
        f"In de waakvlam, na afloop van de hulp, was de groep als geheel {words}. Dit gaat alleen over mensen die "
        f"toen nog zijn gemeten.{still_told(source)}"
    )
