"""Taking words away: what is asked for goes at once, and the cards of a session go when its minutes are adopted."""

from __future__ import annotations

from collections.abc import Sequence

from data_contracts.errors import StudyError
from reports.circle.events import Card, Cluster, Erased, Event, Exchange, Filed, Promise, Reading, Removed

_CAN_GO = (Card, Cluster, Filed, Exchange, Reading, Promise)


def after_removal(events: Sequence[Event], asked: Removed) -> list[Event]:
    """The records with the words of one of them, and of all that was said under its item, replaced by a mark."""
    found = [one for one in events if isinstance(one, _CAN_GO) and asked.what in (one.id, getattr(one, "item", ""))]
    if not found:
        raise StudyError("Dat is er niet, of het is al weggehaald.")
    gone = {one.id for one in found}
    return [_mark(one, "asked") if one.id in gone else _without(one, gone) for one in events]


def after_term(events: Sequence[Event], session: str) -> list[Event]:
    """The records with the words of the cards of a session gone; its piles, readings and promises stay."""
    return [_mark(one, "term") if isinstance(one, Card) and one.session == session else one for one in events]


def _mark(event: Event, reason: str) -> Erased:
    kept = {"topic": event.topic, "round": event.round, "group": event.group} if isinstance(event, Card) else {}
    if reason == "asked":
        kept = {}
    was = event.model_dump()["kind"]
    return Erased.model_validate(
        {"id": event.id, "session": event.session, "on": event.on, "was": was, "reason": reason, **kept}
    )


def _without(event: Event, gone: set[str]) -> Event:
    """A pile without the cards that were taken away; one of which nothing is left keeps its name."""
    if not isinstance(event, Cluster):
        return event
    cards = tuple(card for card in event.cards if card not in gone)
    return event.model_copy(update={"cards": cards or event.cards})
