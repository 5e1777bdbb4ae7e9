"""`wijkbaat session`: the learning circle's app on this machine, over one release."""

from __future__ import annotations

from pathlib import Path

from data_contracts.errors import StudyError, WijkbaatError
from pipelines.releases.release import current, release_named, require_unchanged
from pipelines.serving.family import run_family
from pipelines.storage.home import Home


def session_environment(root: Path, release: str | None) -> dict[str, str]:
    """What tells the app its release; raises StudyError when there is none that is as it was made."""
    home = Home(root)
    home.settle()
    name = release or current(home)
    if name is None:
        raise StudyError("Er is nog geen goedgekeurde publicatie. Keur een concept goed, of noem er een met --release.")
    directory = release_named(home, name)
    require_unchanged(directory)
    return {
        "WIJKBAAT_RELEASE": str(directory.resolve() / "tables"),
        "WIJKBAAT_RELEASE_NAME": name,
        "WIJKBAAT_HOME": str(root.resolve()),
        "MARIMO_SKIP_UPDATE_CHECK": "1",
    }


def open_session(root: Path, release: str | None) -> None:
    """Run the app until it is closed."""
    if run_family("pipelines.serving.circle_app", [], session_environment(root, release)):
        raise WijkbaatError("De app is onverwacht gestopt. Start wijkbaat session opnieuw.")
