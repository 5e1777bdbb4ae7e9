"""Hoe zeker is het saldo: what moves it, what is not in it, and what it rests on."""

from __future__ import annotations

import pandas as pd

from reports.content.money.chain import chains
from reports.content.money.figures import input_name, input_unit, input_value, payback_figure, tornado_figure
from reports.content.parts import Heading, Part, Points, Table, Text
from reports.language import dutch, terms
from reports.released.noticed import noticed
from reports.released.source import Source

_PAIR = (("input", "label"), ("with_input", "with_label"))


def doubt(source: Source, headline: pd.Series) -> list[Part]:
    """Tornado, payback, switching values and stress tests of the first alternative."""
    first = str(headline["alternative"])
    parts: list[Part] = []
    for figure in (tornado_figure(source), payback_figure(source)):
        if figure is not None:
            parts.append(figure)
    turning = headline["break_even_share"]
    if pd.notna(turning) and pd.notna(headline["npv_mean_eur"]):
        parts.append(
            Text(
                f"Omslagpunt: de kosten zijn gedekt als {dutch.chance(turning)} van de gemeten baten echt optreedt."
                if turning <= 1
                else f"Omslagpunt: de baten zouden {dutch.decimal(turning, 1)} keer zo groot moeten zijn."
            )
        )
    switches = source.rows("out_mkba__switching", alternative=first, kind="input").dropna(subset=["switching_value"])
    if len(switches):
        lines = tuple(
            (
                input_name(row["name"], row["label"]),
                input_unit(row["unit"]),
                input_value(row["name"], row["value_now"], row["unit"]),
                input_value(row["name"], row["switching_value"], row["unit"]),
            )
            for _, row in switches.iterrows()
        )
        columns = ("Uitgangspunt", "Eenheid", "Nu", "Saldo is nul bij")
        parts.append(Table("Bij welke waarde slaat het saldo om?", columns, lines, frozenset({1, 2, 3})))
    parts += _two_at_once(source, first)
    tests = source.rows("out_mkba__stress", alternative=first)
    stress = tests.dropna(subset=["npv_mean_eur"])
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
    parts += [Text(drift_words(row["turns_at_share"])) for _, row in tests.dropna(subset=["turns_at_share"]).iterrows()]
    return [Heading("Hoe zeker is het saldo?"), *parts] if parts else []


def drift_words(share: float) -> str:
    """How little of the drift that was not excluded turns the balance; how far it would sink is not said."""
    part = "minder dan 1%" if share < 0.01 else dutch.percent(share)
    return (
        "Liepen de teams vóór de start al uit elkaar? De toets daarop kan niet alle scheefgroei uitsluiten. Bij "
        f"{part} van wat hij openlaat, onder alle baten tegelijk, is het saldo al nul. Hoe ver het saldo bij nog meer "
        "scheefgroei zou zakken, zeggen we niet: dat zegt hoe weinig de toets kon zien, en niets over het saldo."
    )


def _two_at_once(source: Source, alternative: str) -> list[Part]:
    """The two inputs that matter most together: which pairs of values bring the balance to zero."""
    rows = source.rows("out_mkba__switching_pairs", alternative=alternative).dropna(subset=["with_switching_value"])
    if rows.empty:
        return []
    one, other = (input_name(*rows[[code, label]].iloc[0]) for code, label in _PAIR)
    units = source.table("out_mkba__inputs").set_index("input")["unit"]
    lines = tuple(
        tuple(
            input_value(row[code], row[value], units[row[code]])
            for code, value in (("input", "value"), ("with_input", "with_switching_value"))
        )
        for _, row in rows.iterrows()
    )
    title = "Twee uitgangspunten tegelijk: wanneer is het saldo nul?"
    return [
        Table(title, (f"Als dit de waarde is: {one}", f"Dan is het saldo nul bij: {other}"), lines, frozenset({0, 1}))
    ]


def without_price(source: Source, headline: pd.Series) -> list[Part]:
    """PM: as prominent as what is in the total; of the first choice, and lines that only another choice has."""
    rows = source.table("out_mkba__pm")
    is_first = rows["alternative"] == headline["alternative"]
    rows = rows[is_first | ~rows["line"].isin(rows.loc[is_first, "line"])].drop_duplicates("line")
    if rows.empty:
        return []
    lines = tuple(
        (
            row["label"],
            dutch.sentence(dutch.tidy(row["sentence"]).removeprefix(f"{row['label']}: ")),
            row["pm_text"],
        )
        for _, row in rows.iterrows()
    )
    return [
        Heading("Wat er niet in het saldo zit: PM-posten"),
        Text("Niet alles heeft een prijs. Deze posten tellen niet mee in het bedrag, maar wel in het besluit."),
        Table("PM-posten", ("Post", "Wat dit betekent voor het saldo", "Waarom geen bedrag"), lines, frozenset({1, 2})),
    ]


def rests_on(source: Source, headline: pd.Series) -> list[Part]:
    """Every number that the outcome depends on, with its source and how sure it is."""
    rows = source.table("out_mkba__inputs")
    lines = tuple(
        (
            input_name(row["input"], row["label"]),
            input_value(row["input"], row["value"], row["unit"], with_unit=False),
            _range(row),
            input_unit(row["unit"]),
            terms.HOW_SURE.get(row["status"], row["status"]),
            row["source"],
        )
        for _, row in rows.iterrows()
    )
    how = (
        f"Bedragen zijn in euro's van {headline['price_year']}. Geld van later telt nu minder: alles is teruggerekend "
        f"naar {headline['base_year']} met {dutch.decimal(100 * headline['discount_rate'])}% per jaar (de "
        f"discontovoet), over {headline['horizon_years']} jaar (de horizon). De marges komen van "
        f"{dutch.count(headline['n_draws'])} trekkingen met startgetal {headline['seed']}."
    )
    prices, quantities = headline["verified_price_share"], headline["verified_quantity_share"]
    parts: list[Part] = [Heading("Waar dit op rust"), Text(how)]
    if pd.notna(prices):
        words = (
            f"Van de baten rust {dutch.percent(prices)} op bedragen die in hun bron zijn nagekeken of zijn betaald, en "
            f"{dutch.percent(quantities)} op aantallen die zijn geregistreerd of gemeten. De rest rust op een aanname "
            "of op een bron uit de tweede hand."
        )
        parts.append(Text(words))
    columns = ("Uitgangspunt", "Waarde", "Marge (90%)", "Eenheid", "Hoe zeker", "Bron")
    parts.append(Table("Uitgangspunten", columns, lines, frozenset({1, 2, 3, 4, 5})))
    parts += chains(source, headline)
    parts += _findings(source)
    parts.append(
        Text(
            "In mkba.xlsx staan alle regels met formules; mkba.ods is hetzelfde voor LibreOffice. Verander daar een "
            "uitgangspunt en het saldo verandert mee."
        )
    )
    return parts


def _range(row: pd.Series) -> str:
    if row["p05"] == row["p95"]:
        return "vast"
    return dutch.between(row["p05"], row["p95"], _value_of(row))


def _value_of(row: pd.Series) -> dutch.Show:
    return lambda value: input_value(row["input"], value, row["unit"], with_unit=False)


def _findings(source: Source) -> list[Part]:
    """What the check of the analysis says, at the line that it is about."""
    items = tuple(one.sentence for one in noticed(source.tables))
    return [Text("Let bij deze regels op:"), Points(items)] if items else []
