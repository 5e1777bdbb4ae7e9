"""The release that a conversation speaks about: the one that counts, else the newest that was not withdrawn."""

from __future__ import annotations

from pathlib import Path

from data_contracts.errors import StudyError
from pipelines.releases.release import Release, current, releases, require_unchanged
from pipelines.storage.home import Home
from pipelines.storage.journal import LAST


def published(home: Home) -> Release | None:
    """The release that counts or waits for approval; None before the first run."""
    home.settle()
    known = releases(home)
    now = current(home) if known else None
    standing = [one for one in known if one.status != "withdrawn"]
    counts = next((one for one in known if one.name == now), None)
    return counts or newest_release(home) or (standing[-1] if standing else None)


def newest_release(home: Home) -> Release | None:
    """The release that the last run made, unless it was withdrawn; of one day a name does not tell which is last."""
    last = home.closed / LAST
    name = last.read_text(encoding="utf-8").strip() if last.is_file() else ""
    return next((one for one in releases(home) if one.name == name and one.status != "withdrawn"), None)


def require_published(home: Home, study: Path) -> Release:
    """The release to speak about; StudyError with the command that makes one."""
    found = published(home)
    if found is None:
        do = f"Doe eerst: wijkbaat run {study} --home {home.root}"
        raise StudyError(f"Er is nog geen publicatie in '{home.root}'. {do}")
    require_unchanged(found.directory)
    return found
