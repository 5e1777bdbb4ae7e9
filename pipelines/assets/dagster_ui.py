"""`wijkbaat ui`: Dagster's own pages, sensor and schedule over one study and its home."""

from __future__ import annotations

from pathlib import Path

from data_contracts.errors import WijkbaatError
from pipelines.serving.family import run_family
from pipelines.serving.server import listening_socket, socket_in
from pipelines.storage.home import Home
from pipelines.storage.stopping import say
from pipelines.study.workplace import read_study


def ui_environment(study: Path, root: Path) -> dict[str, str]:
    """What tells Dagster its study and home; the home is prepared first.

    A prepared home brings our settings (no telemetry), and a closed zone that only its owner can read.
    """
    read_study(study)
    home = Home(root.resolve())
    home.prepare()
    return {
        "WIJKBAAT_STUDY": str(study.resolve()),
        "WIJKBAAT_HOME": str(home.root),
        "DAGSTER_HOME": str(home.dagster),
        "DAGSTER_DISABLE_TELEMETRY": "1",
    }


def open_ui(study: Path, root: Path, port: int) -> None:
    """Run Dagster on a port of this machine until it is stopped."""
    environment = ui_environment(study, root)
    listening_socket(port).close()  # told here, and not by a child
    _run([str(port)], environment)


def serve_ui(study: Path, root: Path, socket: Path, host: str) -> None:
    """Run Dagster as a service behind the proxy of `host`."""
    environment = ui_environment(study, root)
    socket_in(socket).close()
    _run([str(socket.absolute()), host], environment)


def _run(arguments: list[str], environment: dict[str, str]) -> None:
    say("Afgebroken. Een run die nog bezig was, heeft niets gepubliceerd.")
    if run_family("pipelines.serving.dagster_pages", arguments, environment):
        raise WijkbaatError("De pagina's van Dagster zijn onverwacht gestopt. Start wijkbaat ui opnieuw.")
