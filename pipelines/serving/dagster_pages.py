"""Dagster's pages and its daemon, behind our guard: `python -m pipelines.serving.dagster_pages PORT`, or `SOCKET HOST`.

With a socket it is a service behind a proxy: that ends when the daemon does, so that its manager starts it again.

Dagster's own server knows no login: who reaches its port can start runs. It has no public way to put something around
its app, so this file uses three names that Dagster may move; tests/trust/test_guard.py holds them.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from pipelines.serving.family import end_with_parent

DEFINITIONS = "pipelines.definitions"


def main(port_or_socket: str, host: str = "") -> None:
    """Serve until stopped: on a port of this machine, or behind the proxy of `host`."""
    end_with_parent()  # before the seconds that importing Dagster takes
    from dagster import DagsterInstance
    from dagster._core.workspace.context import WorkspaceProcessContext
    from dagster._core.workspace.load_target import ModuleTarget
    from dagster_webserver.app import create_app_from_workspace_process_context

    from pipelines.serving.server import listening_socket, serve, serve_behind_proxy, socket_in

    target = ModuleTarget(DEFINITIONS, attribute=None, working_directory=None, location_name=DEFINITIONS)
    listening = socket_in(Path(port_or_socket)) if host else listening_socket(int(port_or_socket))
    with (
        DagsterInstance.get() as instance,
        WorkspaceProcessContext(instance, target, code_server_log_level="WARNING") as workspace,
    ):
        if host:
            app = create_app_from_workspace_process_context(workspace)
            serve_behind_proxy(app, listening, host, _begin_as_service)
        else:
            serve(lambda here: create_app_from_workspace_process_context(workspace, here.path), listening, _begin)


def _begin(link: str) -> None:
    """Tell the link; then the daemon, which needs half a minute of its own before it looks in the inbox."""
    print(f"Open deze link in de browser: {link}\nStoppen: Ctrl-C.", flush=True)  # noqa: T201
    _daemon()


def _begin_as_service() -> None:
    """The daemon, and when that ends everything ends."""
    daemon = _daemon()

    def end_with_daemon() -> None:
        daemon.wait()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=end_with_daemon, daemon=True).start()


def _daemon() -> subprocess.Popen[bytes]:
    with (Path(os.environ["DAGSTER_HOME"]) / "daemon.log").open("wb") as log:
        return subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "dagster._daemon", "run", "--module-name", DEFINITIONS, "--log-level", "info"],
            stdout=log,
            stderr=log,
        )


if __name__ == "__main__":
    main(*sys.argv[1:])
