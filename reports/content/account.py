"""Verantwoording: rows and deliveries, method, versions, privacy and accessibility."""

from __future__ import annotations

from data_contracts.tables.released import Status
from reports.content.chosen import when_chosen
from reports.content.parts import Chapter, Heading, Part, Points, Table, Text
from reports.content.ratings import other_methods, ratings
from reports.language import dutch, terms
from reports.released.source import Source

_TABLES = {
    "bridge": "Brug tussen pseudoniemen",
    "assessments": "Scores op de ZRM",
    "ladder": "Participatieladder",
    "clients": "Cliënten",
    "trajectories": "Trajecten",
    "provisions": "Voorzieningen",
    "events": "Gebeurtenissen",
    "experienced": "Ervaren baat",
    "costs": "Kosten",
    "teams": "Teams",
}
COUNTS = ("rows", "accepted", "quarantined", "exact_duplicates", "not_used")


def account(source: Source) -> Chapter:
    """Everything that a researcher needs to answer for the figures."""
    parts = (
        *_rows(source),
        *ratings(source),
        *_method(source),
        *other_methods(source),
        *_privacy(source),
        *_accessibility(source),
        *_versions(source),
    )
    return Chapter("verantwoording", "Verantwoording", parts)


def _rows(source: Source) -> list[Part]:
    facts = source.facts
    rows = source.shown("out_intake__accounting")
    parts: list[Part] = [Heading("Wat er is aangeleverd")]
    if facts.deliveries:
        parts.append(Text(f"Dit rapport rust op: {dutch.listed(facts.deliveries)}."))
    if len(rows):
        named = len(set(rows["delivery"])) > 1
        lines = tuple(
            (
                f"{_TABLES.get(row['table_name'], row['table_name'])}" + (f" ({row['delivery']})" if named else ""),
                *(dutch.count(row[name]) for name in COUNTS),
            )
            for _, row in rows.iterrows()
        )
        columns = ("Soort gegevens", "Regels", "Goed", "Apart gezet", "Precies dubbel", "Niet gebruikt")
        parts.append(Table("Wat er van de regels is geworden (afgerond)", columns, lines))
        parts.append(Text("Apart gezette regels tellen niet mee. De onderzoeker ziet bij elke regel waarom."))
    parts += [Text(f"Niet meegeteld: levering {one.label}. De reden: {one.kind.label}.") for one in facts.refused] or [
        Text("Er is geen levering geweigerd.")
    ]
    if facts.refused:
        parts.append(Text("De onderzoeker ziet in het venster van wijkbaat run waar dat is en wat te doen."))
    return parts


def _method(source: Source) -> list[Part]:
    facts = source.facts
    editions = dutch.listed(terms.edition(one) for one in facts.editions)
    return [
        Heading("Zo is er gerekend"),
        Points(
            (
                f"Instrument: {editions}. Leefgebieden die in edities niet hetzelfde betekenen, worden nooit over "
                "edities heen vergeleken.",
                "Een leefgebied zonder score is niet ingevuld, nooit nul en nooit gemiddeld.",
                f"Momenten gaan op datum. Twee metingen binnen {facts.replicate_days} dagen tellen als één.",
                "Delen en marges zijn gemaakt uit afgeronde aantallen; een deel zegt dus nooit meer dan het aantal "
                "ernaast.",
                *_odd_courses(source),
                f"Leidende leefgebieden: {dutch.listed(map(terms.domain, facts.headline_domains))}. "
                f"{when_chosen(source)}",
                "Bij elke figuur staat hoe het getal is gemaakt.",
            )
        ),
    ]


def _odd_courses(source: Source) -> list[str]:
    """The rules for who was with two teams at once, came back or stands twice, and how many people they are about."""
    rules = {
        "two_teams_at_once": "Wie bij twee teams tegelijk was, telt alleen bij het team van de eerste registratie. Dat "
        "betreft {n} van {whole} mensen.",
        "came_back": "Wie na een lange onderbreking terugkwam, telt met de eerste periode. Dat betreft {n} van {whole} "
        "mensen.",
        "two_pseudonyms": "Komt dezelfde ZRM-meting onder twee pseudoniemen voor, dan telt iemand dubbel. Dat betreft "
        "{n} van {whole} mensen.",
    }
    rows = {row["what"]: row for _, row in source.shown("out_quality__odd_courses").iterrows()}
    return [
        words.format(n=source.part_in_words(rows[what], "n_odd"), whole=dutch.count(rows[what]["n_clients"]))
        for what, words in rules.items()
        if what in rows
    ]


def _privacy(source: Source) -> list[Part]:
    limits = source.facts.thresholds
    return [
        Heading("Privacy, en wat een punt betekent"),
        Text(
            f"Dit rapport gaat nooit over één persoon. Een cijfer over minder dan {limits.clients} mensen komt er "
            f"niet in; bij gevoelige leefgebieden is dat {limits.sensitive_clients}. Aantallen zijn afgerond op "
            f"{limits.round_to}. Daardoor tellen delen niet altijd precies op."
        ),
        Text("Een punt (.) in een tabel betekent: niet getoond, of niet gemeten. Met een cijfer kan dit zijn gedaan:"),
        Points(tuple(dutch.sentence(one.label) for one in Status if one is not Status.RELEASED)),
    ]


def _accessibility(source: Source) -> list[Part]:
    contact = f" Loopt u ergens tegenaan? Neem contact op: {source.facts.contact}." if source.facts.contact else ""
    return [
        Heading("Toegankelijkheid"),
        Text(
            "Dit rapport is gemaakt volgens WCAG 2.2, niveau AA, en met een automatische toets nagekeken. Bij elke "
            "grafiek staat een beschrijving en een tabel met dezelfde cijfers. Kleur is nooit het enige verschil. "
            f"Het rapport haalt niets op van internet en is ook op papier te lezen.{contact}"
        ),
    ]


def _versions(source: Source) -> list[Part]:
    facts = source.facts
    lines = (
        *facts.versions,
        ("Startgetal voor trekkingen", str(facts.seed)),
        ("Vingerafdruk van de studie", facts.study_hash),
    )
    return [Heading("Versies"), Table("Waarmee dit rapport is gemaakt", ("Onderdeel", "Versie"), lines, frozenset({1}))]
