"""Behind a real nginx with the configuration of deploy/: no login, no page; and no other site acts for who has one."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import ssl
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.deploy.servers import free_port, required, until

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[2]
HOST = "wijkbaat.gemeente.example"
# An app that says what reached it, in the place of Dagster's pages, on the socket of the product.
APP = """
import sys
from pathlib import Path
from starlette.responses import PlainTextResponse
from pipelines.serving.server import serve_behind_proxy, socket_in
async def app(scope, receive, send):
    if scope["type"] == "http":
        names = {name for name, _ in scope["headers"]}
        await PlainTextResponse(f"binnen {b'authorization' in names}")(scope, receive, send)
serve_behind_proxy(app, socket_in(Path(sys.argv[1])), sys.argv[2], lambda: print("klaar", flush=True))
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """nginx with the shipped configuration: only places, port and certificate are those of the test."""
    required(shutil.which("nginx"), "nginx")
    required(shutil.which("openssl"), "openssl")
    place, port = tmp_path_factory.mktemp("proxy"), free_port()
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", f"/CN={HOST}"),
            *("-keyout", str(place / "sleutel.pem"), "-out", str(place / "keten.pem")),
        ],
        check=True,
        capture_output=True,
    )
    hashed = subprocess.run(["openssl", "passwd", "-apr1", "geheim"], check=True, capture_output=True, text=True)
    (place / "inlog").write_text(f"a.jansen:{hashed.stdout.strip()}\n", encoding="ascii")
    text = (ROOT / "deploy" / "nginx" / "wijkbaat.conf").read_text(encoding="utf-8")
    text = re.sub(r"/etc/(?:ssl/)?wijkbaat/|/run/wijkbaat-gemeente/", f"{place}/", text).replace("443", str(port))
    (place / "wijkbaat.conf").write_text(text, encoding="utf-8")
    user = "user root;" if os.geteuid() == 0 else ""
    (place / "nginx.conf").write_text(
        f"{user} daemon off; pid {place}/pid; error_log {place}/fouten;\nevents {{}}\n"
        f"http {{ access_log off; include {place}/wijkbaat.conf; }}\n",
        encoding="utf-8",
    )
    app = subprocess.Popen(
        [sys.executable, "-c", APP, str(place / "ui.sock"), HOST], stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert app.stdout is not None
    assert app.stdout.readline() == "klaar\n"
    assert (place / "ui.sock").stat().st_mode & 0o777 == 0o660
    proxy = subprocess.Popen(["nginx", "-c", str(place / "nginx.conf"), "-p", str(place)])
    try:
        until(lambda: _is_open(port), 20, "nginx does not listen")
        yield port
    finally:
        for process in (proxy, app):
            process.terminate()
            process.wait(20)
        app.stdout.close()


def asked(port: int, method: str = "GET", path: str = "/", **headers: str) -> tuple[int, str]:
    """What the proxy answers to a browser that typed the name of the site."""
    trusting = ssl.create_default_context()
    trusting.check_hostname, trusting.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=trusting, timeout=20)
    try:
        connection.request(method, path, headers={"Host": HOST} | headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _is_open(port: int) -> bool:
    try:
        return asked(port)[0] == 401
    except OSError:
        return False


LOGIN = {"Authorization": f"Basic {b64encode(b'a.jansen:geheim').decode()}"}


def test_without_the_right_login_nothing_is_served(port: int) -> None:
    wrong = {"Authorization": f"Basic {b64encode(b'a.jansen:anders').decode()}"}
    assert asked(port)[0] == asked(port, **wrong)[0] == asked(port, "POST", "/graphql")[0] == 401


def test_who_logged_in_reaches_the_app_and_the_password_does_not(port: int) -> None:
    assert asked(port, **LOGIN) == (200, "binnen False")
    assert asked(port, "POST", "/graphql", Origin=f"https://{HOST}", **LOGIN)[0] == 200


@pytest.mark.parametrize(
    ("method", "headers"),
    [
        ("POST", {}),
        ("POST", {"Origin": "https://elders.example"}),
        ("GET", {"Origin": "https://elders.example"}),
        ("GET", {"Host": "elders.example"}),
    ],
)
def test_another_site_cannot_act_for_who_logged_in(port: int, method: str, headers: dict[str, str]) -> None:
    assert asked(port, method, "/graphql", **LOGIN, **headers)[0] in (403, 405)


def test_graphql_is_never_asked_by_a_link(port: int) -> None:
    assert asked(port, "GET", "/graphql?query=x", **LOGIN)[0] == 405
