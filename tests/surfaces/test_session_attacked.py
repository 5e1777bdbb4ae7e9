"""What another user of the machine, or a web page, can do to a running `wijkbaat session`: nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from pipelines.storage.home import Home
from tests.flow.small import VOORBEELDSTAD
from tests.patience import PATIENCE, until
from tests.surfaces.pages import ROOT, Pages, family_of, home_with_release, living, opened


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pages]:
    home, _ = home_with_release(tmp_path_factory.mktemp("session") / "home")
    with opened("session", str(VOORBEELDSTAD), "--home", str(home.root)) as pages:
        yield pages


@pytest.mark.parametrize("path", ["/", "/api/version", "/api/status", "/assets/index.css", "{path}"])
def test_without_the_token_nothing_is_served(session: Pages, path: str) -> None:
    status, text = session.answer("GET", path.format(path=session.path))
    assert status == 403
    assert "link die wijkbaat" in text


def test_another_host_is_another_site_also_with_the_cookie(session: Pages) -> None:
    status, _ = session.answer("GET", session.path, session.let_in() | {"Host": "evil.example"})
    assert status == 403


@pytest.mark.parametrize("origin", [None, "http://evil.example"])
def test_no_websocket_from_elsewhere_or_without_the_token(session: Pages, origin: str | None) -> None:
    cookie = session.let_in() if origin else {}
    address = f"ws://127.0.0.1:{session.port}{session.path}ws?session_id=s_aaaaaa"
    with pytest.raises(InvalidStatus) as refused, connect(address, origin=origin, additional_headers=cookie):
        pass
    assert refused.value.response.status_code == 403


def _closed(home: Home, name: str) -> list[str]:
    return ["--release", "../closed"]


def _pointer(home: Home, name: str) -> list[str]:
    (home.released / "CURRENT").write_text("../closed\n", encoding="utf-8")
    return []


def _altered(home: Home, name: str) -> list[str]:
    path = home.released / name / "tables" / "out_change__by_domain.parquet"
    path.write_bytes(path.read_bytes() + b" ")
    return []


def _added(home: Home, name: str) -> list[str]:
    (home.released / name / "tables" / "out_erbij.parquet").write_bytes(b"PAR1")
    return []


def _written_anew(home: Home, name: str) -> list[str]:
    path = home.released / name / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(manifest | {"files": []}), encoding="utf-8")
    shutil.rmtree(home.released / name / "tables")
    (home.released / name / "tables").mkdir()
    return []


def _linked(home: Home, name: str) -> list[str]:
    (home.released / name).rename(home.closed / name)
    (home.released / name).symlink_to(home.closed / name)
    return ["--release", name]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (_closed, "Er is geen publicatie '../closed'"),
        (_pointer, "noemt geen publicatie die er is"),
        (_altered, "veranderd na het maken"),
        (_added, "veranderd na het maken: tables/out_erbij.parquet"),
        (_written_anew, "veranderd na het maken: manifest.json"),
        (_linked, "Er is geen publicatie"),
    ],
)
def test_only_a_release_that_is_as_it_was_made_is_shown(
    tmp_path: Path, spoil: Callable[[Home, str], list[str]], words: str
) -> None:
    home, name = home_with_release(tmp_path / "home")
    (home.closed / "tables").mkdir(exist_ok=True)
    (home.closed / "manifest.json").write_text('{"files": []}', encoding="utf-8")
    arguments = ["session", str(VOORBEELDSTAD), "--home", str(home.root), *spoil(home, name)]
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *arguments]
    try:
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False)
    except subprocess.TimeoutExpired:
        pytest.fail("it was shown")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert words in ended.stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGKILL])
def test_a_session_that_is_ended_leaves_nobody_behind(tmp_path: Path, number: signal.Signals) -> None:
    home, _ = home_with_release(tmp_path / "home")
    with opened("session", str(VOORBEELDSTAD), "--home", str(home.root)) as pages:
        family = family_of(pages.process.pid)
        assert len(family) > 1
        os.kill(pages.process.pid, number)
        told, _ = pages.process.communicate(timeout=PATIENCE)
        assert until(lambda: not living(family))
    if number != signal.SIGKILL:
        assert pages.process.returncode == 2
        assert told.splitlines()[-1] == "Afgebroken. Er is niets gepubliceerd."
        assert "Traceback" not in told


def test_the_browser_is_not_started_with_the_token_in_its_arguments() -> None:
    from pipelines.serving.link import page_that_leads_to

    page = page_that_leads_to("http://127.0.0.1:1/pad/?toegang=sleutel")
    assert "sleutel" not in page.as_uri()
    assert "url=http://127.0.0.1:1/pad/?toegang=sleutel" in page.read_text(encoding="utf-8")
    assert page.parent.stat().st_mode & 0o777 == 0o700
    shutil.rmtree(page.parent)


@pytest.mark.browser
def test_who_opens_the_link_notices_nothing(session: Pages, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 1100, "height": 1400})
    page.goto(session.link)
    page.get_by_role("link", name="Zelf een cijfer kiezen").click()
    expect(page.get_by_text("Kies eerst wat u verwacht")).to_be_visible()
    assert "toegang" not in page.url
    page.get_by_text("Ongeveer evenveel").click()
    page.get_by_role("button", name="Onthul").click()
    expect(page.get_by_role("heading", name="U verwachtte: ongeveer evenveel.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Kies eerst wat u verwacht")).to_be_visible()
    page.close()
    stranger = browser.new_page()
    assert stranger.goto(f"http://127.0.0.1:{session.port}{session.path}").status == 403  # type: ignore[union-attr]
    stranger.close()
