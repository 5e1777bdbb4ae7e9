"""What another user of the machine, or a web page, can do to a running `wijkbaat ui`: nothing."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pytest
from playwright.sync_api import Browser, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from tests.flow.small import small_study
from tests.patience import PATIENCE, until
from tests.surfaces.pages import Pages, family_of, free_port, living, opened

QUERY = "query=%7Bversion%7D"
CALL = json.dumps({"query": "{version}"})


@pytest.fixture(scope="module")
def ui(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    root = tmp_path_factory.mktemp("ui")
    with opened("ui", str(small_study(root)), "--home", str(root / "home"), "--port", str(free_port())) as pages:
        yield pages


@pytest.mark.parametrize("path", ["/graphql", "{path}graphql"])
def test_a_plain_visit_calls_nothing(ui: Pages, path: str) -> None:
    status, text = ui.answer("GET", f"{path.format(path=ui.path or '/')}?{QUERY}")
    assert status == 403
    assert "version" not in text


def test_not_even_with_the_cookie_is_a_call_a_get(ui: Pages) -> None:
    status, text = ui.answer("GET", f"{ui.path or '/'}graphql?{QUERY}", ui.let_in())
    assert status == 405
    assert "version" not in text


@pytest.mark.parametrize(
    "elsewhere", [{"Origin": "http://evil.example"}, {"Origin": "null"}, {}, {"Host": "evil.example", "Origin": "x"}]
)
def test_another_site_cannot_call_with_the_users_cookie(ui: Pages, elsewhere: dict[str, str]) -> None:
    headers = ui.let_in() | elsewhere | {"Content-Type": "application/json"}
    status, text = ui.answer("POST", f"{ui.path or '/'}graphql", headers, CALL)
    assert status == 403
    assert "version" not in text


@pytest.mark.parametrize("path", ["logs/x", "download_debug/x", "notebook?path=/etc/passwd", "report_asset_check/x"])
def test_no_other_address_of_dagster_answers_either(ui: Pages, path: str) -> None:
    assert ui.answer("GET", f"{ui.path or '/'}{path}")[0] == 403


@pytest.mark.parametrize("origin", [None, "http://evil.example"])
def test_no_websocket_from_elsewhere_or_without_the_token(ui: Pages, origin: str | None) -> None:
    cookie = ui.let_in() if origin else {}
    address = f"ws://127.0.0.1:{ui.port}{ui.path or '/'}graphql"
    with (
        pytest.raises(InvalidStatus) as refused,
        connect(address, origin=origin, additional_headers=cookie, subprotocols=["graphql-ws"]),  # type: ignore[list-item]
    ):
        pass
    assert refused.value.response.status_code == 403


@pytest.mark.browser
def test_who_opens_the_link_sees_dagster_and_can_call(ui: Pages, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1400, "height": 1000})
    page.goto(ui.link)
    expect(page.get_by_role("link", name="Catalog").first).to_be_visible()
    assert "toegang" not in page.url
    page.goto(f"http://127.0.0.1:{ui.port}{ui.path}locations/pipelines.definitions/jobs/publish")
    expect(page.get_by_text("Rekent over alle geaccepteerde leveringen").first).to_be_visible()
    page.close()


@pytest.mark.parametrize("job", ["publish", "deliver"])
@pytest.mark.parametrize("named", [{"study": "/elders", "home": "/elders"}, {"home": "/elders"}, {"seed": 2}])
def test_who_starts_a_run_says_nothing_about_where_it_reads_and_publishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, job: str, named: dict[str, object]
) -> None:
    monkeypatch.setenv("WIJKBAAT_STUDY", str(small_study(tmp_path)))
    monkeypatch.setenv("WIJKBAAT_HOME", str(tmp_path / "home"))
    from pipelines.definitions import defs

    asked = {"resources": {"workplace": {"config": named}}}
    with pytest.raises(dg.DagsterInvalidConfigError):
        dg.validate_run_config(defs().resolve_job_def(job), asked)


def test_a_port_that_somebody_has_is_told(ui: Pages, tmp_path: Path) -> None:
    with (
        pytest.raises(AssertionError, match=f"Poort {ui.port} is bezet"),
        opened("ui", str(small_study(tmp_path)), "--home", str(tmp_path / "home"), "--port", str(ui.port)),
    ):
        pass


def test_pages_that_are_ended_leave_nobody_behind(ui: Pages) -> None:
    assert until(lambda: len(family_of(ui.process.pid)) > 3)  # the daemon and its code server are there too
    family = family_of(ui.process.pid)
    os.kill(ui.process.pid, signal.SIGTERM)
    told, _ = ui.process.communicate(timeout=PATIENCE)
    assert living(family) == []
    assert ui.process.returncode == 2
    assert told.splitlines()[-1] == "Afgebroken. Een run die nog bezig was, heeft niets gepubliceerd."
    assert "Traceback" not in told
