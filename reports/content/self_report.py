"""Where clients and professionals differ about the same weeks: a figure of its own, never part of a change."""

from __future__ import annotations

from reports.content.parts import Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source

_KINDS = ("n_lower", "n_equal", "n_higher")


def self_report(source: Source) -> list[Part]:
    """Per life domain how many scored themselves lower than, as or higher than the professional did."""
    rows = source.shown("out_quality__self_report")
    if rows.empty:
        return []
    lines = tuple(
        (
            terms.domain(str(row["life_domain"])),
            dutch.count(row["n_clients"]),
            *(source.part(row, name) for name in _KINDS),
        )
        for _, row in rows.iterrows()
    )
    return [
        Heading("Waar cliënt en professional verschillen"),
        Text(
            "Van wie in dezelfde weken zelf een score gaf (Mijn ZRM) en er een van de professional kreeg. Geen van "
            "beide is de juiste: zij zien iets anders. In onderzoek elders waren zij het eens bij 31% (geestelijke "
            "gezondheid) tot 83% (justitie), en gaf de cliënt bij verschil vaker een lagere score."
        ),
        Table(
            "Eigen score van de cliënt naast die van de professional",
            ("Leefgebied", "Mensen met beide", "Cliënt lager", "Gelijk", "Cliënt hoger"),
            lines,
        ),
    ]
