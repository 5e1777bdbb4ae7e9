"""What stands around marimo's apps: the page that leads to them, our language on their pages, and our looks."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipelines.serving.circle_door import DOOR

# marimo shows its app at most so wide, with rows that do not wrap; a phone and a beamer need otherwise.
HEAD = """<style>
:root { --marimo-text-font: "Public Sans", system-ui, sans-serif; --marimo-heading-font: system-ui, sans-serif; }
html:has(.wb-groot) { font-size: 165%; }
html:has(.wb-groot) h1 { font-size: 1rem !important; margin: 0 !important; }
select { max-width: 100%; }
:focus-visible { outline: 3px solid #00626b !important; outline-offset: 2px; }
[data-testid="notebook-actions-dropdown"], [class*="top-[25vh]"] { display: none !important; }
.marimo-cell:has(.wb-gezegd) { position: relative; z-index: 50; }
.wb-gezegd:has(strong:empty) { border: 0; padding: 0; }
.wb-gezegd { position: fixed; bottom: 0; left: 0; right: 0; margin: 0; padding: .6rem 1.5rem; z-index: 5;
  background: #fff; color: #1d2329; border-top: 3px solid #00626b; }
.wb-kaarten { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .6rem; padding: 0; }
.wb-kaarten li { list-style: none; background: #fffbe6; color: #1d2329; border: 1px solid #b9a95a; padding: .6rem; }
.wb-tabel { border-collapse: collapse; text-align: left; }
.wb-tabel caption { text-align: left; font-weight: 600; font-size: 1.15rem; margin: .5rem 0; }
.wb-tabel th, .wb-tabel td { border-bottom: 1px solid #b9c1c8; padding: .3rem .6rem .3rem 0; vertical-align: top; }
.wb-kaarten .van { display: block; font-size: .8em; color: #46525e; }
@media (max-width: 480px) { table { display: block; overflow-x: auto; } select { max-width: calc(100vw - 9rem); } }
</style>"""
_HOME = """<!DOCTYPE html><html lang="nl"><head><meta charset="utf-8"><title>wijkbaat: leerkring</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><style>
body {{ font-family: system-ui, sans-serif; max-width: 38rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5; }}
a {{ color: #00626b; font-size: 1.2rem; }} li {{ margin: .8rem 0; }}</style></head>
<body><main><h1>Wat wilt u doen?</h1><ul>{links}</ul>
<p>Alles blijft op deze computer. De apps lezen alleen wat gepubliceerd is.</p></main></body></html>"""


class Pages:
    """An ASGI app: the page at `path`, the door to the memory, and the apps behind it."""

    def __init__(self, path: str, apps: Mapping[str, str], door: ASGIApp, inner: ASGIApp) -> None:
        self.path, self.apps, self.door, self.inner = path, apps, door, inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send each request where it belongs."""
        where = scope.get("path", "").removeprefix(self.path)
        if scope["type"] == "http" and where == DOOR:
            await self.door(scope, receive, send)
        elif scope["type"] == "http" and where in ("", "/"):
            links = "".join(f'<li><a href="{self.path}/{name}/">{what}</a></li>' for name, what in self.apps.items())
            await HTMLResponse(_HOME.format(links=links))(scope, receive, send)
        elif scope["type"] == "http" and where.strip("/") in self.apps and not where.endswith("/"):
            await RedirectResponse(f"{self.path}{where}/")(scope, receive, send)
        else:
            await self.inner(scope, receive, send)


class InDutch:
    """An ASGI app around marimo, which writes lang="en" on every page of its own."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let through; of a page of HTML the language is put right."""
        start: list[Message] = []
        body = b""

        async def put_right(message: Message) -> None:
            nonlocal body
            if message["type"] == "http.response.start" and _is_html(message):
                start.append(message)
            elif start and message["type"] == "http.response.body":
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await _send_dutch(start.pop(), body, send)
            else:
                await send(message)

        await self.app(scope, receive, put_right)


def _is_html(message: Message) -> bool:
    return any(name.lower() == b"content-type" and b"text/html" in value for name, value in message["headers"])


async def _send_dutch(start: Message, body: bytes, send: Send) -> None:
    page = body.replace(b'<html lang="en"', b'<html lang="nl"', 1)
    page = page.replace(b'<div id="root">', b'<div id="root" role="main">', 1)  # else nothing is in a landmark
    headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
    await send({**start, "headers": [*headers, (b"content-length", str(len(page)).encode())]})
    await send({"type": "http.response.body", "body": page})
