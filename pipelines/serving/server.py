"""One app of ours behind its guard, in our own server on this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from data_contracts.errors import StudyError

if TYPE_CHECKING:
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


def serve(make_app: Callable[[Address], ASGIApp], listening: socket.socket, tell: Callable[[str], None]) -> None:
    """Serve until stopped; `make_app` is given where the app stands, `tell` the link that lets one in.

    The port is ours before the link is told: nobody else can be behind it.
    """
    import uvicorn  # the command that only looks whether the port is free does without

    from pipelines.serving.guard import Address, Guard

    address = Address(listening.getsockname()[1])
    app = Guard(make_app(address), address)
    config = uvicorn.Config(
        app, log_level="error", access_log=False, proxy_headers=False, server_header=False, timeout_graceful_shutdown=1
    )
    listening.listen(config.backlog)
    tell(address.link)
    uvicorn.Server(config).run(sockets=[listening])
