"""What a circle remembers: the records folded into sessions, readings, promises and what goes up and down."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from data_contracts.vocabulary.circle import ExchangeKind, PromiseStatus, ReadingStatus
from reports.circle.events import (
    Card,
    Closed,
    Cluster,
    Dots,
    Erased,
    Event,
    Exchange,
    Filed,
    Guess,
    MinutesAdopted,
    Opened,
    Promise,
    Reading,
    Revealed,
)
from reports.circle.figure_key import OWN_QUESTION
from reports.circle.groups import groups_told


@dataclass
class Session:
    """One meeting; of what was said twice under one name the last."""

    opened: Opened
    guesses: dict[tuple[str, str], Guess] = field(default_factory=dict)
    revealed: dict[str, Revealed] = field(default_factory=dict)
    cards: dict[str, Card] = field(default_factory=dict)
    erased: dict[str, Erased] = field(default_factory=dict)  # cards whose words are gone
    clusters: dict[str, Cluster] = field(default_factory=dict)
    dots: dict[tuple[str, str], Dots] = field(default_factory=dict)
    closed: Closed | None = None
    adopted_in: str = ""  # the session that adopted its minutes

    @property
    def id(self) -> str:
        """Its day, and a word where one day has two."""
        return self.opened.session

    @property
    def groups(self) -> dict[str, int]:
        """The groups that are told apart, with how many people."""
        return groups_told(self.opened.present)

    @property
    def topics(self) -> list[str]:
        """What is talked about: the figures, and the circle's own question where it has one or cards are about it."""
        asked = self.opened.question or any(one.topic == OWN_QUESTION for one in self.cards.values())
        return [*self.opened.agenda, *([OWN_QUESTION] if asked else [])]

    def weighed(self) -> list[tuple[Cluster, int]]:
        """The clusters with their dots, heaviest first."""
        found = [
            (one, sum(dots.dots for (cluster, _), dots in self.dots.items() if cluster == item))
            for item, one in self.clusters.items()
        ]
        return sorted(found, key=lambda pair: -pair[1])


@dataclass
class Memory:
    """Everything, oldest session first."""

    sessions: dict[str, Session] = field(default_factory=dict)
    readings: dict[str, Reading] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    exchanges: dict[str, Exchange] = field(default_factory=dict)
    filed: list[Filed] = field(default_factory=list)
    adoptions: list[MinutesAdopted] = field(default_factory=list)
    said: dict[str, list[Reading | Promise | Exchange]] = field(default_factory=dict)  # item -> all that was said of it

    def before(self, session: str) -> Session | None:
        """The last session before this one."""
        earlier = [one for name, one in sorted(self.sessions.items()) if name < session]
        return earlier[-1] if earlier else None

    def open_promises(self) -> list[Promise]:
        """What was agreed and is not done yet, the first due first."""
        found = [one for one in self.promises.values() if one.status is PromiseStatus.OPEN]
        return sorted(found, key=lambda one: (one.due, one.item))

    def adopted_readings(self) -> list[Reading]:
        """The readings that may stand beside their figure."""
        return [one for one in self.readings.values() if one.status is not ReadingStatus.CONCEPT]

    def unanswered(self) -> list[Exchange]:
        """What went up and has no answer yet."""
        answered = {one.answers for one in self.exchanges.values() if one.what is ExchangeKind.ANSWER}
        return [one for one in self.exchanges.values() if one.what.goes_up and one.item not in answered]

    def answer_to(self, item: str) -> Exchange | None:
        """The answer to something that went up."""
        return next((one for one in self.exchanges.values() if one.answers == item), None)

    def next_date(self) -> dt.date | None:
        """When the circle meets again, as said at the last close."""
        closed = [one.closed for _, one in sorted(self.sessions.items()) if one.closed]
        return closed[-1].next_on if closed else None


def remembered(events: Iterable[Event]) -> Memory:
    """The memory that these records make, in their order."""
    memory = Memory()
    for event in events:
        if isinstance(event, Opened):
            known = memory.sessions.get(event.session)
            if known:
                known.opened = event
            else:
                memory.sessions[event.session] = Session(event)
        else:
            _add(memory, event)
    return memory


def _add(memory: Memory, event: Event) -> None:
    if isinstance(event, Reading | Promise | Exchange):
        memory.said.setdefault(event.item, []).append(event)
    match event:
        case Reading():
            memory.readings[event.item] = event
        case Promise():
            memory.promises[event.item] = event
        case Exchange():
            memory.exchanges[event.item] = event
        case Filed():
            memory.filed.append(event)
        case MinutesAdopted():
            memory.adoptions.append(event)
            if event.of in memory.sessions:
                memory.sessions[event.of].adopted_in = event.session
        case _:
            session = memory.sessions.get(event.session)
            if session:
                _add_to(session, event)


def _add_to(session: Session, event: Event) -> None:
    match event:
        case Guess():
            session.guesses[event.figure, event.group] = event
        case Revealed():
            session.revealed[event.figure] = event
        case Card():
            session.cards[event.id] = event
        case Cluster():
            session.clusters[event.item] = event
        case Dots():
            session.dots[event.cluster, event.group] = event
        case Erased():
            session.erased[event.id] = event
        case Closed():
            session.closed = event
