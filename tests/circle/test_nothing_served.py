"""What leaves a running session, byte for byte: pages, assets, messages, downloads, and what marimo keeps on disk."""

from __future__ import annotations

import getpass
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pymupdf
import pytest
from playwright.sync_api import Browser, Page, Request, WebSocket

from pipelines.circle.minutes import write_minutes
from pipelines.circle.session import session_environment
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from tests.circle.attacked_home import CANARY, OTHER_N, OWN, OWN_N, attacked_home
from tests.circle.year import first_session
from tests.surfaces.conftest import browser
from tests.surfaces.pages import ROOT, Pages
from tests.surfaces.pages import opened as serving

__all__ = ["browser"]
STUDY = ROOT / "studies" / "voorbeeldstad"
APPS = ("leerkring", "verkennen", "resultatenlogica", "mkba_rekenen")
NOT_THEIRS = (CANARY, str(OTHER_N), f"{OTHER_N:,}".replace(",", "."))


@dataclass
class Served:
    """All that one app sent to a browser, and the hosts that the browser was sent to."""

    parts: list[bytes] = field(default_factory=list)
    frames: int = 0
    hosts: set[str] = field(default_factory=set)
    urls: set[str] = field(default_factory=set)

    def hear(self, page: Page) -> None:
        """Note what is asked for, and keep every message, from here on."""
        page.on("request", self._asked)
        page.on("websocket", self._socket)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(("data:", "blob:")):
            self.hosts.add(urlsplit(request.url).netloc)
            self.urls |= {request.url} if request.method == "GET" else set()

    def everything(self, page: Page) -> bytes:
        """The messages, and what each address answers: a browser lets go of bodies, so they are asked for again."""
        return b"\n".join([*self.parts, *(page.context.request.get(url).body() for url in sorted(self.urls))])

    def _socket(self, one: WebSocket) -> None:
        def framed(message: str | bytes) -> None:
            self.frames += 1
            self.parts.append(message.encode() if isinstance(message, str) else message)

        one.on("framereceived", framed)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = attacked_home(tmp_path_factory.mktemp("verzonden") / "home")
    first_session(CircleJournal(made))
    return made


@pytest.fixture(scope="module")
def running(home: Home) -> Iterator[Pages]:
    with serving("session", str(STUDY), "--home", str(home.root), "--team", OWN) as pages:
        yield pages


@pytest.mark.slow
@pytest.mark.parametrize("app", APPS)
def test_nothing_that_is_not_theirs_is_sent_to_a_browser(running: Pages, browser: Browser, app: str) -> None:
    page, served = browser.new_context().new_page(), Served()
    page.goto(running.link)
    served.hear(page)
    page.locator(f'a[href$="/{app}/"]').click()
    page.get_by_role("heading", level=1).first.wait_for()
    page.wait_for_timeout(2_000)
    if app == "leerkring":
        stepper = page.get_by_label("Stap", exact=True)
        for label in stepper.locator("option").all_inner_texts():
            stepper.select_option(label=label)
            page.wait_for_timeout(500)
    sent = served.everything(page)
    page.close()
    assert served.frames > 5 and len(sent) > 100_000
    assert not [one for one in NOT_THEIRS if one.encode() in sent]
    assert served.hosts == {f"127.0.0.1:{running.port}"}


@pytest.mark.slow
def test_the_same_look_finds_what_is_theirs(running: Pages, browser: Browser) -> None:
    """Else nothing found would say nothing: the number of the own team stands in the same messages."""
    page, served = browser.new_context().new_page(), Served()
    page.goto(running.link)
    served.hear(page)
    page.locator('a[href$="/verkennen/"]').click()
    page.get_by_label("Verdeling").select_option(label="Eén team")
    page.get_by_label("Groep").locator("option", has_text=OWN).wait_for(state="attached")
    page.wait_for_timeout(2_000)  # the question is drawn anew for this group
    page.get_by_label("Meer mensen vooruit dan achteruit").check()
    page.get_by_role("button", name="Onthul").click()
    page.get_by_role("heading", name="Praat erover").wait_for()
    sent = served.everything(page)
    page.close()
    assert f"{OWN_N:,}".replace(",", ".").encode() in sent


@pytest.mark.slow
def test_a_running_session_keeps_nothing_of_what_it_showed_on_disk(running: Pages, home: Home) -> None:
    kept = [path for place in (ROOT / "notebooks", home.released) for path in place.rglob("__marimo__")]
    assert kept == []


@pytest.mark.slow
@pytest.mark.parametrize("app", APPS)
def test_an_app_that_is_exported_holds_nothing_that_is_not_theirs(home: Home, app: str, tmp_path: Path) -> None:
    page, copied = tmp_path / f"{app}.html", tmp_path / "notebooks"
    shutil.copytree(ROOT / "notebooks", copied)
    environment = {**os.environ, **session_environment(STUDY, home.root, None, OWN), "PYTHONPATH": str(ROOT)}
    order = [sys.executable, "-m", "marimo", "export", "html", str(copied / f"{app}.py"), "-o", str(page)]
    subprocess.run(order, env=environment, cwd=tmp_path, check=False, capture_output=True, timeout=300)
    kept = [path for path in copied.rglob("__marimo__/**/*") if path.is_file()]  # marimo keeps what it showed
    assert len(page.read_bytes()) > 5_000 and kept
    told = b"".join(path.read_bytes() for path in (page, *kept))
    assert not [one for one in NOT_THEIRS if one.encode() in told]


def test_the_minutes_on_paper_say_nothing_of_a_client_or_of_who_made_them(home: Home) -> None:
    _, paper = write_minutes(CircleJournal(home), "Voorbeeldstad", None, None)
    with pymupdf.open(paper) as document:
        told = "".join(page.get_text() for page in document) + repr(document.metadata) + document.get_xml_metadata()
        inside = b"".join(document.xref_stream(at) or b"" for at in range(1, document.xref_length()))
    assert "leerkring" in told
    makers = (getpass.getuser(), socket.gethostname(), str(home.root), str(ROOT))
    assert not [one for one in (*NOT_THEIRS, *makers) if one in told or one.encode() in inside]
