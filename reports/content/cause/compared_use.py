"""Design B on what clients used: how it was compared without a starting value, and the same in other ways."""

from __future__ import annotations

import pandas as pd

from data_contracts.tables.assumptions import Assumptions
from data_contracts.vocabulary.field import ALL, SCORES
from reports.content.parts import Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

_BESIDE = ("effect_weighted", "effect_doubly_robust")
_ABOUT = ["subject", "what", "unit"]


def use_compared(source: Source) -> list[Part]:
    """Events, hours, solutions and provisions at an equal start, beside two other ways; nothing in another design."""
    rows = source.claims
    rows = in_euros(rows[~rows["subject"].isin(SCORES)])
    if source.facts.design != "comparison" or rows.empty:
        return []
    beside = [source.measured("comparison", name).set_index(_ABOUT) for name in _BESIDE]
    body = []
    for _, row in rows.iterrows():
        place = tuple(row[_ABOUT])
        unit = terms.unit(str(row["unit"]))
        others = (_with_margin(one.loc[place] if place in one.index else None, unit) for one in beside)
        hidden = Assumptions.of(str(row["assumptions"])).number("unseen_cause", "e_value_interval")
        name = f"{terms.outcome(str(row['subject']), ALL, str(row['what']))} ({unit.behind})"
        body.append((name, unit.show(row["estimate"]), *others, dutch.decimal(hidden, 1)))
    return [
        Heading("Zorg, uren en gebeurtenissen vergeleken"),
        Text(
            "Wat mensen vóór de intake gebruikten, is niet volledig bekend. Een verschil in verandering is daar dus "
            "niet te maken. Het hoofdcijfer is hier altijd 'gelijke start': hoeveel meer of minder mensen in hun "
            "eerste jaar gebruikten dan mensen zonder de aanpak met dezelfde start. De MKBA rekent met dit cijfer."
        ),
        Text(
            "Dezelfde start betekent: hetzelfde gemiddelde niveau, dezelfde scores op de leidende leefgebieden en, "
            "waar gemeten, op andere schalen, dezelfde leeftijdsgroep en hetzelfde halfjaar van binnenkomst. "
            "Verschilden de groepen in iets anders dat met het gebruik samenhangt, dan zit dat nog in het cijfer. Het "
            "bewijs telt daarom nooit zwaarder dan dat voor de scores."
        ),
        Table(
            "Het hoofdcijfer voor zorg, uren en gebeurtenissen naast andere rekenwijzen",
            (
                "Uitkomst in het eerste jaar",
                "Gelijke start (hoofdcijfer)",
                "Gewogen (marge)",
                "Dubbel gecorrigeerd (marge)",
                "Zo sterk moet een verborgen oorzaak zijn",
            ),
            tuple(body),
            texts=frozenset({2, 3}),
        ),
    ]


def in_euros(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows without the volumes of provisions, of which the euros stand there too."""
    return rows[(rows["subject"] != "provisions") | (rows["unit"] == "eur")]


def _with_margin(row: pd.Series | None, unit: terms.Unit) -> str:
    if row is None:
        return dutch.NOT_SHOWN
    return dutch.with_margin(row["estimate"], row["ci_low"], row["ci_high"], unit.show)
