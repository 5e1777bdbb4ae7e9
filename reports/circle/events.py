"""What can happen in a circle, one small record each; together they are its memory.

A record never changes. What changes (a reading, a promise) is said anew under the same `item`, and the last one counts.
The day is kept and not the time: an hour would tell who wrote a card.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from data_contracts.study import Part
from data_contracts.vocabulary.circle import (
    ExchangeKind,
    FiledAs,
    OwnQuestion,
    PromiseStatus,
    ReadingStatus,
    RoleGroup,
    Round,
)
from data_contracts.vocabulary.logic import TestStatus
from reports.circle.figure_key import OWN_QUESTION, choice_of
from reports.circle.spoken import MaybeSpoken, Spoken

Mark = Annotated[str, Field(pattern=r"^[0-9a-z-]{8,64}$")]
SessionId = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}(-[a-z0-9]{1,12})?$")]
LinkId = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
FigureKey = Annotated[str, AfterValidator(lambda key: choice_of(key).key)]
Topic = Annotated[str, AfterValidator(lambda key: key if key == OWN_QUESTION else choice_of(key).key)]
Group = RoleGroup | Literal["together"]
Hands = Annotated[int, Field(ge=0, le=500)]


class Event(Part):
    """One thing that happened: its own mark, in which session, on which day."""

    id: Mark
    session: SessionId
    on: dt.date


class Opened(Event):
    """A session with its agenda of one to four figures, its own question, and how many of each group are there."""

    kind: Literal["opened"] = "opened"
    agenda: tuple[FigureKey, ...] = Field(min_length=1, max_length=4)
    present: dict[RoleGroup, Hands]
    question: MaybeSpoken = ""
    question_goes: OwnQuestion | None = None
    exercises: tuple[Mark, ...] = Field(default=(), max_length=2)
    release: str = Field(default="", pattern=r"^(\d{4}-\d{2}-\d{2}-[0-9a-f]{8})?$")


class Guess(Event):
    """Hands counted in one group, before the figure is shown."""

    kind: Literal["guess"] = "guess"
    figure: FigureKey
    group: Group
    up: Hands
    equal: Hands
    down: Hands


class Revealed(Event):
    """What the figure showed: 1, 0 or -1; missing where it is not shown."""

    kind: Literal["revealed"] = "revealed"
    figure: FigureKey
    shows: Literal[-1, 0, 1] | None = None


class Card(Event):
    """One thought of somebody in a group, in one of the four rounds."""

    kind: Literal["card"] = "card"
    topic: Topic
    round: Round
    group: Group
    text: Spoken


class Cluster(Event):
    """Cards that belong together, with a name."""

    kind: Literal["cluster"] = "cluster"
    item: Mark
    topic: Topic
    name: Spoken
    cards: tuple[Mark, ...] = Field(min_length=1)


class Dots(Event):
    """How heavily a group weighs a cluster."""

    kind: Literal["dots"] = "dots"
    cluster: Mark
    group: Group
    dots: Annotated[int, Field(ge=0, le=99)]


class Reading(Event):
    """How the circle reads a figure, by which groups, and what some see otherwise."""

    kind: Literal["reading"] = "reading"
    item: Mark
    figure: FigureKey
    text: Spoken
    status: ReadingStatus
    groups: tuple[Group, ...] = Field(min_length=1)
    dissent: MaybeSpoken = ""


class Promise(Event):
    """What was agreed: what, who (a role), before when; with a link it also is a decision about that link."""

    kind: Literal["promise"] = "promise"
    item: Mark
    text: Spoken
    owner: Spoken
    due: dt.date
    status: PromiseStatus = PromiseStatus.OPEN
    why: MaybeSpoken = ""
    link: LinkId | None = None
    link_status: TestStatus | None = None


class Exchange(Event):
    """Something that goes up to policy or comes down from it; an answer names what it answers."""

    kind: Literal["exchange"] = "exchange"
    item: Mark
    what: ExchangeKind
    text: Spoken
    owner: Spoken
    due: dt.date | None = None
    status: PromiseStatus = PromiseStatus.OPEN
    answers: Mark | None = None


class Filed(Event):
    """A card, in words that everybody can stand behind, as evidence or a rival on a link of the tree."""

    kind: Literal["filed"] = "filed"
    card: Mark
    link: LinkId
    filed_as: FiledAs
    text: Spoken


class Closed(Event):
    """The end of a session, and when the circle meets again."""

    kind: Literal["closed"] = "closed"
    next_on: dt.date | None = None


class MinutesAdopted(Event):
    """The minutes of an earlier session, talked through and adopted in this one."""

    kind: Literal["minutes_adopted"] = "minutes_adopted"
    of: SessionId
    dissent: MaybeSpoken = ""


class Removed(Event):
    """Somebody asks to take the words of an earlier record away; what remains is `Erased` in its place."""

    kind: Literal["removed"] = "removed"
    what: Mark


class Erased(Event):
    """The mark of words that are gone: somebody asked, or their term ended when the minutes were adopted.

    Of a card whose term ended still stands which group wrote it, in which round and about what.
    """

    kind: Literal["erased"] = "erased"
    was: Literal["card", "cluster", "filed", "exchange", "reading", "promise"]
    reason: Literal["asked", "term"]
    topic: Topic | None = None
    round: Round | None = None
    group: Group | None = None
