"""Who comes in at a page on this machine: only the browser that opened the link with the token.

127.0.0.1 is no wall: every user and every web page on this machine reaches a port there. So around an app that knows
no login stands this guard, for pages, calls and websockets alike. It asks, in this order:

- Host is this address: a name elsewhere that resolves to 127.0.0.1 (DNS rebinding) is another site to the browser;
- Origin is this address, and stands there on whatever a browser sends with one: another site cannot act as the user;
- the path begins with one that only the link holds: a browser gives cookies of this host to every port of it, but only
  under their own path, so another server on this machine is not given the cookie;
- the cookie holds the token. The link puts it there; HttpOnly and SameSite=Strict keep it from scripts and other sites.

Calls to GraphQL are POST only: in a GET, a link or an image could act.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

CLOSED = "Deze pagina gaat alleen open met de link die wijkbaat in het venster toont. Open die link opnieuw."
TOKEN, COOKIE = "toegang", "wijkbaat"


def _secret() -> str:
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Address:
    """Where one app stands while it runs; path and token are drawn anew each time and kept out of `repr`."""

    port: int
    path: str = field(default_factory=lambda: f"/{_secret()}", repr=False)
    token: str = field(default_factory=_secret, repr=False)

    @property
    def hosts(self) -> tuple[str, str]:
        """What a browser on this machine may call it."""
        return f"127.0.0.1:{self.port}", f"localhost:{self.port}"

    @property
    def link(self) -> str:
        """What lets a browser in."""
        return f"http://{self.hosts[0]}{self.path}/?{TOKEN}={self.token}"


class Door:
    """An ASGI app around another one, which it reaches only where the door says nothing itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer myself, or let through."""
        answer = None if scope["type"] == "lifespan" else self.answer(HTTPConnection(scope))
        if answer is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await WebSocketClose(code=1008)(scope, receive, send)
        else:
            await answer(scope, receive, send)

    def answer(self, asked: HTTPConnection) -> Response | None:
        """What the door says itself; None for what may come in."""
        raise NotImplementedError


class Guard(Door):
    """Lets in with the token of `address` only."""

    def __init__(self, app: ASGIApp, address: Address) -> None:
        super().__init__(app)
        self.address = address

    def answer(self, asked: HTTPConnection) -> Response | None:
        """What this guard says itself; None for who may come in."""
        here = self.address
        method = asked.scope.get("method", "WEBSOCKET")
        if not self._from_here(asked, needs_origin=method not in ("GET", "HEAD")):
            return PlainTextResponse(CLOSED, 403)
        path = asked.scope["path"]
        if not path.startswith(f"{here.path}/") and path != here.path:
            return PlainTextResponse(CLOSED, 403)
        if method == "GET" and secrets.compare_digest(_ascii(asked.query_params.get(TOKEN)), here.token.encode()):
            return self._welcome()
        if not secrets.compare_digest(_ascii(asked.cookies.get(COOKIE)), here.token.encode()):
            return PlainTextResponse(CLOSED, 403)
        return only_post_for_graphql(path, method)

    def _from_here(self, asked: HTTPConnection, *, needs_origin: bool) -> bool:
        """Host and Origin each stand there once and name this address; a plain visit has no Origin."""
        hosts, origins = asked.headers.getlist("host"), asked.headers.getlist("origin")
        if len(hosts) != 1 or hosts[0] not in self.address.hosts:
            return False
        return origins == [f"http://{hosts[0]}"] or (not origins and not needs_origin)

    def _welcome(self) -> Response:
        """The cookie, and a page that goes on to the app: a redirect would come from the site that showed the link."""
        home = f"{self.address.path}/"
        answer = HTMLResponse(f'<meta http-equiv="refresh" content="0; url={home}">')
        answer.set_cookie(COOKIE, self.address.token, path=home, httponly=True, samesite="strict")
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer


def only_post_for_graphql(path: str, method: str) -> Response | None:
    """A refusal of any other call; None for what may come in."""
    if path.rstrip("/").endswith("/graphql") and method not in ("POST", "WEBSOCKET"):
        return PlainTextResponse("Alleen met POST.", 405, {"Allow": "POST"})
    return None


def _ascii(text: str | None) -> bytes:
    return (text or "").encode("utf-8", "replace")
