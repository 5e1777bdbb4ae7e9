"""What the sensors keep between two looks, as the text that Dagster keeps for them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from pipelines.on_schedule.looking import Seen
from pipelines.on_schedule.trying import Tried


@dataclass(frozen=True, slots=True)
class Behind:
    """The deliveries that count, in one word, and how often a publication of these was tried; None once it is done."""

    state: str
    tried: Tried | None = None

    @staticmethod
    def of(text: str | None) -> Behind:
        """Read back; a text of before tries were counted is one word."""
        try:
            state, tried = json.loads(text or "")
            return Behind(state, Tried(**tried) if tried else None)
        except (ValueError, TypeError):
            return Behind("")

    @property
    def text(self) -> str:
        """As Dagster keeps it."""
        return json.dumps([self.state, asdict(self.tried) if self.tried else None])


@dataclass(frozen=True, slots=True)
class Inbox:
    """The inbox as it was on the last look, and how often a delivery that lies there was tried, by its run key."""

    seen: Seen
    tried: Mapping[str, Tried] = field(default_factory=dict)

    @staticmethod
    def of(text: str | None) -> Inbox:
        """Read back; a text of before tries were counted holds the look alone."""
        known = json.loads(text) if text else {}
        if not isinstance(known, list):
            return Inbox(known)
        seen, tried = known
        return Inbox(seen, {word: Tried(**one) for word, one in tried.items()})

    @property
    def text(self) -> str:
        """As Dagster keeps it."""
        return json.dumps([self.seen, {word: asdict(one) for word, one in self.tried.items()}])
