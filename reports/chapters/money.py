"""Wat is het waard: the social cost-benefit analysis, in the order in which a council needs it."""

from __future__ import annotations

import pandas as pd

from data_contracts.mkba_vocabulary import PriceStatus
from mkba.model import Mkba
from reports import dutch, wording
from reports.chapters.care import costs_table
from reports.chapters.money_figures import parties_figure, payback_figure, tornado_figure
from reports.parts import Chapter, Heading, Part, Points, Table, Text
from reports.source import Source

_STATUS = {one.value: one.label for one in PriceStatus} | {"released": "gemeten in deze studie"}


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
        *_outcome(rows, leading),
        *costs_table(source),
        *_parties(source, rows),
        *_doubt(source, rows),
        *_without_price(source, rows),
        *_rests_on(source, rows.iloc[0]),
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


def _outcome(rows: pd.DataFrame, leading: str) -> list[Part]:
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
            row["label"],
            dutch.euros(row["outlay_eur"]),
            dutch.euros(row["effects_eur"]),
            dutch.euros(row["npv_mean_eur"]),
            dutch.between(row["npv_p05_eur"], row["npv_p95_eur"], dutch.euros),
            f"{dutch.percent(row['prob_npv_positive'])} ({wording.chance(row['prob_npv_positive'])})",
            dutch.decimal(row["bcr_net"], 1),
        )
        for _, row in known.iterrows()
    )
    columns = ("Keuze", "Kosten", "Baten", "Saldo", "90% tussen", "Kans op een positief saldo", "Baten per euro")
    return [*parts, Table("Kosten en baten vergeleken met het nulalternatief", columns, lines, frozenset({5}))]


def _parties(source: Source, headline: pd.DataFrame) -> list[Part]:
    """Who pays and who gains; of the benefits which can be taken out of a budget."""
    figure = parties_figure(source)
    if figure is None:
        return []
    parts: list[Part] = [Heading("Wie betaalt en wie heeft er baat bij?"), figure]
    elsewhere = headline["wrong_pocket_share"].iloc[0]
    if pd.notna(elsewhere):
        parts.append(
            Text(f"Van de baten komt {dutch.percent(elsewhere)} terecht bij anderen dan wie de kosten betaalt.")
        )
    cash = source.rows("out_mkba__cashing", alternative=str(headline["alternative"].iloc[0]))
    if len(cash):
        lines = tuple(
            (
                row["label"],
                row["budget"],
                dutch.euros(row["benefit_eur"]),
                dutch.euros(row["cashable_eur"]),
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


def _doubt(source: Source, headline: pd.DataFrame) -> list[Part]:
    """Tornado, payback, switching values and stress tests of the first alternative."""
    first = str(headline["alternative"].iloc[0])
    parts: list[Part] = []
    for figure in (tornado_figure(source), payback_figure(source)):
        if figure is not None:
            parts.append(figure)
    turning = headline["break_even_share"].iloc[0]
    if pd.notna(turning) and headline["npv_mean_eur"].notna().iloc[0]:
        parts.append(
            Text(
                f"Omslagpunt: de kosten zijn gedekt als {dutch.percent(turning)} van de gemeten baten echt optreedt."
                if turning <= 1
                else f"Omslagpunt: de baten zouden {dutch.decimal(turning, 1)} keer zo groot moeten zijn."
            )
        )
    switches = source.rows("out_mkba__switching", alternative=first, kind="input").dropna(subset=["switching_value"])
    if len(switches):
        lines = tuple(
            (
                dutch.sentence(row["label"]),
                dutch.tidy(_unit(row["unit"])),
                dutch.decimal(row["value_now"]),
                dutch.decimal(row["switching_value"]),
            )
            for _, row in switches.iterrows()
        )
        columns = ("Uitgangspunt", "Eenheid", "Nu", "Saldo is nul bij")
        parts.append(Table("Bij welke waarde slaat het saldo om?", columns, lines, frozenset({1})))
    stress = source.rows("out_mkba__stress", alternative=first).dropna(subset=["npv_mean_eur"])
    if len(stress):
        lines = tuple(
            (
                dutch.sentence(dutch.tidy(row["label"])),
                dutch.euros(row["npv_mean_eur"]),
                dutch.signed_euros(row["difference_eur"]),
                "ja" if row["changes_sign"] else "nee",
            )
            for _, row in stress.iterrows()
        )
        columns = ("Proef", "Saldo", "Verschil", "Slaat het saldo om?")
        parts.append(Table("Wat als we strenger rekenen?", columns, lines))
    return [Heading("Hoe zeker is het saldo?"), *parts] if parts else []


def _unit(code: str | None) -> str:
    from mkba.wording import unit_label

    return unit_label(code) if isinstance(code, str) else ""


def _without_price(source: Source, headline: pd.DataFrame) -> list[Part]:
    """PM: as prominent as what is in the total."""
    rows = source.rows("out_mkba__pm", alternative=str(headline["alternative"].iloc[0]))
    if rows.empty:
        return []
    lines = tuple((row["label"], dutch.tidy(row["sentence"]), row["pm_text"]) for _, row in rows.iterrows())
    return [
        Heading("Wat er niet in het saldo zit: PM-posten"),
        Text("Niet alles heeft een prijs. Deze posten tellen niet mee in het bedrag, maar wel in het besluit."),
        Table("PM-posten", ("Post", "Wat dit betekent voor het saldo", "Waarom geen bedrag"), lines, frozenset({1, 2})),
    ]


def _rests_on(source: Source, headline: pd.Series) -> list[Part]:
    """Every number that the outcome depends on, with its source and how sure it is."""
    rows = source.table("out_mkba__inputs")
    priced = _used_inputs(source)
    lines = tuple(
        (
            dutch.sentence(row["label"]),
            dutch.decimal(row["value"]),
            dutch.between(row["p05"], row["p95"], dutch.decimal) if row["p05"] != row["p95"] else "vast",
            _unit(row["unit"]),
            _STATUS.get(row["status"], row["status"]),
            row["source"],
        )
        for _, row in rows.iterrows()
        if row["input"] in priced
    )
    how = (
        f"Bedragen zijn in euro's van {headline['price_year']}, teruggerekend naar {headline['base_year']} met "
        f"{dutch.decimal(100 * headline['discount_rate'])}% per jaar, over {headline['horizon_years']} jaar. De "
        f"marges komen van {dutch.count(headline['n_draws'])} trekkingen met startgetal {headline['seed']}."
    )
    sure = headline["verified_share"]
    parts: list[Part] = [Heading("Waar dit op rust"), Text(how)]
    if pd.notna(sure):
        parts.append(Text(f"Van de baten rust {dutch.percent(sure)} op bedragen die in hun bron zijn nagekeken."))
    columns = ("Uitgangspunt", "Waarde", "90% tussen", "Eenheid", "Hoe zeker", "Bron")
    parts.append(Table("Uitgangspunten", columns, lines, frozenset({3, 4, 5})))
    findings = source.table("out_mkba__findings")
    if len(findings):
        parts.append(Points(tuple(f"{row['where']}: {row['what']} {row['to_do']}" for _, row in findings.iterrows())))
    parts.append(
        Text("In mkba.xlsx staan alle regels met formules. Verander daar een uitgangspunt en het saldo verandert mee.")
    )
    return parts


def _used_inputs(source: Source) -> set[str]:
    """Inputs of the table; all of them, since each may sit under a PM line."""
    return set(source.table("out_mkba__inputs")["input"])
