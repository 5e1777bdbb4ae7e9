"""Rows of named teams beside a release, each team's apart, for the circle of that team only.

restricted/                readable for its owner only
  <team>/                  a name that is safe on every disk; the team's own name stands in the manifest
    <release>/             tables/, manifest.json with hashes: never changed after the rename

A team's rows count while released/CURRENT names their release: approving or withdrawing moves that one pointer and so
moves the rows of every team with it.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

from data_contracts.vocabulary.names import folded
from pipelines.storage.home import Home
from pipelines.storage.platform import sync_directory
from pipelines.storage.whole import MANIFEST, UNFINISHED, damaged_files, listed, sha256_of_json, write_directory

TeamFiles = Mapping[str, Mapping[str, bytes]]  # team -> path -> bytes
LONGEST = 40


def directory_of(home: Home, team: str) -> Path:
    """Where the rows of a team lie: letters and digits of its name, and a hash, because two names can look alike."""
    readable = re.sub(r"[^a-z0-9]+", "-", folded(team))[:LONGEST].strip("-")
    return home.restricted / f"{readable or 'team'}-{hashlib.sha256(team.encode()).hexdigest()[:8]}"


def teams_sha256(teams: TeamFiles) -> str:
    """One hash of what all teams get with a release, so that the release is about these rows and no others."""
    return sha256_of_json({team: listed(files) for team, files in teams.items()})


def write_teams(home: Home, release: str, teams: TeamFiles) -> None:
    """Put the rows of every team in place under the name of their release; what lies there already stays."""
    for team, files in sorted(teams.items()):
        place = directory_of(home, team)
        place.mkdir(parents=True, exist_ok=True)
        place.chmod(0o700)
        sync_directory(home.restricted)
        if not _is_whole(place / release):
            write_directory(place / release, files, {"team": team, "release": release, "files": listed(files)})
    _drop_without_release(home, release)


def _is_whole(directory: Path) -> bool:
    return (directory / MANIFEST).exists() and not damaged_files(directory)


def _drop_without_release(home: Home, coming: str) -> None:
    """A run that was killed may have left rows of a release that never came."""
    for directory in home.restricted.glob("*/*"):
        is_ours = directory.name.startswith(UNFINISHED) or (directory / MANIFEST).exists()
        if is_ours and directory.name != coming and not (home.released / directory.name / MANIFEST).exists():
            shutil.rmtree(directory)


def directories_with(home: Home, release: str) -> list[Path]:
    """The directories with rows of a team that belong to a release."""
    return [path.parent for path in sorted(home.restricted.glob(f"*/{release}/{MANIFEST}"))]


def changed_teams(home: Home, release: str, directory: Path) -> list[str]:
    """What is not as it was made of the teams' rows of the release in `directory`."""
    places = directories_with(home, release)
    manifests = [json.loads((place / MANIFEST).read_text(encoding="utf-8")) for place in places]
    promised = json.loads((directory / MANIFEST).read_text(encoding="utf-8")).get("teams_sha256")
    found = sha256_of_json({manifest["team"]: manifest["files"] for manifest in manifests})
    if found != promised:
        return ["de rijen van de teams in restricted/"]
    return [f"{place.relative_to(home.root)}/{path}" for place in places for path in damaged_files(place)]
