"""Wat is het waard: the social cost-benefit analysis, in the order in which a council needs it."""

from __future__ import annotations

import pandas as pd

from mkba.inputs.model import Mkba
from reports.content.care import costs_table
from reports.content.money.chain import shaky_benefits
from reports.content.money.choice import budgets, one_fte_more, worth_of_knowing
from reports.content.money.doubt import doubt, rests_on, without_price
from reports.content.money.figures import parties_figure
from reports.content.money.shown import shown_benefits
from reports.content.money.totals import drawn_euros, drawn_margin, settled
from reports.content.parts import Chapter, Heading, Part, Points, Table, Text
from reports.language import dutch, wording
from reports.released.source import Source


def money(source: Source) -> Chapter:
    """Problem and null alternative first, then the outcome, who pays and gains, and what it rests on."""
    title = "Wat kost het en wat is het waard? De MKBA"
    rows = source.table("out_mkba__headline")
    if source.mkba is None or rows.empty:
        return Chapter(
            "mkba",
            title,
            tuple(costs_table(source)),
            missing=(
                "Daarvoor is mkba.yaml nodig: het probleem, wat er zonder de aanpak gebeurt, de keuzes die "
                "voorliggen, en per regel een hoeveelheid met een bron. Een prijs zonder bron telt niet mee."
            ),
        )
    leading = str(rows["leading"].iloc[0])
    parts: list[Part] = [
        *_problem(source.mkba),
        *_outcome(source, rows, leading),
        *shown_benefits(source, rows.iloc[0]),
        *shaky_benefits(source, rows.iloc[0]),
        *one_fte_more(source, rows),
        *costs_table(source),
        *_parties(source, rows),
        *budgets(source, rows.iloc[0]),
        *doubt(source, rows.iloc[0]),
        *worth_of_knowing(source),
        *without_price(source, rows.iloc[0]),
        *rests_on(source, rows.iloc[0]),
    ]
    return Chapter("mkba", title, tuple(parts))


def _problem(model: Mkba) -> list[Part]:
    return [
        Heading("Het probleem"),
        Text(model.problem_analysis),
        Heading("Wat gebeurt er zonder de aanpak? Het nulalternatief"),
        Text(model.null_alternative.description),
        Heading("Welke keuzes liggen voor?"),
        Points(tuple(f"{one.label}: {one.description}" for one in model.alternatives)),
    ]


def _outcome(source: Source, rows: pd.DataFrame, leading: str) -> list[Part]:
    """The sentence per alternative, and its figures where a balance may be shown."""
    parts: list[Part] = [
        Heading("De uitkomst"),
        Points(tuple(dutch.tidy(sentence) for sentence in rows["sentence"])),
    ]
    if leading == "none":
        return parts
    known = rows[rows["npv_mean_eur"].notna() & rows["prob_npv_positive"].notna()]
    if known.empty:
        return parts
    lines = tuple(
        (
            f"{row['label']}{source.mark('out_mkba__headline', row, 'npv_mean_eur', dutch.euros)}",
            dutch.euros(row["outlay_eur"]),
            drawn_euros(row["effects_eur"], row),
            drawn_euros(row["npv_mean_eur"], row),
            drawn_margin(row["npv_p05_eur"], row["npv_p95_eur"], row),
            f"{dutch.chance(row['prob_npv_positive'])} ({wording.chance(row['prob_npv_positive'])})",
            drawn_margin(row["npv_doubt_p05_eur"], row["npv_doubt_p95_eur"], row),
            f"{dutch.chance(row['prob_npv_positive_doubt'])} ({wording.chance(row['prob_npv_positive_doubt'])})",
            per_euro(row["bcr_net"]),
        )
        for _, row in known.iterrows()
    )
    measured = ("Marge als de vergelijking klopt (90%)", "Kans op een positief saldo")
    in_doubt = ("Marge met twijfel aan de opzet (90%)", "Kans met die twijfel")
    columns = ("Keuze", "Kosten", "Baten", "Saldo", *measured, *in_doubt, "Baten per euro")
    wide = frozenset({4, 5, 6, 7})
    table = Table("Kosten en baten vergeleken met het nulalternatief", columns, lines, wide)
    return [*parts, table, Text(wording.THIS_MEASUREMENT_ALONE), *_known_elsewhere(known)]


def per_euro(ratio: float) -> str:
    """Benefits per euro of costs; negative benefits have no ratio that says more than the balance does."""
    return "geen: de baten zijn negatief" if ratio < 0 else dutch.decimal(ratio, 1)


def _known_elsewhere(rows: pd.DataFrame) -> list[Part]:
    """The same chances and margins with what the study declared beforehand; nothing where it declared nothing."""
    told = rows[rows["prob_npv_positive_known"].notna()]
    if told.empty:
        return []
    lines = tuple(
        (
            row["label"],
            drawn_euros(row["npv_known_mean_eur"], row),
            drawn_margin(row["npv_known_p05_eur"], row["npv_known_p95_eur"], row),
            f"{dutch.chance(row['prob_npv_positive_known'])} ({wording.chance(row['prob_npv_positive_known'])})",
        )
        for _, row in told.iterrows()
    )
    first = told.iloc[0]
    columns = ("Keuze", "Saldo", "Marge als de vergelijking klopt (90%)", "Kans op een positief saldo")
    words = wording.KNOWN_ELSEWHERE.format(source=first["known_source"], about=dutch.tidy(first["known_about"]))
    return [Text(words), Table("Kosten en baten met wat elders is gevonden", columns, lines, frozenset({2, 3}))]


def _parties(source: Source, headline: pd.DataFrame) -> list[Part]:
    """Who pays and who gains; of the benefits which can be taken out of a budget."""
    figure = parties_figure(source)
    if figure is None:
        return []
    parts: list[Part] = [Heading("Wie betaalt en wie heeft er baat bij?"), figure]
    elsewhere = headline["wrong_pocket_share"].iloc[0]
    if pd.notna(elsewhere):
        words = f"Van de baten komt {dutch.percent(elsewhere)} terecht bij anderen dan wie de kosten betaalt."
        own = headline["prob_municipality_gains"].iloc[0]
        if pd.notna(own):
            words += f" De kans dat de gemeente er zelf op vooruitgaat is {dutch.chance(own)} ({wording.chance(own)})."
        parts.append(Text(words))
    cash = source.rows("out_mkba__cashing", alternative=str(headline["alternative"].iloc[0]))
    if len(cash):
        lines = tuple(
            (
                row["label"],
                row["budget"],
                dutch.euros(settled(row["benefit_eur"], headline.iloc[0])),
                dutch.euros(settled(row["cashable_eur"], headline.iloc[0])),
                str(row["from_year"]) if row["cashable_share"] else "geen afspraak",
            )
            for _, row in cash.iterrows()
        )
        parts += [
            Text(
                "Een baat is nog geen geld op de begroting. Alleen waar is afgesproken dat een budget omlaag kan, "
                "is er iets te verzilveren."
            ),
            Table(
                "Wat er per jaar te verzilveren is",
                ("Baat", "Budget", "Baat per jaar", "Te verzilveren", "Vanaf"),
                lines,
                frozenset({1}),
            ),
        ]
    return parts
