"""`wijkbaat ui`: Dagster's own pages, sensor and schedule over one study and its home."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipelines.storage.home import Home
from pipelines.study.workplace import read_study


def ui_command(study: Path, root: Path, port: int) -> tuple[list[str], dict[str, str]]:
    """The command and the environment that start Dagster on this machine; the home is prepared first.

    A prepared home brings our settings (no telemetry), and a closed zone that only its owner can read.
    """
    read_study(study)
    home = Home(root.resolve())
    home.prepare()
    command = [sys.executable, "-m", "dagster", "dev", "-m", "pipelines.definitions"]
    environment = {
        **os.environ,
        "WIJKBAAT_STUDY": str(study.resolve()),
        "WIJKBAAT_HOME": str(home.root),
        "DAGSTER_HOME": str(home.dagster),
    }
    return [*command, "--host", "127.0.0.1", "--port", str(port)], environment


def open_ui(study: Path, root: Path, port: int) -> None:
    """Run Dagster until it is stopped."""
    command, environment = ui_command(study, root, port)
    subprocess.run(command, env=environment, check=False)  # noqa: S603  our own command
