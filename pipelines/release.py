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
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data_contracts.errors import StudyError
from pipelines.home import Home
from pipelines.platform import sha256_of, sync_directory, sync_file, write_whole

MANIFEST, CURRENT, DECISIONS = "manifest.json", "CURRENT", "decisions.jsonl"


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
    digest = hashlib.sha256(json.dumps(body, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()
    name = f"{as_of}-{digest[:8]}"
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


def decide(home: Home, name: str, decision: str, by: str, why: str, on: dt.date) -> Release:
    """Approve or withdraw a release in somebody's name; approving moves CURRENT, withdrawing empties it."""
    directory = home.released / name
    if not (directory / MANIFEST).exists():
        known = ", ".join(release.name for release in releases(home)) or "geen"
        raise StudyError(f"Er is geen publicatie '{name}'. Bekend: {known}.")
    damaged = damaged_files(directory)
    if damaged and decision == "approve":
        raise StudyError(f"Publicatie '{name}' is veranderd na het maken: {', '.join(damaged)}. Maak haar opnieuw.")
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
    """The approved release, if any."""
    pointer = home.released / CURRENT
    return pointer.read_text(encoding="utf-8").strip() if pointer.exists() else None


def status_of(home: Home, name: str) -> str:
    """concept, approved or withdrawn: the last decision counts."""
    log = home.released / DECISIONS
    status = "concept"
    for line in log.read_text(encoding="utf-8").splitlines() if log.exists() else []:
        record = json.loads(line)
        if record["release"] == name:
            status = "approved" if record["decision"] == "approve" else "withdrawn"
    return status


def releases(home: Home) -> list[Release]:
    """Every finished release, oldest name first."""
    if not home.released.is_dir():
        return []
    found = [path for path in sorted(home.released.iterdir()) if (path / MANIFEST).exists() and path.name[0] != "."]
    return [Release(path.name, path, status_of(home, path.name)) for path in found]


def manifest_of(directory: Path) -> dict[str, Any]:
    """What the manifest of a release says."""
    return dict(json.loads((directory / MANIFEST).read_text(encoding="utf-8")))


def damaged_files(directory: Path) -> list[str]:
    """Files of a release that are not what its manifest says."""
    return [
        str(entry["path"])
        for entry in manifest_of(directory)["files"]
        if not (directory / entry["path"]).exists() or sha256_of(directory / entry["path"]) != entry["sha256"]
    ]
