"""What a check of the analysis finds, as data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MkbaFinding:
    """One finding: 'blocks' keeps every total out of the chapter, 'warns' stands beside it."""

    rule: str
    severity: str
    where: str
    what: str
    to_do: str
