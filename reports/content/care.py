"""Is de hulp zo licht als kan: events, provisions, hours, solutions, how cases went, and what the teams cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from data_contracts.part_years import years_in_part
from data_contracts.vocabulary.field import ALL, Law, SolutionKind
from reports.charts.specs import Bars
from reports.content.case_records import case_records
from reports.content.costs_used import costs_used
from reports.content.parts import Chapter, Explanation, Figure, Part, Table, Text
from reports.content.provision_kinds import KINDS, provision_kinds
from reports.content.years import year_named
from reports.language import dutch, terms
from reports.released.open_means import between
from reports.released.source import Source

_LIGHT_TO_HEAVY = "Van licht naar zwaar, en per jaar in de tabel."
NO_DOMAIN = (
    "Per leefgebied is dit niet te zeggen: geen levering noemt bij een voorziening het leefgebied, en of zij "
    "voorliggend of maatwerk is."
)
_LAWS = Law.labels()


def care(source: Source) -> Chapter:
    """What people used, and how heavy it was."""
    title = "Hoeveel en welke hulp?"
    rows = source.shown("out_care__use", slice=ALL)
    if rows.empty:
        return Chapter(
            "hulp",
            title,
            missing="Daarvoor zijn leveringen nodig met voorzieningen, gebeurtenissen, uren of trajecten.",
        )
    parts: list[Part] = [
        Text(
            "De bedoeling is: zo licht als kan, zo zwaar als nodig. Minder zware hulp is winst als mensen het ook "
            "zo redden. Lees deze cijfers daarom naast die over zelfredzaamheid."
        ),
        *_solutions(source, rows, has_domains=bool((source.shown(KINDS)["life_domain"] != ALL).any())),
        *provision_kinds(source),
        *_used(source, rows),
        *_hours(source, rows),
        *case_records(source),
    ]
    return Chapter("hulp", title, tuple(parts))


def _solutions(source: Source, rows: pd.DataFrame, *, has_domains: bool) -> list[Part]:
    """Share of people with each kind of solution, from light to heavy, and per year of intake."""
    order = [kind.value for kind in SolutionKind]
    kinds = rows[(rows["subject"] == "solutions") & rows["n_clients"].notna()]
    kinds = kinds.sort_values("what", key=lambda what: what.map(order.index))
    if kinds.empty:
        return []
    names = tuple(terms.solution(code) for code in kinds["what"])
    shares = tuple((kinds["n_clients"].astype(float) / kinds["n_clients_base"].astype(float)).clip(upper=1))
    cohorts = source.shown("out_care__use", slice="cohort", subject="solutions").dropna(subset=["n_clients"])
    lines = [
        (
            name + source.mark("out_care__use", row, "n_clients", dutch.count),
            "alle jaren",
            dutch.count(row["n_clients"]),
            dutch.percent(share),
        )
        for name, (_, row), share in zip(names, kinds.iterrows(), shares, strict=True)
    ] + [
        (
            terms.solution(row["what"]) + source.mark("out_care__use", row, "n_clients", dutch.count),
            year_named(source, row["slice_value"]),
            dutch.count(row["n_clients"]),
            dutch.percent(min(1.0, row["n_clients"] / row["n_clients_base"])),
        )
        for code in kinds["what"]
        for _, row in cohorts[cohorts["what"] == code].sort_values("slice_value").iterrows()
    ]
    return [
        Figure(
            "Welke soort oplossing kregen mensen?",
            Bars(names, shares, "deel van de mensen", dutch.percent),
            Table(
                "Mensen per soort oplossing en jaar van binnenkomst",
                ("Soort oplossing", "Binnengekomen in", "Mensen", "Deel van de mensen"),
                tuple(lines),
                texts=frozenset({1}),
            ),
            Explanation(
                "Aantal verschillende mensen met deze soort oplossing, gedeeld door alle mensen.",
                f"{dutch.count(kinds['n_clients_base'].max())} mensen",
                "Een soort die bijna niemand of bijna iedereen kreeg, is niet te tonen.",
                "Wie meer soorten kreeg, telt bij elke soort mee; de delen tellen dus niet op tot 100%.",
            ),
            _LIGHT_TO_HEAVY if has_domains else f"{_LIGHT_TO_HEAVY} {NO_DOMAIN}",
        )
    ]


def _used(source: Source, rows: pd.DataFrame) -> list[Part]:
    """Events and provisions: people, and amount per person-year in view."""
    parts: list[Part] = []
    events = rows[(rows["subject"] == "events") & rows["n_clients"].notna()]
    if len(events):
        lines = tuple(
            (
                dutch.sentence(row["what"]) + source.mark("out_care__use", row, "n_clients", dutch.count),
                dutch.count(row["n_clients"]),
                dutch.percent(row["n_clients"] / row["n_clients_base"]),
                _per_year(source, row, lambda each: dutch.decimal(100 * each, 1)),
            )
            for _, row in events.iterrows()
        )
        parts.append(
            Table(
                "Gebeurtenissen",
                ("Gebeurtenis", "Mensen", "Deel van de mensen", "Keer per 100 mensen per jaar"),
                lines,
            )
        )
    provisions = rows[(rows["subject"] == "provisions") & (rows["unit"] == "eur") & rows["total"].notna()]
    provisions = provisions[~provisions["what"].isin(_LAWS)]
    if len(provisions):
        amounts = tuple(
            (
                dutch.sentence(row["what"]) + source.mark("out_care__use", row, "total", dutch.euros),
                _LAWS.get(row["law"], dutch.NOT_SHOWN),
                source.part(row, "n_clients"),
                dutch.euros(row["total"]),
                _per_year(source, row, dutch.euros),
            )
            for _, row in provisions.iterrows()
        )
        parts.append(
            Table(
                "Voorzieningen over de hele periode",
                ("Voorziening", "Wet", "Mensen", "Bedrag", "Per persoon in beeld per jaar"),
                amounts,
                texts=frozenset({1}),
            )
        )
    return parts


def _hours(source: Source, rows: pd.DataFrame) -> list[Part]:
    hours = rows[(rows["subject"] == "hours") & rows["total"].notna()]
    told = list[Part]()
    for _, row in hours.iterrows():
        each = _per_year(source, row, lambda value: dutch.decimal(value, 1))
        more = "" if each == dutch.NOT_SHOWN else f" Dat is {each} uur per persoon in beeld per jaar."
        told.append(Text(f"De teams schreven {dutch.count(row['total'])} uur steun.{more}"))
    return told


def _per_year(source: Source, row: pd.Series, words: Callable[[float], str]) -> str:
    """An amount per person-year in view, or between which two it lies; a point where rounded there is not one year."""
    if not row["client_years"] > 0:
        return dutch.NOT_SHOWN
    ends = between(row["total"], row["client_years"], source.facts.thresholds.round_to)
    if ends is None:
        return words(row["total"] / row["client_years"])
    return " tot ".join(map(words, ends))


def costs_table(source: Source) -> list[Part]:
    """What the teams cost per year, the new approach apart."""
    rows = source.shown("out_costs__by_year")
    if rows.empty:
        return []
    wide = rows.pivot_table(index="year", columns="is_new_approach", values="amount_eur", aggfunc="sum", observed=True)
    lines = tuple(
        (str(year), dutch.exact_euros(row.get(False)), dutch.exact_euros(row.get(True)))
        for year, row in wide.iterrows()
    )
    columns = ("Jaar", "Gewone kosten", "Extra voor de nieuwe aanpak")
    table = Table("Wat de teams kostten, in euro's van het jaar zelf", columns, lines)
    told = (_in_part(source, wide.index), costs_used(source))
    return [table, *(Text(text) for text in told if text)]


def _in_part(source: Source, years: Iterable[int]) -> str:
    """Costs come per year: of a year that is delivered in part nobody can say how much of it they are about."""
    found = sorted(years_in_part(source.table("out_reach__by_year")) & set(years))
    if not found:
        return ""
    named = dutch.listed(map(str, found))
    return f"Van {named} is een deel van het jaar geleverd. Of deze kosten van het hele jaar zijn, staat er niet bij."
