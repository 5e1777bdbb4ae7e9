"""What the release before this one was made of: what a report sets itself beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

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
    measured_hash: str = ""


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
    measured_hash: str = ""


class StudyHashes(Protocol):
    """What a release or a report says of the study that it was made with."""

    @property
    def study_hash(self) -> str:
        """Of the whole study."""

    @property
    def measured_hash(self) -> str:
        """Of all of it but mkba.yaml; empty for a release of before that was kept."""


def is_measured_otherwise(before: StudyHashes, after: StudyHashes) -> bool:
    """Whether the study changed in more than the rules of its balance, which move no measured figure."""
    if before.measured_hash and after.measured_hash:
        return before.measured_hash != after.measured_hash
    return before.study_hash != after.study_hash
