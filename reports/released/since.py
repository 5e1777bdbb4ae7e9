"""What the release before this one was made of: what a report sets itself beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd


@dataclass(frozen=True, slots=True)
class PutRight:
    """A rectification that counts in this release: of which release, why in the words of a person, and who said so."""

    release: str
    cause: str
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that still stands: its figures of change, and by what they were made."""

    release: str
    tables: Mapping[str, pd.DataFrame]
    versions: tuple[tuple[str, str], ...]
    study_hash: str


@dataclass(frozen=True, slots=True)
class Since:
    """The release that was published before, its tables, and what went into it.

    `earlier` are all that still stand before this one, the oldest first.
    """

    release: str
    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    deliveries: tuple[str, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    study_hash: str = ""
    put_right: tuple[PutRight, ...] = ()
    asked: tuple[str, ...] = ()
    earlier: tuple[Earlier, ...] = ()
