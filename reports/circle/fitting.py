"""Whether a record fits what the circle remembers already: StudyError, with what to do, where it does not."""

from __future__ import annotations

from data_contracts.errors import StudyError
from data_contracts.vocabulary.circle import ReadingStatus, group_label
from reports.circle.events import Card, Dots, Event, Exchange, Filed, Guess, MinutesAdopted, Opened, Reading
from reports.circle.memory import Memory, Session


def require_fits(event: Event, memory: Memory) -> None:
    """A session opens first; only groups that are told apart speak; one adopts at a later meeting."""
    if isinstance(event, Opened):
        if not sum(event.present.values()):
            raise StudyError("Er is nog niemand. Vul bij 'Hoeveel mensen zijn er?' per groep een aantal in.")
        return
    session = memory.sessions.get(event.session)
    if session is None and not isinstance(event, Exchange):
        raise StudyError("Deze bijeenkomst is nog niet geopend. Begin met 'Bijeenkomst openen'.")
    match event:
        case Guess() | Card() | Dots() if session:
            _require_told_apart(session, (event.group,))
            _require_hands(session, event)
        case Reading() if session:
            _require_told_apart(session, event.groups)
            _require_earlier_concept(event, memory)
        case MinutesAdopted():
            if event.of not in memory.sessions or event.of >= event.session:
                raise StudyError("Een verslag stelt u vast op een latere bijeenkomst dan die waarover het gaat.")
        case Filed():
            if not any(event.card in one.cards for one in memory.sessions.values()):
                raise StudyError("Die kaart is er niet (meer). Kies een kaart uit de lijst.")
        case Exchange() if event.answers is not None and event.answers not in memory.exchanges:
            raise StudyError("Dat punt is er niet. Zie wijkbaat circle list voor de nummers.")


def _require_told_apart(session: Session, groups: tuple[str, ...]) -> None:
    """A group of fewer than four would point at somebody, so it speaks with other small ones."""
    known = session.groups
    other = [one for one in groups if one not in known]
    if other:
        names = ", ".join(group_label(one) for one in known)
        raise StudyError(
            f"De groep '{group_label(other[0])}' staat niet apart in deze bijeenkomst: zij is er niet, of met minder "
            f"dan vier. Kies uit: {names}."
        )


def _require_hands(session: Session, event: Event) -> None:
    if isinstance(event, Guess):
        raised, there = event.up + event.equal + event.down, session.groups[event.group]
        if not 0 < raised <= there:
            raise StudyError(
                f"U telde {raised} handen bij {group_label(event.group)}, en in die groep zitten {there} mensen. "
                "Tel die groep opnieuw."
            )
        if event.figure in session.revealed:
            raise StudyError("Dit cijfer is al onthuld. Raden kan alleen ervoor.")


def _require_earlier_concept(event: Reading, memory: Memory) -> None:
    before = memory.readings.get(event.item)
    if event.status is ReadingStatus.CONCEPT:
        return
    if before is None or before.session >= event.session:
        raise StudyError("Een lezing is eerst concept en wordt op een volgende bijeenkomst vastgesteld of herzien.")
