"""The circle's words in report and council pages: beside the figure that they are about, and in what is to be learned.

They are marked as the circle's, with date and groups, and never mixed with an estimate.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from data_contracts.vocabulary.circle import PromiseStatus, group_label
from reports.circle.events import Reading
from reports.circle.figure_key import choice_of
from reports.circle.naming import group_name, topic_name
from reports.content.circle.minutes import exchange_row, promises_table
from reports.content.parts import Chapter, Figure, Heading, Part, Table, Text, Told
from reports.language import dutch
from reports.released.source import Source

# Chapter in which the change of a subject stands -> the subject.
CHAPTERS = {"verandering": "zrm", "ladder": "ladder", "ervaren-baat": "experienced"}
MOST_FOR_COUNCIL = 2


def with_readings(chapters: list[Chapter], source: Source) -> list[Chapter]:
    """The numbered chapters, each figure that the circle read followed by its reading."""
    return [replace(one, parts=tuple(_beside(one, source))) if one.id in CHAPTERS else one for one in chapters]


def _beside(chapter: Chapter, source: Source) -> Iterator[Part]:
    mine = [one for one in source.circle.readings if choice_of(one.figure).subject == CHAPTERS[chapter.id]]
    for part in chapter.parts:
        yield part
        if isinstance(part, Figure) and mine:
            yield _readings(f"Zo leest de leerkring figuur F{part.number}", mine)
            mine = []
    if mine:
        yield _readings("Zo leest de leerkring dit", mine)


def _readings(caption: str, readings: list[Reading]) -> Table:
    rows = tuple(
        (
            topic_name(one.figure),
            one.text,
            f"{one.status.label} op {dutch.day(one.on)}, door {dutch.listed(map(group_label, one.groups))}",
            one.dissent or "niemand",
        )
        for one in readings
    )
    return Table(caption, ("Over", "Lezing", "Status", "Anders gezien"), rows, frozenset({1, 2, 3}))


def for_council(source: Source) -> list[Told]:
    """At most two readings about leading life domains, the newest first."""
    leading = [
        one for one in source.circle.readings if choice_of(one.figure).life_domain in source.facts.headline_domains
    ]
    newest = sorted(leading, key=lambda one: one.on, reverse=True)[:MOST_FOR_COUNCIL]
    return [
        Told(
            "Zo leest de leerkring dit",
            f"{topic_name(one.figure)}. '{one.text}' ({one.status.label} op {dutch.day(one.on)}, door "
            f"{dutch.listed(map(group_label, one.groups))})"
            + (f" Anders gezien: '{one.dissent}'" if one.dissent else ""),
            ("out_change__by_domain",),
        )
        for one in newest
    ]


def learned(source: Source) -> list[Part]:
    """Bottlenecks with their answers, what was agreed, where expectations were off, and when is looked again."""
    circle = source.circle
    parts: list[Part] = []
    if circle.exchanges:
        rows = tuple(exchange_row(one, answer) for one, answer in circle.exchanges)
        columns = ("Soort", "Wat", "Wie", "Antwoord")
        parts.append(Table("Tussen praktijk en beleid", columns, rows, frozenset({1, 2, 3})))
    if circle.promises:
        parts.append(promises_table(circle.promises, "Wat de leerkring afsprak"))
    if circle.expected:
        parts.append(_expected(source))
    parts += [Text(line) for line in _next(source)]
    return [Heading("Uit de leerkring"), *parts] if parts else []


def _expected(source: Source) -> Table:
    rows = tuple(
        (
            group_name(one.group),
            str(one.n_figures),
            dutch.percent(one.share_right),
            dutch.decimal(one.brier, 2),
            "; ".join(map(topic_name, one.off)) or "nergens",
        )
        for one in source.circle.expected
    )
    caption = "Waar onze verwachting afweek (Brier: 0 is alles goed, 0,67 is gokken, 2 is alles mis)"
    columns = ("Groep", "Cijfers", "Handen in de goede richting", "Brier", "Anders dan verwacht")
    return Table(caption, columns, rows, frozenset({4}))


def _next(source: Source) -> Iterator[str]:
    """The next meeting and looks at links, where they are still to come; who is late is asked for a new date."""
    today = source.facts.as_of
    if source.circle.next_on and source.circle.next_on >= today:
        yield f"De leerkring komt weer bijeen op {dutch.day(source.circle.next_on)}."
    late = [one for one in source.circle.promises if one.status is PromiseStatus.OPEN and one.due < today]
    if late:
        yield f"Van {len(late)} afspraken is de dag voorbij. Bespreek ze op de volgende bijeenkomst."
    for link in source.tree.links if source.tree else ():
        look = link.test.next_look
        if look is not None:
            title = f"'{source.tree.node(link.node_from).title}'" if source.tree else ""
            when = f"op {dutch.day(look)}" if look >= today else "nu: de afgesproken dag is voorbij, kies een nieuwe"
            yield f"Opnieuw kijken naar het verband vanaf {title}: {when}."
