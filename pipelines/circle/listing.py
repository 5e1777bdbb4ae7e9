"""`wijkbaat circle list`: what the circle remembers, in lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from data_contracts.errors import StudyError
from reports.circle.expected import expectations
from reports.circle.memory import Memory, Session
from reports.circle.naming import group_name, topic_name
from reports.language import dutch

NUMBER = 8  # of a mark so many characters tell it apart
NO_SESSION = "Er is nog geen bijeenkomst geweest. Open er een met wijkbaat session."


def named(sessions: Mapping[str, Session], session: str | None) -> str:
    """The session that was named, else the last; StudyError where it is not there."""
    if not sessions:
        raise StudyError(NO_SESSION)
    name = session or max(sessions)
    if name not in sessions:
        raise StudyError(f"Er is geen bijeenkomst '{name}'. Bekend: {', '.join(sorted(sessions))}.")
    return name


def memory_lines(memory: Memory) -> Iterator[str]:
    """Sessions, what is still open, what waits for an answer, and where expectations were off."""
    if not memory.sessions:
        yield NO_SESSION
    for name, one in sorted(memory.sessions.items()):
        state = f"verslag vastgesteld op {one.adopted_in}" if one.adopted_in else "verslag is concept"
        yield f"{name}  {sum(one.groups.values())} mensen, {len(one.opened.agenda)} cijfers, {state}"
    yield from _under(
        "Nog te doen:", (f"{one.text} ({one.owner}, {dutch.day(one.due)})" for one in memory.open_promises())
    )
    yield from _under(
        "Wacht op antwoord van beleid (wijkbaat circle answer):",
        (f"{one.item[:NUMBER]}  {one.what.label}: {one.text} ({one.owner})" for one in memory.unanswered()),
    )
    yield from _under(
        "Lezingen:",
        (f"{one.status.label}: {topic_name(one.figure)}. {one.text}" for one in memory.readings.values()),
    )
    yield from _under(
        "Waar onze verwachting afweek (Brier: 0 is alles goed, 0,67 is gokken):",
        (
            f"{group_name(one.group)}: {dutch.percent(one.share_right)} goed, Brier {dutch.decimal(one.brier, 2)}, "
            f"over {one.n_figures} cijfers"
            for one in expectations(memory.sessions.values())
        ),
    )
    next_on = memory.next_date()
    if next_on is not None:
        yield f"Volgende bijeenkomst: {dutch.day(next_on)}"


def _under(head: str, lines: Iterator[str]) -> Iterator[str]:
    for at, line in enumerate(lines):
        if not at:
            yield head
        yield f"  {line}"
