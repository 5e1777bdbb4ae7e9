"""Releases: a directory written beside, manifest last, one rename; then people decide.

released/
  <release>/           report.html, wat-is-er-veranderd.txt, mkba.xlsx, tables/ ..., manifest.json: never changed later
  CURRENT              the name of the approved release
  decisions.jsonl      who approved or withdrew what, when and why
  LEDGER               the releases that the ledger in the closed zone must hold

The rows of named teams that belong to a release lie in restricted/ under its name (restricted.py).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import StudyError
from data_contracts.gate.admission import objection
from pipelines.releases.restricted import TeamFiles, changed_teams, teams_sha256, write_teams
from pipelines.storage.home import Home
from pipelines.storage.journal import CURRENT
from pipelines.storage.platform import sync_directory, write_whole
from pipelines.storage.whole import MANIFEST, damaged_files, listed, sha256_of_json, write_directory

CHANGED = "wat-is-er-veranderd.txt"  # the page that whoever approves sees
DECISIONS = "decisions.jsonl"
FIRST = "approve_first"  # of the two names that a study may ask
_STATUS = {"approve": "approved", "withdraw": "withdrawn"}
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Release:
    """One release as it lies in the released zone."""

    name: str
    directory: Path
    status: str


def publish(home: Home, files: dict[str, bytes], teams: TeamFiles, facts: dict[str, object], as_of: str) -> Release:
    """Write a release whole; the same content gives the same name and is not written twice.

    `files` maps a path inside the release to its bytes; `facts` are what the manifest says beside their hashes. The
    rows of `teams` are put in place first: a release that exists has them, and without it nothing points to them.
    """
    body = {**facts, "as_of": as_of, "files": listed(files), "teams_sha256": teams_sha256(teams)}
    name = _name_of(body)
    write_teams(home, name, teams)
    directory = home.released / name
    if not (directory / MANIFEST).exists():
        write_directory(directory, files, {"release": name, **body})
    return Release(name, directory, status_of(home, name))


def _name_of(body: dict[str, object]) -> str:
    """Day and hash of what a manifest says, so that another content is another release."""
    return f"{body.get('as_of')}-{sha256_of_json(body)[:8]}"


def decide(home: Home, name: str, decision: str, by: str, why: str, on: dt.date) -> Release:
    """Approve, approve as the first of two, or withdraw; approving moves CURRENT, withdrawing empties it.

    Name and reason stand beside what is published, so they pass the same check as every other word that leaves.
    """
    directory = release_named(home, name)
    if decision in ("approve", FIRST):
        require_unchanged(directory)
        _require_none(name, changed_teams(home, name, directory))
    add_decision(home, {"release": name, "decision": decision}, by, why, on)
    if decision == "approve":
        write_whole(home.released / CURRENT, f"{name}\n".encode())
    elif decision == "withdraw" and current(home) == name:
        (home.released / CURRENT).unlink()
        sync_directory(home.released)
    return Release(name, directory, status_of(home, name))


def add_decision(home: Home, record: dict[str, str], by: str, why: str, on: dt.date) -> None:
    """Put a decision on record, in somebody's name and with a reason that may stand beside what is published."""
    for option, text in (("--by", by), ("--why", why)):
        problem = objection(text, released_by=by)
        if problem is not None:
            raise StudyError(f"De tekst achter {option} {problem}. Zij komt bij de publicatie te staan; pas haar aan.")
    log = home.released / DECISIONS
    lines = log.read_text(encoding="utf-8") if log.exists() else ""
    whole = json.dumps({**record, "by": by, "why": why, "on": on.isoformat()}, ensure_ascii=False, sort_keys=True)
    write_whole(log, (lines + whole + "\n").encode("utf-8"))


def current(home: Home) -> str | None:
    """The approved release, if any; StudyError when CURRENT names none that is there."""
    pointer = home.released / CURRENT
    if not pointer.exists():
        return None
    name = pointer.read_bytes().decode("utf-8", "replace").strip()
    if _NAME.fullmatch(name) and (home.released / name / MANIFEST).is_file():
        return name
    known = ", ".join(release.name for release in releases(home)) or "geen"
    raise StudyError(
        f"{pointer} noemt geen publicatie die er is, dus niet te zeggen is welke geldt. Bekend: {known}. "
        "Gooi dat bestand weg en keur de juiste opnieuw goed met wijkbaat release approve."
    )


def release_named(home: Home, name: str) -> Path:
    """The directory of a release; StudyError for any name that is not one of a release in this home."""
    directory = home.released / name
    if _NAME.fullmatch(name) and not directory.is_symlink() and (directory / MANIFEST).is_file():
        return directory
    known = ", ".join(release.name for release in releases(home)) or "geen"
    raise StudyError(f"Er is geen publicatie '{name}'. Bekend: {known}.")


def status_of(home: Home, name: str) -> str:
    """concept, approved or withdrawn: the last decision that changes it counts."""
    mine = [record["decision"] for record in decisions(home) if record["release"] == name]
    return next((_STATUS[decision] for decision in reversed(mine) if decision in _STATUS), "concept")


def approved_ever(home: Home) -> list[str]:
    """Every release that could once be read, also when it was withdrawn later: what was decided, and CURRENT."""
    approved = [record["release"] for record in decisions(home) if record["decision"] == "approve"]
    now = current(home)
    return list(dict.fromkeys(approved + ([now] if now else [])))


def decisions(home: Home) -> list[dict[str, str]]:
    """Every decision as it stands on record, oldest first."""
    log = home.released / DECISIONS
    found = []
    for number, line in enumerate(log.read_bytes().splitlines() if log.exists() else [], start=1):
        try:
            record = {str(name): str(value) for name, value in json.loads(line).items()}
        except (ValueError, AttributeError):
            record = {}
        found.append(record if {"release", "decision"} <= record.keys() else {})
        if not found[-1]:
            raise StudyError(
                f"Regel {number} van {log} is niet te lezen, dus niet te zeggen is wat er besloten is. Zet het bestand "
                "terug uit een reservekopie, of haal die regel weg en neem dat besluit opnieuw met wijkbaat release."
            )
    return found


def releases(home: Home) -> list[Release]:
    """Every finished release, oldest name first."""
    if not home.released.is_dir():
        return []
    found = [
        path for path in sorted(home.released.iterdir()) if _NAME.fullmatch(path.name) and (path / MANIFEST).is_file()
    ]
    return [Release(path.name, path, status_of(home, path.name)) for path in found]


def require_unchanged(directory: Path) -> None:
    """StudyError when a release is not what was made.

    The name of a release is a hash of its manifest, so a manifest that was written anew is noticed too.
    """
    _require_none(directory.name, damaged_files(directory))
    manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    body = {key: value for key, value in manifest.items() if key != "release"}
    _require_none(directory.name, [] if _name_of(body) == directory.name else [MANIFEST])


def _require_none(name: str, changed: list[str]) -> None:
    if changed:
        raise StudyError(f"Publicatie '{name}' is veranderd na het maken: {', '.join(changed)}. Maak haar opnieuw.")
