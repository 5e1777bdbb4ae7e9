"""One app of ours behind its guard, in our own server on this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from data_contracts.errors import StudyError

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp

    from pipelines.serving.guard import Address


def listening_socket(port: int) -> socket.socket:
    """A socket on 127.0.0.1; port 0 takes a free one. Raises StudyError when somebody else has the port."""
    listening = socket.socket()
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        listening.close()
    else:
        return listening
    raise StudyError(f"Poort {port} is bezet door een ander programma. Kies een andere met --port, of sluit dat.")


def socket_in(path: Path) -> socket.socket:
    """A socket in the file system for its owner and group; one that a killed server left there goes."""
    if not hasattr(socket, "AF_UNIX"):
        raise StudyError("Achter een proxy draaien kan niet op dit systeem. Gebruik wijkbaat ui zonder --socket.")
    listening = socket.socket(socket.AF_UNIX)
    try:
        if path.is_socket():
            path.unlink()
        listening.bind(str(path))
        path.chmod(0o660)
    except OSError:
        listening.close()
    else:
        return listening
    raise StudyError(f"In '{path}' kan geen socket staan. Kies een map waarin dit account mag schrijven.")


class Ending:
    """Lets an app end its own serving."""

    server: uvicorn.Server | None = None

    def now(self) -> None:
        """End, once what is being answered has been sent."""
        if self.server is not None:
            self.server.should_exit = True


def serve(
    make_app: Callable[[Address], ASGIApp],
    listening: socket.socket,
    tell: Callable[[str], None],
    ending: Ending | None = None,
) -> None:
    """Serve until stopped; `make_app` is given where the app stands, `tell` the link that lets one in.

    The port is ours before the link is told: nobody else can be behind it.
    """
    from pipelines.serving.guard import Address, Guard

    address = Address(listening.getsockname()[1])
    _run(Guard(make_app(address), address), listening, lambda: tell(address.link), ending)


def serve_behind_proxy(app: ASGIApp, listening: socket.socket, host: str, tell: Callable[[], None]) -> None:
    """Serve until stopped, for the proxy that has the login of `host`."""
    from pipelines.serving.proxied import Proxied

    _run(Proxied(app, host), listening, tell)


def _run(app: ASGIApp, listening: socket.socket, tell: Callable[[], None], ending: Ending | None = None) -> None:
    import uvicorn  # the command that only looks whether the port is free does without

    config = uvicorn.Config(
        app, log_level="error", access_log=False, proxy_headers=False, server_header=False, timeout_graceful_shutdown=1
    )
    listening.listen(config.backlog)
    tell()
    server = uvicorn.Server(config)
    if ending is not None:
        ending.server = server
    server.run(sockets=[listening])
