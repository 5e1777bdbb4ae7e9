"""`wijkbaat session`: the learning circle's app on this machine, over one release."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from data_contracts.errors import StudyError
from pipelines.releases.release import current
from pipelines.storage.home import Home
from pipelines.storage.house import HOUSE

NOTEBOOK = HOUSE / "notebooks" / "verkennen.py"


def session_command(root: Path, release: str | None) -> tuple[list[str], dict[str, str]]:
    """The command and the environment that open the app; raises StudyError when there is nothing to open."""
    home = Home(root)
    name = release or current(home)
    if name is None:
        raise StudyError("Er is nog geen goedgekeurde publicatie. Keur een concept goed, of noem er een met --release.")
    tables = home.released / name / "tables"
    if not tables.is_dir():
        raise StudyError(f"Publicatie '{name}' bestaat niet. Zie wijkbaat release list.")
    # Only this machine, with a token in the address; nothing is sent anywhere.
    command = [sys.executable, "-m", "marimo", "run", str(NOTEBOOK), "--host", "127.0.0.1"]
    return command, {**os.environ, "WIJKBAAT_RELEASE": str(tables), "MARIMO_SKIP_UPDATE_CHECK": "1"}


def open_session(root: Path, release: str | None) -> None:
    """Run the app until it is closed."""
    command, environment = session_command(root, release)
    subprocess.run(command, env=environment, check=False)  # noqa: S603  our own command
