"""Releases: a directory written beside, manifest last, one rename; then people decide.

released/
  <release>/           report.html, mkba.xlsx, tables/, manifest.json: never changed after the rename
  CURRENT              the name of the approved release
  decisions.jsonl      who approved or withdrew what, when and why
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from data_contracts.errors import StudyError
from pipelines.home import Home
from pipelines.platform import sha256_of, sync_directory, sync_file, write_whole

MANIFEST, CURRENT, DECISIONS = "manifest.json", "CURRENT", "decisions.jsonl"
_NAME = re.compile(r"\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class Release:
    """One release as it lies in the released zone."""

    name: str
    directory: Path
    status: str


def publish(home: Home, files: dict[str, bytes], facts: dict[str, object], as_of: str) -> Release:
    """Write a release whole; the same content gives the same name and is not written twice.

    `files` maps a path inside the release to its bytes; `facts` are what the manifest says beside their hashes.
    """
    listed = [
        {"path": path, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for path, content in sorted(files.items())
    ]
    body = {**facts, "as_of": as_of, "files": listed}
    name = _name_of(body)
    directory = home.released / name
    if not (directory / MANIFEST).exists():
        unfinished = home.released / f".unfinished-{name}"
        shutil.rmtree(unfinished, ignore_errors=True)
        for path, content in sorted(files.items()):
            target = unfinished / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
            sync_file(target)
        manifest = json.dumps({"release": name, **body}, sort_keys=True, ensure_ascii=False, indent=1)
        write_whole(unfinished / MANIFEST, manifest.encode("utf-8"))
        for inner in [unfinished, *(path for path in unfinished.rglob("*") if path.is_dir())]:
            sync_directory(inner)
        shutil.rmtree(directory, ignore_errors=True)
        unfinished.rename(directory)
        sync_directory(home.released)
    return Release(name, directory, status_of(home, name))


def _name_of(body: dict[str, object]) -> str:
    """Day and hash of what a manifest says, so that another content is another release."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()
    return f"{body['as_of']}-{digest[:8]}"


def decide(home: Home, name: str, decision: str, by: str, why: str, on: dt.date) -> Release:
    """Approve or withdraw a release in somebody's name; approving moves CURRENT, withdrawing empties it."""
    directory = release_named(home, name)
    if decision == "approve":
        require_unchanged(directory)
    record = {"release": name, "decision": decision, "by": by, "why": why, "on": on.isoformat()}
    log = home.released / DECISIONS
    lines = log.read_text(encoding="utf-8") if log.exists() else ""
    write_whole(log, (lines + json.dumps(record, ensure_ascii=False, sort_keys=True) + "\n").encode("utf-8"))
    if decision == "approve":
        write_whole(home.released / CURRENT, f"{name}\n".encode())
    elif current(home) == name:
        (home.released / CURRENT).unlink()
        sync_directory(home.released)
    return Release(name, directory, status_of(home, name))


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
    """concept, approved or withdrawn: the last decision counts."""
    status = "concept"
    for record in _decisions(home):
        if record["release"] == name:
            status = "approved" if record["decision"] == "approve" else "withdrawn"
    return status


def _decisions(home: Home) -> list[dict[str, str]]:
    """Every decision, oldest first."""
    log = home.released / DECISIONS
    found = []
    for number, line in enumerate(log.read_bytes().splitlines() if log.exists() else [], start=1):
        try:
            record = json.loads(line)
            found.append({"release": str(record["release"]), "decision": str(record["decision"])})
        except (ValueError, KeyError, TypeError):
            found.append({})
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
    """StudyError when a release is not what was made."""
    damaged = damaged_files(directory)
    if damaged:
        raise StudyError(
            f"Publicatie '{directory.name}' is veranderd na het maken: {', '.join(damaged)}. Maak haar opnieuw."
        )


def damaged_files(directory: Path) -> list[str]:
    """What in a release is not as its manifest says: files that changed, went, or came beside its tables.

    The name of a release is a hash of its manifest, so a manifest that was written anew is damaged too.
    """
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        named = _name_of({key: value for key, value in manifest.items() if key != "release"})
        listed = {str(entry["path"]): str(entry["sha256"]) for entry in manifest["files"]}
    except (ValueError, KeyError, TypeError, AttributeError):
        return [MANIFEST]
    damaged = [] if named == directory.name else [MANIFEST]
    for path, sha256 in listed.items():
        file = directory / path
        if file.is_symlink() or not file.is_file() or sha256_of(file) != sha256:
            damaged.append(path)
    tables = [path.relative_to(directory).as_posix() for path in sorted((directory / "tables").rglob("*"))]
    return damaged + [path for path in tables if path not in listed]
