"""The two pages for the council, as data: the first answers, the second is for deciding."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from reports.content.care import costs_table
from reports.content.cause.for_whom import TABLE, for_whom_told, question
from reports.content.change.chapter import LASTING_UNKNOWN, lasting_told
from reports.content.circle.told import for_council
from reports.content.council.answer import answer
from reports.content.council.budget import budget_figure
from reports.content.council.choices import choices, one_fte_told
from reports.content.council.figures import four_figures
from reports.content.council.outcomes import leading_outcomes
from reports.content.council.standing import since_told, stakes, standing
from reports.content.learning import questions
from reports.content.money.chain import shaky_benefits
from reports.content.parts import Chapter, Figure, Heading, Numbers, Part, Points, Table, Text, Told
from reports.content.summary import balance_told, change_told, people_told
from reports.released.reconciled import reconciling
from reports.released.source import Source

NO_BALANCE = (
    "Wat het waard is, is nog niet ingevuld. Daarvoor is een maatschappelijke kosten-batenanalyse (MKBA) nodig, met "
    "prijzen die een bron hebben."
)
TO_ANSWER = (
    "Voor wie past deze werkwijze niet, en wat krijgen die mensen?",
    "Zijn dit de uitkomsten waar het om begon?",
    "Wie mag knopen doorhakken, en wat stopt er als dit doorgaat?",
)


def council_pages(source: Source, since: Chapter | None = None) -> list[Chapter]:
    """Page 1 and page 2, every figure with an id; `since` is the page on what changed, where there is one."""
    pages = [
        Chapter("antwoord", answer(source), tuple(_first(source))),
        Chapter("besluit", "Wat betekent dit voor het besluit?", tuple(_second(source, since))),
    ]
    return identified(pages)


def _first(source: Source) -> list[Part]:
    funnel = tuple(Told("Over wie", words, ("out_change__funnel",)) for words in people_told(source))
    whom = Told(question(source), for_whom_told(source), (TABLE,))
    figure = leading_outcomes(source)
    return [four_figures(source), *_three(source), *funnel, whom, *([figure] if figure else []), *for_council(source)]


def _three(source: Source) -> list[Part]:
    """Change beside noise; the balance with its condition, and what it rests on; whether it lasts."""
    changed = " ".join(change_told(source)) or "Daarvoor zijn twee metingen per persoon nodig."
    rows = source.table("out_mkba__headline")
    balance, rests = NO_BALANCE, ""
    if len(rows):
        first = rows.iloc[0]
        balance = balance_told(first)
        chain = [part.words for part in shaky_benefits(source, first) if isinstance(part, Text)]
        rests = " ".join([*filter(None, [reconciling(source.tables, first)]), *chain])
    on = ("out_mkba__balance", "out_effects__estimates", "out_logic__mkba_bridge")
    return [
        Told("Verandering", changed, ("out_change__by_domain", "out_change__noise_floor")),
        Told("Kosten en baten", balance, ("out_mkba__headline",)),
        *([Told("Waar dat saldo op rust", rests, on)] if rests else []),
        Told("Houdt het stand?", lasting_told(source) or LASTING_UNKNOWN, ("out_change__by_domain",)),
    ]


def _second(source: Source, since: Chapter | None) -> list[Part]:
    headline = source.table("out_mkba__headline")
    with_balance = len(headline) > 0 and source.mkba is not None
    return [
        *(_at_stake(source, headline.iloc[0]) if with_balance else _without_balance(source)),
        *standing(source),
        since_told(since),
        *_options(source),
        Heading("Wat u zelf moet beantwoorden"),
        Points(TO_ANSWER),
    ]


def _at_stake(source: Source, headline: pd.Series) -> list[Part]:
    """Budget, choices, and who pays and gains."""
    figure, table = budget_figure(source, headline), choices(source)
    parts: list[Part] = [one for one in (figure, table) if one is not None]
    parts += one_fte_told(source)
    parts.append(Told("Wie betaalt en wie heeft er baat bij?", stakes(source, headline), ("out_mkba__stakeholders",)))
    if source.mkba is not None:
        parts.append(Told("Wat als we stoppen?", source.mkba.null_alternative.description, ()))
    return parts


def _without_balance(source: Source) -> list[Part]:
    """What a decision rests on without a balance; that there is none stands on the first page."""
    return [*costs_table(source), Heading("Wat nog niet duidelijk is"), Points(tuple(questions(source)[:3]))]


def _options(source: Source) -> list[Part]:
    if source.mkba is None:
        return []
    said = tuple(f"{one.label}: {one.description}" for one in source.mkba.alternatives)
    return [Heading("Waarover de raad besluit"), Points(said)]


def identified(pages: list[Chapter]) -> list[Chapter]:
    """Every finding, figure and table with an id in order of reading: R1, R2, ..."""
    places = iter(range(1, 1000))

    def named(part: Part) -> Part:
        if isinstance(part, Numbers):
            return replace(part, items=tuple(replace(one, id=f"R{next(places)}") for one in part.items))
        return replace(part, id=f"R{next(places)}") if isinstance(part, Told | Table | Figure) else part

    return [replace(page, parts=tuple(map(named, page.parts))) for page in pages]
