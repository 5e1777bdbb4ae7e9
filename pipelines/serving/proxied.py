"""Who comes in at a page behind a proxy that asks a login: everybody the proxy let through, but no other site for them.

The app stands on a socket in the file system that only its own group can open, so that the proxy is the only way in and
its login cannot be passed by. What is left is what a browser of somebody who is logged in may be made to do: so Host
and Origin must be the site, and GraphQL is called by POST only.
"""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp

from pipelines.serving.guard import Door, only_post_for_graphql


class Proxied(Door):
    """Lets in under the name `host` only, as people type it behind https://."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        super().__init__(app)
        self.host = host

    def answer(self, asked: HTTPConnection) -> Response | None:
        """What is said here; None for what may come in."""
        method = asked.scope.get("method", "WEBSOCKET")
        origins = asked.headers.getlist("origin")
        is_own = origins == [f"https://{self.host}"] or (not origins and method in ("GET", "HEAD"))
        if asked.headers.getlist("host") != [self.host] or not is_own:
            return PlainTextResponse("Deze pagina gaat alleen open onder haar eigen naam.", 403)
        return only_post_for_graphql(asked.scope["path"], method)
