"""Dagster's pages and its daemon, behind our guard: `python -m pipelines.serving.dagster_pages PORT`.

Dagster's own server knows no login: who reaches its port can start runs. It has no public way to put something around
its app, so this file uses three names that Dagster may move; tests/trust/test_guard.py holds them.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from pipelines.serving.family import end_with_parent

DEFINITIONS = "pipelines.definitions"


def main(port: int) -> None:
    """Serve until stopped."""
    end_with_parent()  # before the seconds that importing Dagster takes
    from dagster import DagsterInstance
    from dagster._core.workspace.context import WorkspaceProcessContext
    from dagster._core.workspace.load_target import ModuleTarget
    from dagster_webserver.app import create_app_from_workspace_process_context

    from pipelines.serving.server import listening_socket, serve

    target = ModuleTarget(DEFINITIONS, attribute=None, working_directory=None, location_name=DEFINITIONS)
    listening = listening_socket(port)
    with (
        DagsterInstance.get() as instance,
        WorkspaceProcessContext(instance, target, code_server_log_level="WARNING") as workspace,
    ):
        serve(lambda here: create_app_from_workspace_process_context(workspace, here.path), listening, _begin)


def _begin(link: str) -> None:
    """Tell the link; then the daemon, which needs half a minute of its own before it looks in the inbox."""
    print(f"Open deze link in de browser: {link}\nStoppen: Ctrl-C.", flush=True)  # noqa: T201
    with (Path(os.environ["DAGSTER_HOME"]) / "daemon.log").open("wb") as log:
        subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "dagster._daemon", "run", "--module-name", DEFINITIONS, "--log-level", "info"],
            stdout=log,
            stderr=log,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]))
