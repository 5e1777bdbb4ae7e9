"""The minutes of a session: what was promised, guessed, seen, read and agreed, kept by group."""

from __future__ import annotations

from collections.abc import Iterable

from data_contracts.vocabulary.circle import NO_GUARANTEE, SEEN, Round, group_label
from reports.circle.events import Card, Erased, Event, Exchange, Promise, Reading
from reports.circle.memory import Memory, Session, remembered
from reports.circle.naming import group_name, topic_name
from reports.content.parts import Chapter, Heading, Part, Points, Table, Text
from reports.language import dutch

CONCEPT = (
    "Concept. Dit verslag wordt op de volgende bijeenkomst besproken en vastgesteld. Tot dan staan de kaarten erin; "
    "daarna blijven de stapels, de lezingen en de afspraken."
)


def minutes(events: Iterable[Event], session_id: str) -> list[Chapter]:
    """The chapters, in the order in which it went; what was said at later sessions is not in it."""
    memory = remembered(one for one in events if one.session <= session_id)
    session = memory.sessions[session_id]
    chapters = [Chapter("begin", "Wie er waren en waarover het ging", tuple(_start(session)))]
    earlier = [one for item, one in memory.promises.items() if memory.said[item][0].session < session_id]
    if earlier:
        chapters.append(Chapter("terug", "Wat we eerder afspraken", (promises_table(earlier, "Eerdere afspraken"),)))
    topics = session.topics
    chapters += [
        Chapter(f"over-{at}", topic_name(one), tuple(_topic(memory, session, one))) for at, one in enumerate(topics)
    ]
    chapters.append(Chapter("afspraken", "Wat we afspraken", tuple(_agreed(memory, session))))
    return chapters


def status_of(session: Session) -> str:
    """Concept, or at which session it was adopted."""
    return f"Vastgesteld op de bijeenkomst van {session.adopted_in}." if session.adopted_in else CONCEPT


def _start(session: Session) -> Iterable[Part]:
    there = [f"{group_name(code)}: {n}" for code, n in session.groups.items()]
    yield Points((*there, f"Samen: {sum(session.groups.values())} mensen"))
    if session.opened.question:
        goes = f" Die wordt: {session.opened.question_goes.label}." if session.opened.question_goes else ""
        yield Text(f"Onze eigen vraag: {session.opened.question}{goes}")
    yield Text(f"Groepen met minder dan vier mensen spreken samen. {NO_GUARANTEE}")


def _topic(memory: Memory, session: Session, topic: str) -> Iterable[Part]:
    yield from _guessed(session, topic)
    for one in Round:
        yield from _round(session, topic, one)
    piles = [(pile, dots) for pile, dots in session.weighed() if pile.topic == topic]
    if piles:
        yield Table(
            f"Stapels, en hoe zwaar ze wegen ({topic_name(topic)})",
            ("Stapel", "Kaarten van", "Stippen"),
            tuple((pile.name, _from(session, pile.cards), str(dots)) for pile, dots in piles),
            frozenset({1}),
        )
    yield from readings_told(one for one in memory.readings.values() if one.figure == topic)


def guesses_told(session: Session, topic: str) -> Iterable[Table]:
    """The hands of before, per group; nothing where nobody guessed."""
    rows = tuple(
        (group_name(group), str(one.up), str(one.equal), str(one.down))
        for (figure, group), one in session.guesses.items()
        if figure == topic
    )
    if rows:
        yield Table(f"Handen vooraf ({topic_name(topic)})", ("Groep", "Vooruit", "Evenveel", "Achteruit"), rows)


def _guessed(session: Session, topic: str) -> Iterable[Part]:
    yield from guesses_told(session, topic)
    shown = session.revealed.get(topic)
    if shown is not None:
        yield Text(f"Te zien was: {'dit cijfer is niet getoond' if shown.shows is None else SEEN[shown.shows]}.")


def _round(session: Session, topic: str, one: Round) -> Iterable[Part]:
    cards = [card for card in session.cards.values() if card.topic == topic and card.round is one]
    gone = [mark for mark in session.erased.values() if mark.topic == topic and mark.round is one]
    if not cards and not gone:
        return
    yield Heading(one.label)
    lines = tuple((group_name(code), "; ".join(_texts(cards, code))) for code in session.groups if _texts(cards, code))
    if lines:
        yield Table(f"{one.label} ({topic_name(topic)})", ("Groep", "Kaarten"), lines, frozenset({1}))
    if gone:
        yield Text(f"{len(gone)} kaarten van: {_from(session, [mark.id for mark in gone])}.")


def _texts(cards: Iterable[Card], group: str) -> list[str]:
    return sorted(card.text for card in cards if card.group == group)


def _from(session: Session, cards: Iterable[str]) -> str:
    """Of which groups these cards are, with how many each."""
    known: dict[str, Card | Erased] = {**session.erased, **session.cards}
    groups = [str(known[one].group) for one in cards if one in known and known[one].group]
    return ", ".join(f"{group_label(code)} {groups.count(code)}" for code in session.groups if code in groups)


def readings_told(readings: Iterable[Reading]) -> Iterable[Table]:
    """How the circle reads a figure; what some see otherwise stands with it."""
    known = list(readings)
    rows = tuple(
        (one.text, one.status.label, dutch.listed(map(group_label, one.groups)), one.dissent or "niemand")
        for one in known
    )
    if rows:
        yield Table(
            f"Zo lezen wij dit ({topic_name(known[0].figure)})",
            ("Lezing", "Status", "Door", "Anders gezien"),
            rows,
            frozenset({1, 2, 3}),
        )


def _agreed(memory: Memory, session: Session) -> Iterable[Part]:
    mine = [one for item, one in memory.promises.items() if memory.said[item][0].session == session.id]
    if mine:
        yield promises_table(mine, "Afspraken")
    exchanged = [one for one in memory.exchanges.values() if one.session == session.id]
    if exchanged:
        yield exchanges_table(memory, exchanged)
    if not mine and not exchanged:
        yield Text("Er is niets afgesproken.")
    if session.closed and session.closed.next_on:
        yield Text(f"Volgende bijeenkomst: {dutch.day(session.closed.next_on)}.")


def promises_table(promises: Iterable[Promise], caption: str) -> Table:
    """What was agreed, with what became of it."""
    rows = tuple((one.text, one.owner, dutch.day(one.due), one.status.label, one.why or "") for one in promises)
    return Table(caption, ("Wat", "Wie", "Voor", "Stand", "Waarom"), rows, frozenset({1, 2, 3, 4}))


def exchanges_table(memory: Memory, exchanges: Iterable[Exchange]) -> Table:
    """What went up or came down, with the answer where there is one."""
    rows = tuple(exchange_row(one, memory.answer_to(one.item)) for one in exchanges if one.answers is None)
    return Table("Tussen praktijk en beleid", ("Soort", "Wat", "Wie", "Antwoord"), rows, frozenset({1, 2, 3}))


def exchange_row(one: Exchange, answer: Exchange | None) -> tuple[str, ...]:
    """Kind, words, whose turn it is, and what was answered."""
    said = f"{answer.text} ({answer.owner}, {dutch.day(answer.on)})" if answer else ""
    answered = said or ("nog geen" if one.what.goes_up else "niet nodig")
    return dutch.sentence(one.what.label), one.text, one.owner, answered
