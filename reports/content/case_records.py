"""How cases went: waiting, plan, evaluation, answer and length, as far as the case record tells."""

from __future__ import annotations

import math

import pandas as pd

from data_contracts.tables.released import PartStatus
from reports.content.parts import Heading, Part, Table, Text
from reports.content.years import year_named
from reports.language import dutch
from reports.released.open_means import between
from reports.released.source import Source

_RECORDS = {
    "waiting_time": "Wachttijd van melding tot eerste contact",
    "with_plan": "Er was een plan",
    "evaluated": "Er was een evaluatie binnen een jaar",
    "question_answered": "De vraag was beantwoord",
    "lead_time": "Dagen tot de afsluiting, met een jaar als langste",
}


def case_records(source: Source) -> list[Part]:
    """Waiting, plan, evaluation and length per year of intake, about the people whose record tells it."""
    rows = source.shown("out_care__use", slice="cohort", subject="cases")
    lines = tuple(
        (
            _RECORDS[what],
            year_named(source, row["slice_value"]),
            dutch.count(row["n_clients_base"]),
            _recorded(source, row),
        )
        for what in _RECORDS
        for _, row in rows[rows["what"] == what].sort_values("slice_value").iterrows()
    )
    if not lines:
        return []
    return [
        Heading("Hoe de trajecten verliepen"),
        Text(
            "Dit gaat over het eerste traject van mensen bij wie het is vastgelegd. Behalve bij de wachttijd telt "
            "alleen wie minstens een jaar te volgen was: zo is elk jaar even lang gevolgd. Kort is niet altijd goed: "
            "ook wie afhaakt, is eerder klaar."
        ),
        Table(
            "Wachttijd, plan, evaluatie en duur per jaar van binnenkomst",
            ("Wat", "Binnengekomen in", "Vastgelegd bij mensen", "Uitkomst"),
            lines,
            texts=frozenset({1}),
        ),
    ]


def _recorded(source: Source, row: pd.Series) -> str:
    """Days on average, or the share of people."""
    if row["unit"] == "day":
        if pd.isna(row["total"]):
            return dutch.NOT_SHOWN
        return _days(row["total"], row["n_clients_base"], source.facts.thresholds.round_to)
    if row["n_clients_status"] != PartStatus.SHOWN:
        return source.part(row, "n_clients")
    return dutch.percent(min(1.0, row["n_clients"] / row["n_clients_base"]))


def _days(total: float, people: float, round_to: int) -> str:
    """Days on average; of few people, whose number is rounded, between which tens of days they lie."""
    ends = between(total, people, round_to)
    if ends is None:
        return f"gemiddeld {dutch.count(round(total / people))} dagen"
    low, high = math.floor(ends[0] / 10) * 10, math.ceil(ends[1] / 10) * 10
    return f"gemiddeld tussen {dutch.count(low)} en {dutch.count(high)} dagen"
