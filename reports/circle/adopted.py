"""What of a circle's words may stand in a report: only what the circle adopted, and never about one team."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from data_contracts.gate.admission import objection
from reports.circle.events import Exchange, Promise, Reading
from reports.circle.expected import Expected, expectations
from reports.circle.figure_key import choice_of
from reports.circle.memory import Memory


@dataclass(frozen=True, slots=True)
class CircleWords:
    """Readings by figure, agreements, what went up with its answer, what groups expected, and the next meeting."""

    readings: tuple[Reading, ...] = ()
    promises: tuple[Promise, ...] = ()
    exchanges: tuple[tuple[Exchange, Exchange | None], ...] = ()
    expected: tuple[Expected, ...] = ()
    next_on: dt.date | None = None


NO_WORDS = CircleWords()


def circle_words(memory: Memory) -> CircleWords:
    """Of sessions whose minutes were adopted; every text passes the door of words that leave once more."""
    adopted = {name: one for name, one in memory.sessions.items() if one.adopted_in}
    first = {item: said[0].session for item, said in memory.said.items()}
    readings = (one for one in memory.adopted_readings() if not choice_of(one.figure).is_of_a_team)
    promises = (one for item, one in memory.promises.items() if first[item] in adopted)
    exchanges = (
        (one, memory.answer_to(item))
        for item, one in memory.exchanges.items()
        if first[item] in adopted and one.answers is None
    )
    return CircleWords(
        tuple(one for one in readings if _may_leave(one.text, one.dissent)),
        tuple(one for one in promises if _may_leave(one.text, one.owner, one.why)),
        tuple(
            (one, answer if answer and _may_leave(answer.text, answer.owner) else None)
            for one, answer in exchanges
            if _may_leave(one.text, one.owner)
        ),
        tuple(expectations(adopted.values())),
        memory.next_date(),
    )


def _may_leave(*texts: str) -> bool:
    return all(objection(text, released_by="de leerkring") is None for text in _said(texts))


def _said(texts: Iterable[str]) -> list[str]:
    return [text for text in texts if text]
