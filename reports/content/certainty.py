"""Hoe zeker is dit: the evidence stamp in words, on the ladder of stamps."""

from __future__ import annotations

from data_contracts.vocabulary.field import Stamp
from reports.content.chosen import when_chosen
from reports.content.parts import Chapter, Table, Text
from reports.language import dutch, wording
from reports.released.source import Source


def certainty(source: Source) -> Chapter:
    """Where this study stands among the stamps, and what its margins mean."""
    facts, stamp = source.facts, source.stamp
    evidence = wording.EVIDENCE[stamp]
    rungs = tuple(
        (
            dutch.sentence(one.label),
            wording.EVIDENCE[one].way,
            "deze studie" if one is stamp else "",
        )
        for one in Stamp
    )
    parts = (
        Text(
            f"Stempel van deze studie: {stamp.label}. Manier van meten: {wording.DESIGNS[facts.design].phrase}. "
            f"{when_chosen(source)} {evidence.cause}"
        ),
        Table("Van zwak naar sterk bewijs", ("Stempel", "Zo kijk je dan", "Waar staan wij?"), rungs, frozenset({1, 2})),
        Text(
            "Bij elk cijfer staat een marge. 'Marge (95%)' betekent: zouden we dit vaak overdoen, dan bevat zo'n "
            "marge in 95 van de 100 keer de echte waarde. Bij geld gebruiken we 90%. Loopt een marge door de nul, "
            "dan is er geen aantoonbaar verschil. Andersom geldt dat niet altijd: wie naar veel uitkomsten kijkt, "
            "vindt er altijd wel een die door toeval opvalt."
        ),
    )
    return Chapter("zekerheid", "Hoe zeker is dit?", parts)
