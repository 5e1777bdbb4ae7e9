"""What a form does with what was typed: offers records to the memory through `keep`, and says what became of it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any, Protocol

from reports.circle.naming import group_name

Said = Mapping[str, Any]


class Keep(Protocol):
    """Keeps records in their order and tells `done`, or why one is not kept."""

    def __call__(self, *records: dict[str, Any], done: str) -> None: ...


def new_mark() -> str:
    """A mark for a new record; a form makes it once, so that a second press sends the same record."""
    return uuid.uuid4().hex


def names_of(groups: Mapping[str, int]) -> dict[str, str]:
    """Name at the begin of a line -> code of each group that is told apart."""
    return {group_name(code): code for code in groups}
