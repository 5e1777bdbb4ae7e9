"""Who was not measured again, and what the leading figures become when these people are counted too."""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.assumptions import Assumptions
from data_contracts.tables.released import PartStatus
from data_contracts.vocabulary.field import ALL, Stamp
from reports.content.cause.refused import by_reason
from reports.content.cause.staggered import with_margin
from reports.content.parts import Heading, Part, Points, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

MANY_LOST = 0.8
_COMPANIONS = {"reweighted": "Gewogen naar iedereen", "imputed": "Aangevuld tot iedereen"}


def lost(source: Source) -> list[Part]:
    """Who is missing, and the figures with and without them."""
    parts = [*_who(source), *_with_and_without(source)]
    return [Heading("Wie niet opnieuw is gemeten"), *parts] if parts else []


def _who(source: Source) -> list[Part]:
    rows = source.shown("out_effects__who_is_missing")
    groups = rows[rows["value"] != ALL]
    if groups.empty:
        return []
    body = tuple(
        (
            f"{terms.known_at_start(str(row['known_at_start']))}: {terms.start_value(str(row['value']))}",
            dutch.count(row["n_clients"]),
            source.part(row, "n_measured"),
            dutch.percent(row["n_measured"] / row["n_clients"])
            if row["n_measured_status"] == PartStatus.SHOWN
            else dutch.NOT_SHOWN,
        )
        for _, row in groups.sort_values(
            ["known_at_start", "value"], key=lambda codes: codes.map(terms.start_order)
        ).iterrows()
    )
    whole = rows[(rows["value"] == ALL) & (rows["n_measured_status"] == PartStatus.SHOWN)].head(1)
    texts = [
        Text(
            f"Van {dutch.count(row['n_clients'])} mensen met een eerste meting is het eerste jaar voorbij. Van hen "
            f"zijn er {dutch.count(row['n_measured'])} binnen dat jaar opnieuw gemeten."
            + (" Dat is niet iedereen. De uitkomst kan dus scheef zijn." if _is_low(row) else "")
        )
        for _, row in whole.iterrows()
    ]
    return [
        *texts,
        Table(
            "Wie opnieuw is gemeten, naar wat bij de start bekend was",
            ("Bij de start", "Mensen", "Opnieuw gemeten", "Deel"),
            body,
        ),
    ]


def _is_low(row: pd.Series) -> bool:
    return bool(row["n_measured"] < MANY_LOST * row["n_clients"])


def _with_and_without(source: Source) -> list[Part]:
    is_change = source.stamp is Stamp.CHANGE or source.facts.design != "staggered"
    design, measure = ("before_after", "mean_change") if is_change else ("staggered", "effect")
    found = [source.by_domain(design, f"{measure}{end}") for end in ("", *(f"_{one}" for one in _COMPANIONS))]
    measured, _, filled = found
    body = [
        (
            terms.domain(domain),
            *(with_margin(one.get(domain)) for one in found),
            _tipping(filled.get(domain)),
        )
        for domain in source.facts.headline_domains
        if domain in measured and any(domain in one for one in found[1:])
    ]
    reasons = _without_figure(source, design, measure)
    if not body:
        return reasons
    what = "De verandering" if is_change else "Het verschil"
    return [
        Table(
            f"{what} zonder en met de mensen die niet opnieuw zijn gemeten",
            (
                "Leefgebied",
                "Alleen wie opnieuw is gemeten (marge)",
                "Gewogen naar iedereen (marge)",
                "Aangevuld tot iedereen (marge)",
                "Wanneer is het niet meer zeker?",
            ),
            tuple(body),
            texts=frozenset({1, 2, 3, 4}),
        ),
        Text(
            "'Gewogen' laat mensen die wel opnieuw zijn gemeten zwaarder tellen als zij lijken op wie we misten. "
            "'Aangevuld' schat de gemiste score uit mensen die op hen lijken. Beide gaan ervan uit dat het de gemiste "
            f"mensen net zo verging als mensen die bij de start op hen leken. De laatste kolom zegt hoe anders het de "
            f"gemiste mensen{'' if is_change else ' onder de nieuwe werkwijze'} moet zijn vergaan voordat de uitkomst "
            "niet meer zeker is. Gebruik de hoofdcijfers; deze kolommen laten zien hoe hard ze zijn."
        ),
        *reasons,
    ]


def _without_figure(source: Source, design: str, measure: str) -> list[Part]:
    """Why a weighted or imputed figure is not there."""
    parts: list[Part] = []
    for end, name in _COMPANIONS.items():
        rows = source.leading(source.measured(design, f"{measure}_{end}"))
        if items := by_reason(rows):
            parts += [Text(f"{name} is er van deze uitkomsten geen cijfer:"), Points(items)]
    return parts


def _tipping(row: pd.Series | None) -> str:
    """The shift of the lost clients, in points, at which the interval meets zero."""
    if row is None:
        return "niet te bepalen"
    shift = Assumptions.of(str(row["assumptions"])).number("tipping_point", "points_interval")
    if shift is None:
        return "niet te bepalen"
    if round(shift, 2) == 0:
        return "nu al niet zeker"
    return f"als zij gemiddeld {dutch.decimal(abs(shift))} punt {'lager' if shift < 0 else 'hoger'} uitkwamen"
