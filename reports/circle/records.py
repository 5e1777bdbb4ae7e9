"""Records as they are written and sent, and as events: the one place where what may not be kept is refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from data_contracts.errors import StudyError
from data_contracts.yaml_file import broken_in
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
    Removed,
    Revealed,
)
from reports.circle.spoken import KEPT

KINDS: dict[str, type[Event]] = {
    str(one.model_fields["kind"].default): one
    for one in (
        Opened,
        Guess,
        Revealed,
        Card,
        Cluster,
        Dots,
        Reading,
        Promise,
        Exchange,
        Filed,
        Closed,
        MinutesAdopted,
        Removed,
        Erased,
    )
}


def event_of(raw: Mapping[str, Any], *, is_kept: bool = False) -> Event:
    """A record as an event; StudyError, in words for who wrote it, for what may not be kept.

    `is_kept`: it was admitted when it was written, so that a later recogniser does not make the memory unreadable.
    """
    model = KINDS.get(str(raw.get("kind")))
    if model is None:
        raise StudyError("Dit hoort niet in het geheugen van een leerkring.")
    try:
        return model.model_validate(raw, context={KEPT: is_kept}, strict=False)
    except ValidationError as error:
        broken = broken_in(error, model)
    raise StudyError(" ".join(dict.fromkeys(_sentence(one.at, one.what, one.do) for one in broken)))


def as_record(event: Event) -> dict[str, Any]:
    """An event as it is written and sent; `event_of` reads it back."""
    return {"kind": event.model_dump()["kind"], **event.model_dump(mode="json", exclude_defaults=True)}


def _sentence(at: tuple[str | int, ...], what: str, do: str) -> str:
    name = _FIELDS.get(str(at[0])) if at else None
    told = what if what[:1].isupper() or name is None else f"{name}: {what}"
    return f"{told} {do}".strip()


_FIELDS = {
    "text": "De tekst",
    "owner": "Wie het doet",
    "due": "Voor wanneer",
    "name": "De naam van de stapel",
    "question": "Onze vraag",
    "agenda": "De agenda",
    "groups": "Door welke groepen",
    "dissent": "Wat sommigen anders zien",
    "why": "Waarom",
    "cards": "De kaarten",
    "present": "Hoeveel mensen er zijn",
    "up": "Handen voor vooruit",
    "equal": "Handen voor evenveel",
    "down": "Handen voor achteruit",
    "dots": "Stippen",
}
