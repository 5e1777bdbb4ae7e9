"""A mail server and a webhook on this machine that keep what they are given."""

from __future__ import annotations

import json
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Mail(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self.wfile.write(b"220 proef\r\n")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"DATA":
                self.wfile.write(b"354 ga uw gang\r\n")
                kept = []
                while (part := self.rfile.readline()) != b".\r\n":
                    kept.append(part)
                self.server.kept.append(message_from_bytes(b"".join(kept), policy=policy.default))  # type: ignore[attr-defined]
            self.wfile.write(b"221 tot ziens\r\n" if word == b"QUIT" else b"250 goed\r\n")
            if word == b"QUIT":
                return


@contextmanager
def mail_server() -> Iterator[tuple[str, list[Any]]]:
    """Its address, and every message that came."""
    server = socketserver.TCPServer(("127.0.0.1", 0), _Mail)
    server.kept = []  # type: ignore[attr-defined]
    with served(server):
        yield f"smtp://127.0.0.1:{server.server_address[1]}", server.kept  # type: ignore[attr-defined]


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.kept.append((self.path, json.loads(body)))  # type: ignore[attr-defined]
        self.send_response(self.server.answers.pop(0) if self.server.answers else 204)  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def webhook(*answers: int) -> Iterator[tuple[str, list[Any]]]:
    """Its address, and every message that came; the first ones are answered with `answers`."""
    server = HTTPServer(("127.0.0.1", 0), _Hook)
    server.kept, server.answers = [], list(answers)  # type: ignore[attr-defined]
    with served(server):
        yield f"http://127.0.0.1:{server.server_address[1]}/geheim?sleutel=1", server.kept  # type: ignore[attr-defined]
