"""Texts and paths as SQL writes them."""

from __future__ import annotations

from collections.abc import Iterable


def quoted(value: object) -> str:
    """A text or a path as a literal."""
    return "'" + str(value).replace("'", "''") + "'"


def listed(values: Iterable[object]) -> str:
    """Literals with a comma between them."""
    return ", ".join(map(quoted, values))
