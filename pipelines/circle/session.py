"""`wijkbaat session`: the learning circle's apps on this machine, over one release."""

from __future__ import annotations

from pathlib import Path

from data_contracts.errors import StudyError, WijkbaatError
from pipelines.releases.release import current, release_named, require_unchanged
from pipelines.releases.restricted import directory_of
from pipelines.serving.family import run_family
from pipelines.storage.home import Home
from pipelines.study.workplace import read_study

NO_RELEASE = (
    "Er is nog geen goedgekeurde publicatie. Vraag de onderzoeker om er een te maken (wijkbaat run) en goed te laten "
    "keuren (wijkbaat release approve)."
)


def session_environment(study: Path, root: Path, release: str | None, team: str | None = None) -> dict[str, str]:
    """What tells the apps their release, study and home; StudyError when no release is there as it was made."""
    home = Home(root)
    home.settle()
    name = release or current(home)
    if name is None:
        raise StudyError(NO_RELEASE)
    directory = release_named(home, name)
    require_unchanged(directory)
    return {
        "WIJKBAAT_RELEASE": str(directory.resolve() / "tables"),
        "WIJKBAAT_RELEASE_NAME": name,
        "WIJKBAAT_TEAM": str(_tables_of(home, team, name)) if team else "",
        "WIJKBAAT_HOME": str(root.resolve()),
        "WIJKBAAT_STUDY": str(study.resolve()),
        "WIJKBAAT_TOWN": read_study(study).study.municipality,
        "MARIMO_SKIP_UPDATE_CHECK": "1",
    }


def _tables_of(home: Home, team: str, release: str) -> Path:
    """The rows of one team beside a release: for the circle of that team, which is the one that is named."""
    found = directory_of(home, team) / release / "tables"
    if not found.is_dir():
        raise StudyError(
            f"Van team '{team}' staan geen eigen cijfers bij publicatie {release}. Schrijf de naam zoals in teams.yaml "
            "of in de levering; een team met te weinig mensen heeft geen eigen cijfers."
        )
    return found.resolve()


def open_session(study: Path, root: Path, release: str | None, team: str | None) -> None:
    """Run the apps until they are closed."""
    if run_family("pipelines.serving.circle_app", [], session_environment(study, root, release, team)):
        raise WijkbaatError("De app is onverwacht gestopt. Start wijkbaat session opnieuw.")
