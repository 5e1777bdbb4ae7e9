"""Clients whose course is no plain one: who came back counts as relapse too, and the figures without them."""

from __future__ import annotations

from data_contracts.vocabulary.field import ALL, Stamp
from reports.content.cause.refused import by_reason
from reports.content.cause.staggered import with_margin
from reports.content.parts import Heading, Part, Table, Text
from reports.language import dutch, terms
from reports.released.source import Source


def plain_courses(source: Source) -> list[Part]:
    """The leading figures with and without who was with two teams at once or came back."""
    is_change = source.stamp is Stamp.CHANGE
    design = "before_after" if is_change else source.facts.design
    measure = "mean_change" if is_change else source.facts.headline_measure
    everybody, plain = (source.by_domain(design, f"{measure}{end}") for end in ("", "_plain_courses"))
    refused = _refused(source, design, f"{measure}_plain_courses")
    body = tuple(
        (
            terms.domain(domain),
            with_margin(everybody.get(domain)),
            with_margin(plain.get(domain)),
            dutch.count(plain[domain]["n_clients"]),
        )
        for domain in source.facts.headline_domains
        if domain in plain
    )
    if not body:
        return refused
    what = "De verandering" if is_change else "Het verschil"
    return [
        Heading("Mensen bij twee teams, en mensen die terugkwamen"),
        Text(
            "Wie bij twee teams tegelijk was, telt bij één team. Wie na een lange onderbreking terugkwam, telt met de "
            "eerste periode. Maakt die keuze uit? Daarom staat hier hetzelfde cijfer ook zonder deze mensen. Liggen de "
            "twee dicht bij elkaar, dan hangt de uitkomst niet aan deze keuze."
        ),
        Table(
            f"{what} met en zonder deze mensen",
            ("Leefgebied", "Iedereen (marge)", "Zonder deze mensen (marge)", "Mensen zonder hen"),
            body,
            texts=frozenset({1, 2}),
        ),
        *refused,
    ]


def or_return(source: Source) -> list[Part]:
    """Of those who came to level 4, who scored no lower and did not come back either."""
    rows = source.shown("out_effects__estimates", design="monitoring", slice=ALL)
    beside = rows[rows["measure"].str.endswith("_or_return") & rows["estimate"].notna()]
    refused = _refused(source, "monitoring", "_or_return")
    if beside.empty:
        return refused
    seen = rows.set_index(["life_domain", "measure"])["estimate"]
    body = tuple(
        (
            terms.domain(str(row["life_domain"])),
            dutch.count(row["n_clients"]),
            f"{row['moment_to'].removeprefix('m')} maanden",
            dutch.percent(seen.get((row["life_domain"], row["measure"].removesuffix("_or_return")))),
            dutch.with_margin(row["estimate"], row["ci_low"], row["ci_high"], dutch.percent),
        )
        for _, row in beside.iterrows()
    )
    return [
        Text(
            "Sommige mensen kwamen na de afsluiting terug. Dat kan ook terugval zijn. Hieronder tellen zij als gezakt "
            "op de dag van hun eerste nieuwe meting."
        ),
        Table(
            "Deel van de mensen dat nog op niveau 4 of hoger is, met terugkomen als terugval (marge)",
            ("Leefgebied", "Mensen", "Na", "Volgens de metingen", "En ook niet teruggekomen"),
            body,
            texts=frozenset({2, 4}),
        ),
        *refused,
    ]


def _refused(source: Source, design: str, ending: str) -> list[Part]:
    rows = source.shown("out_effects__estimates", subject="zrm", slice=ALL, design=design)
    return [Text(words) for words in by_reason(rows[rows["measure"].str.endswith(ending)])]
