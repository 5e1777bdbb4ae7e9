"""The guard round our pages: who is let through to the app behind it, and who never is."""

from __future__ import annotations

import asyncio
import inspect

import pytest
from starlette.types import Message, Receive, Scope, Send

from pipelines.serving.guard import COOKIE, Address, Guard
from pipelines.serving.proxied import Proxied

HERE = Address(3000, path="/pad", token="sleutel")  # noqa: S106  invented
MINE = {"host": "127.0.0.1:3000", "cookie": f"{COOKIE}=sleutel"}
SAME_SITE = MINE | {"origin": "http://127.0.0.1:3000"}


def asked(
    method: str, path: str, headers: dict[str, str], query: str = "", twice: str = "", host: str = ""
) -> tuple[bool, Message]:
    """Whether the app was reached, and the first thing that was answered; with `host` behind the proxy of that name."""
    reached: list[Scope] = []
    sent: list[Message] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope)

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    lines = [(name.encode(), text.encode("latin-1")) for name, text in headers.items()]
    lines += [(twice.encode(), b"elders")] if twice else []
    kind = {"type": "websocket"} if method == "WEBSOCKET" else {"type": "http", "method": method}
    scope = kind | {"path": path, "query_string": query.encode(), "headers": lines}
    guard = Proxied(app, host) if host else Guard(app, HERE)
    asyncio.run(guard(scope, receive, send))
    return bool(reached), sent[0] if sent else {}


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/pad/", MINE),
        ("GET", "/pad/runs/1", MINE | {"host": "localhost:3000"}),
        ("GET", "/pad/x", MINE | {"cookie": f"ander=1; {COOKIE}=sleutel"}),
        ("POST", "/pad/graphql", SAME_SITE),
        ("WEBSOCKET", "/pad/graphql", SAME_SITE),
    ],
)
def test_the_browser_that_opened_the_link_reaches_the_app(method: str, path: str, headers: dict[str, str]) -> None:
    assert asked(method, path, headers)[0]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "WEBSOCKET"])
@pytest.mark.parametrize(
    "wrong",
    [
        {"cookie": ""},
        {"cookie": f"{COOKIE}=anders"},
        {"cookie": f"{COOKIE}=sleutel2"},
        {"cookie": f"{COOKIE}=sleut\xe9l"},
        {"host": "evil.example:3000"},
        {"host": "127.0.0.1"},
        {"host": "127.0.0.1:3001"},
        {"host": ""},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:3001"},
        {"origin": "https://127.0.0.1:3000"},
        {"origin": "http://localhost:3000"},
        {"origin": "null"},
    ],
)
def test_whoever_lacks_one_thing_is_kept_out(method: str, wrong: dict[str, str]) -> None:
    reached, answer = asked(method, "/pad/x", SAME_SITE | wrong)
    assert not reached
    assert answer.get("status") == 403 or answer == {"type": "websocket.close", "code": 1008, "reason": ""}


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "WEBSOCKET"])
def test_what_acts_must_say_where_it_comes_from(method: str) -> None:
    assert not asked(method, "/pad/graphql", MINE)[0]


@pytest.mark.parametrize("name", ["host", "origin"])
def test_a_header_that_stands_there_twice_is_no_proof(name: str) -> None:
    assert not asked("GET", "/pad/", SAME_SITE, twice=name)[0]


@pytest.mark.parametrize("path", ["/", "/graphql", "/padx", "/pa", "//pad/", "/PAD/"])
def test_outside_the_path_of_the_link_there_is_nothing(path: str) -> None:
    assert not asked("GET", path, MINE)[0]


@pytest.mark.parametrize("path", ["/pad/graphql", "/pad/graphql/"])
def test_no_call_is_a_get(path: str) -> None:
    reached, answer = asked("GET", path, SAME_SITE, "query=mutation{x}")
    assert (reached, answer["status"]) == (False, 405)


def test_the_link_gives_a_cookie_that_scripts_and_other_sites_cannot_use() -> None:
    reached, answer = asked("GET", "/pad/", {"host": "127.0.0.1:3000"}, "toegang=sleutel")
    assert (reached, answer["status"]) == (False, 200)
    cookie = dict(answer["headers"])[b"set-cookie"].decode().lower()
    assert {"httponly", "samesite=strict", "path=/pad/"} <= {part.strip() for part in cookie.split(";")}


@pytest.mark.parametrize(
    ("path", "headers", "query"),
    [
        ("/", {"host": "127.0.0.1:3000"}, "toegang=sleutel"),
        ("/pad/", {"host": "evil.example:3000"}, "toegang=sleutel"),
        ("/pad/", {"host": "127.0.0.1:3000", "origin": "http://evil.example"}, "toegang=sleutel"),
        ("/pad/", {"host": "127.0.0.1:3000"}, "toegang=sleute"),
        ("/pad/", {"host": "127.0.0.1:3000"}, "toegang="),
    ],
)
def test_half_a_link_gives_nothing(path: str, headers: dict[str, str], query: str) -> None:
    reached, answer = asked("GET", path, headers, query)
    assert not reached
    assert b"set-cookie" not in dict(answer["headers"])


def test_path_and_token_are_drawn_anew_and_are_not_in_the_way_an_address_prints() -> None:
    one, other = Address(1), Address(1)
    assert one.token != other.token and one.path != other.path
    assert min(len(one.token), len(one.path)) >= 32
    assert one.token not in repr(one) and one.path not in repr(one)


def test_the_names_of_dagster_that_are_not_public_are_still_what_we_use() -> None:
    from dagster._core.workspace.context import WorkspaceProcessContext
    from dagster._core.workspace.load_target import ModuleTarget
    from dagster_webserver.app import create_app_from_workspace_process_context

    makes = inspect.signature(create_app_from_workspace_process_context).parameters
    assert list(makes)[:2] == ["workspace_process_context", "path_prefix"]
    opens = inspect.signature(WorkspaceProcessContext).parameters
    assert list(opens)[:2] == ["instance", "workspace_load_target"]
    assert "code_server_log_level" in opens
    ModuleTarget("pipelines.definitions", attribute=None, working_directory=None, location_name="x")


SITE = "wijkbaat.gemeente.example"
OF_SITE = {"host": SITE, "origin": f"https://{SITE}"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "is_let_in"),
    [
        ("GET", "/", {"host": SITE}, True),
        ("POST", "/graphql", OF_SITE, True),
        ("WEBSOCKET", "/graphql", OF_SITE, True),
        ("GET", "/graphql", OF_SITE, False),
        ("POST", "/graphql", {"host": SITE}, False),
        ("WEBSOCKET", "/graphql", {"host": SITE}, False),
        ("POST", "/graphql", OF_SITE | {"origin": f"http://{SITE}"}, False),
        ("POST", "/graphql", OF_SITE | {"origin": "https://elders.example"}, False),
        ("GET", "/", OF_SITE | {"origin": "null"}, False),
        ("GET", "/", {"host": "elders.example"}, False),
        ("GET", "/", {}, False),
    ],
)
def test_behind_a_proxy_only_its_own_site_acts(
    method: str, path: str, headers: dict[str, str], is_let_in: bool
) -> None:
    assert asked(method, path, headers, host=SITE)[0] is is_let_in


def test_behind_a_proxy_a_second_host_or_origin_is_refused() -> None:
    assert not asked("POST", "/x", OF_SITE, twice="host", host=SITE)[0]
    assert not asked("POST", "/x", OF_SITE, twice="origin", host=SITE)[0]
