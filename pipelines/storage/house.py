"""The software where it lies: a working copy, or the directory below which a wheel puts the same files."""

from __future__ import annotations

import functools
import importlib.util
import os
import subprocess
from pathlib import Path

from data_contracts.errors import StudyError

HOUSE = Path(__file__).resolve().parents[2]
ROOMS = ("pipelines", "reports", "notebooks", "mkba", "indicators", "data_contracts")
UNKNOWN = "onbekend"
UNKNOWN_COMMIT = (
    "Let op: van deze kopie van wijkbaat is de commit niet bekend; de publicatie zegt 'onbekend'. "
    "Installeer wijkbaat uit een wheel of een werkkopie van git om haar later precies zo te kunnen maken."
)


def require_own_rooms() -> None:
    """Raise StudyError when another package of this Python goes by the name of one of our rooms."""
    for room in ROOMS:
        found = importlib.util.find_spec(room)
        places = [Path(place).resolve() for place in (found.submodule_search_locations if found else None) or ()]
        if places != [HOUSE / room]:
            where = str(places[0]) if places else "nergens"
            raise StudyError(
                f"Het onderdeel '{room}' van wijkbaat staat in {HOUSE}, maar deze Python leest het uit {where}. "
                "Installeer wijkbaat in een omgeving van zichzelf: python -m venv NAAM."
            )


@functools.cache
def commit() -> str:
    """The commit of this software, `-dirty` when its files were changed since; UNKNOWN where nothing tells it.

    A wheel and a source distribution carry it in COMMIT. Needs no tags.
    """
    if (HOUSE / ".git").exists():
        return _described() or UNKNOWN
    written = HOUSE / "COMMIT"
    return written.read_text(encoding="utf-8").strip() if written.exists() else UNKNOWN


def _described() -> str | None:
    """What git says of the working copy; None without git. A copy of another owner is read too, and only read.

    Not `git describe --dirty`: that writes the index anew, and leaves a lock in the repository when it is cut short.
    """
    git = ["git", "-c", f"safe.directory={HOUSE}", "-C", str(HOUSE)]
    status = ["status", "--porcelain=v2", "--branch", "--untracked-files=no"]
    try:
        told = subprocess.run(  # noqa: S603  our own words
            [*git, *status],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"GIT_OPTIONAL_LOCKS": "0"},
        )
    except (OSError, subprocess.CalledProcessError):
        return None
    lines = told.stdout.splitlines()
    (head,) = (line.removeprefix("# branch.oid ") for line in lines if line.startswith("# branch.oid "))
    if head == "(initial)":
        return None
    return head if all(line.startswith("#") for line in lines) else f"{head}-dirty"
