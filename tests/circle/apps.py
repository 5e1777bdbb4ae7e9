"""The apps without a server: a link straight to a journal, and cells run with what a facilitator chose."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from notebooks.circle_link import CircleLink
from pipelines.storage.circle_journal import CircleJournal
from reports.circle.events import Event


class StraightLink(CircleLink):
    """A link that reaches its journal without a door."""

    def __init__(self, journal: CircleJournal) -> None:
        super().__init__({})
        self.journal = journal

    def events(self) -> list[Event]:
        return self.journal.events()


def chosen(value: Any) -> Any:
    """An element of the app with this value."""
    return SimpleNamespace(value=value)
