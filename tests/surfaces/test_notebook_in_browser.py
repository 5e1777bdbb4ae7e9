"""The circle's app as it runs: in Chromium, from guess to figure, without asking anything of a network."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, expect

from tests.patience import PATIENCE
from tests.surfaces.invented import tables

pytestmark = pytest.mark.browser
APP = Path(__file__).parents[2] / "notebooks" / "verkennen.py"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The running app on an invented publication."""
    release = tmp_path_factory.mktemp("publicatie")
    duckdb.from_df(tables()["out_change__by_domain"]).write_parquet(str(release / "out_change__by_domain.parquet"))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "marimo", "run", str(APP), "--headless", "--no-token", "--port", str(port)]
    given = {"PYTHONPATH": str(APP.parents[1]), "MARIMO_SKIP_UPDATE_CHECK": "1"}
    server = subprocess.Popen(
        [*command, "--", "--publicatie", str(release)],
        env=os.environ | given,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert server.stdout is not None
    for line in server.stdout:
        if "URL" in line:
            break
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.communicate(timeout=PATIENCE)


def test_a_circle_guesses_and_sees_the_figure_without_a_network(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1100, "height": 1400})
    elsewhere: list[str] = []
    own = (address, "data:", "blob:")
    page.on("request", lambda request: elsewhere.extend([] if request.url.startswith(own) else [request.url]))
    page.goto(address)
    expect(page.get_by_text("Kies eerst wat u verwacht")).to_be_visible()
    page.get_by_text("Ongeveer evenveel").click()
    page.get_by_role("button", name="Onthul").click()
    expect(page.get_by_role("heading", name="U verwachtte: ongeveer evenveel.")).to_be_visible()
    figure = page.frame_locator("iframe").first.get_by_role("img")
    expect(figure.locator(".main-svg").first).to_be_visible()
    page.close()
    assert elsewhere == []
