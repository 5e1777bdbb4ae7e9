"""Approving: what whoever approves reads, and the second name that a study may ask."""

from __future__ import annotations

import re

from data_contracts.errors import StudyError
from data_contracts.vocabulary.names import folded
from pipelines.releases.release import CHANGED, FIRST, decisions, release_named
from pipelines.storage.home import Home


def first_approval(home: Home, name: str) -> str | None:
    """Who approved a release that still waits for a second name."""
    mine = [record for record in decisions(home) if record["release"] == name]
    return mine[-1].get("by") if mine and mine[-1]["decision"] == FIRST else None


def needs_second_name(home: Home, name: str, by: str) -> str:
    """The decision that an approval by `by` is where a study asks two names; StudyError for the same name twice."""
    first = first_approval(home, name)
    if first is None:
        return FIRST
    if _person(first) == _person(by):
        raise StudyError(
            f"{first} heeft publicatie '{name}' al goedgekeurd. Deze studie vraagt een tweede naam (approval: two): "
            "laat iemand anders haar lezen en goedkeuren."
        )
    return "approve"


def _person(by: str) -> str:
    """A name without the function behind it."""
    return folded(re.split(r"[,(]", by)[0])


def changed_page(home: Home, name: str) -> str:
    """What changed since the release before, as it stands in this one."""
    page = release_named(home, name) / CHANGED
    return page.read_text(encoding="utf-8") if page.is_file() else ""
