"""How to read a change: who could rise at all, what comes by itself, who scored, and how far teams lie apart."""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.released import PartStatus
from indicators.change.own_reliability import own_bands
from indicators.change.shares import with_shares
from reports.content.parts import Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

RATERS = {"same": "dezelfde professional", "other": "een andere professional", "unknown": "niet bekend"}


def funnel_words(source: Source) -> list[Part]:
    """Of how many people this is told: what stands on top of every change."""
    rows = source.shown("out_change__funnel", subject="zrm", slice="all", life_domain="all")
    if rows.empty:
        return []
    row = rows.iloc[0]
    seen = f"In beeld: {dutch.count(row['n_clients'])} mensen. {measured_words(source, row)}."
    return [Text(f"{seen} Alleen over die laatste groep gaat dit hoofdstuk.")]


def measured_words(source: Source, row: pd.Series) -> str:
    """Of the people in a row of the funnel those who were measured once, and twice."""
    once, twice = (source.part_in_words(row, name) for name in ("n_scored", "n_scored_twice"))
    return f"Minstens één keer gemeten: {once}. Twee keer gemeten: {twice}"


def noise_range(source: Source) -> str:
    """How many of the leading life domains would seem to rise with no true change; empty where nothing is known."""
    rows = source.leading(source.beside_change("out_change__noise_floor", slice="all"))
    return (
        ""
        if rows.empty
        else dutch.between(rows["share_up_by_noise"].min(), rows["share_up_by_noise"].max(), dutch.percent)
    )


def noise_words(source: Source) -> list[Part]:
    """How many would seem to move with no true change, in one sentence."""
    found = noise_range(source)
    if not found:
        return []
    return [
        Text(
            f"Hoeveel zou er ook zonder echte verandering bewegen? Naar schatting {found} van de mensen 'vooruit', en "
            "evenveel 'achteruit'. Een tweede score valt namelijk vaak anders uit, ook als er niets veranderde. Kijk "
            "dus vooral of er meer mensen vooruit gingen dan achteruit. De schatting rust op "
            f"{rests_on(source)} en wordt nergens afgetrokken."
        )
    ]


def rests_on(source: Source) -> str:
    """What is known of how precisely professionals score the leading life domains: own double ratings, or assumed."""
    rows = source.leading(source.beside_change("out_change__noise_floor", slice="all"))
    rated = set(own_bands(source.shown("out_quality__agreement")))
    parts = []
    for is_own, name in ((True, "eigen dubbele beoordelingen"), (False, "een aanname")):
        found = rows[rows["life_domain"].isin(rated) == is_own]
        if len(found):
            domains = dict.fromkeys(found["life_domain"])
            about = f" voor {dutch.listed(map(terms.domain, domains))}" if len(found) < len(rows) else ""
            band = dutch.between(found["reliability"].min(), found["reliability"].max(), dutch.decimal)
            parts.append(f"{name}{about} (samenhang van twee scores van iemand die niet verandert: {band})")
    return dutch.listed(parts)


def room(source: Source) -> list[Part]:
    """Who could rise at all, and how many of those did."""
    rows = source.beside_change("out_change__room", slice="all")
    capped = rows[rows["n_capped_status"].isin([PartStatus.SHOWN, PartStatus.ABOVE])]
    rows = rows[rows["life_domain"].isin([*source.facts.headline_domains, *capped["life_domain"]])]
    if rows.empty:
        return []
    by_age = len(capped) > 0
    change = source.change("zrm", source.main_pair)[["life_domain", "n_up"]]
    rows = rows.merge(change, on="life_domain", how="left", validate="one_to_one")
    rows["share_up"] = (rows["n_up"].astype("float64") / rows["n_could_rise"].astype("float64")).clip(upper=1)
    lines = [
        (
            terms.domain(str(row["life_domain"])),
            dutch.count(row["n_clients"]),
            source.part(row, "n_could_rise"),
            source.part(row, "n_cannot_rise"),
            *([source.part(row, "n_capped") if row["life_domain"] in set(capped["life_domain"]) else "geen"] * by_age),
            dutch.percent(row["share_up"]),
        )
        for _, row in rows.iterrows()
    ]
    pension = (
        " Wie met pensioen is, komt op Dagbesteding volgens de makers van de ZRM niet hoger dan 2; ook die mensen "
        "konden niet vooruit."
        if by_age
        else ""
    )
    pensioners = ["Door pensioen"] * by_age
    columns = ("Leefgebied", "Mensen", "Kon vooruit", "Kon niet vooruit", *pensioners, "Vooruit, van wie kon")
    return [
        Heading("Wie kon er vooruit?"),
        Text(f"Wie bij de start al het hoogste scoorde, kan alleen gelijk blijven of dalen.{pension}"),
        Table("Hoeveel mensen vooruit konden", columns, tuple(lines)),
    ]


def regression(source: Source) -> list[Part]:
    """Whether the rise is more than people coming back by themselves from a low point."""
    rows = source.leading(source.beside_change("out_change__regression_to_mean", slice="all"))
    if rows.empty:
        return []
    start = source.change("zrm", source.main_pair).set_index("life_domain")["mean_before"]
    lines = []
    for code, group in rows.groupby("life_domain", sort=False, observed=True):
        beyond = group.loc[group["is_rise_beyond"].astype("boolean").fillna(False), "reference_mean"]
        holds = f"{dutch.decimal(beyond.max())} of lager is" if len(beyond) else "bij geen enkel gemiddelde"
        lines.append((terms.domain(str(code)), dutch.score(start.get(code)), holds))
    return [
        Heading("Is het meer dan vanzelf terugveren?"),
        Text(
            "Mensen melden zich vaak op een dieptepunt. Daarna gaat hun score vanzelf weer wat omhoog. Hoeveel, hangt "
            "af van wat voor deze mensen gewoon is, en dat weet niemand. We rekenden het uit voor een reeks gewone "
            "gemiddelden, van 2 tot 4,5. Geldt de stijging ook bij een hoog gemiddelde, dan is zij moeilijk als "
            "terugveren uit te leggen."
        ),
        Table(
            "Tot welk gewoon gemiddelde de stijging meer is dan terugveren (toets van Mee en Chua)",
            ("Leefgebied", "Gemiddelde bij de start", "Meer dan terugveren, als het gewone gemiddelde"),
            tuple(lines),
            frozenset({2}),
        ),
    ]


def raters(source: Source) -> list[Part]:
    """Change by the same and by another professional."""
    rows = with_shares(source.leading(source.beside_change("out_change__by_rater")))
    known, heading = rows[rows["rater"].isin(["same", "other"])], Heading("Maakt het uit wie scoorde?")
    if rows.empty:
        return []
    if known.empty:
        return [
            heading,
            Text(
                "Of dezelfde professional beide keren scoorde, is niet bekend: dat staat niet in de levering. Een "
                "ander die strenger of milder kijkt, kan dus een deel van de verandering verklaren."
            ),
        ]
    lines = tuple(
        (
            terms.domain(str(row["life_domain"])),
            RATERS[str(row["rater"])],
            dutch.count(row["n_clients"]),
            dutch.percent(row["share_up"]),
            dutch.percent(row["share_down"]),
            dutch.signed(row["mean_change"]),
        )
        for _, row in rows[rows["rater"].isin(list(RATERS))].iterrows()
    )
    return [
        heading,
        Text(
            "Een ander kijkt strenger of milder. Scheelt de verandering veel tussen dezelfde en een andere "
            "professional, dan zit zij misschien in het oog van wie scoort."
        ),
        Table(
            "Verandering als dezelfde of een andere professional scoorde",
            ("Leefgebied", "De tweede keer scoorde", "Mensen", "Vooruit", "Achteruit", "Verandering"),
            lines,
            frozenset({1}),
        ),
    ]


def teams(source: Source) -> list[Part]:
    """How far teams lie apart: the middle half of them, without names and without the extremes."""
    first, last = source.main_pair
    rows = source.leading(source.rows("out_change__teams_spread", subject="zrm", moment_from=first, moment_to=last))
    if rows.empty:
        return []
    heading, shown = Heading("Verschillen tussen teams"), rows.dropna(subset=["middle"])
    if shown.empty:
        return [heading, Text("Er zijn minder dan vijf teams met genoeg mensen. Dan laten we geen verschil zien.")]
    lines = tuple(
        (
            terms.domain(str(row["life_domain"])),
            str(row["n_teams"]),
            *(dutch.signed(row[name]) for name in ("middle_half_low", "middle", "middle_half_high")),
        )
        for _, row in shown.iterrows()
    )
    return [
        heading,
        Text(
            "Teams verschillen in soort, wijk en mensen. Een verschil zegt dus niet dat een team beter of slechter "
            "is. Daarom staan hier geen namen en is er geen ranglijst. Een klein team schommelt door toeval; zijn "
            "cijfer is naar het gemiddelde van alle teams getrokken. Elk team bespreekt zijn eigen cijfers in de "
            "leerkring."
        ),
        Table(
            "Gemiddelde verandering per team: de middelste helft van de teams",
            ("Leefgebied", "Teams", "Van", "Middelste team", "Tot"),
            lines,
        ),
    ]
