"""A real browser for the surfaces: the system's Chromium; without one the tests are skipped, loudly."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.patience import PATIENCE

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]


def chromium_path() -> str | None:
    """The system's Chromium, where there is one."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next((path for name in names if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")  # its event loop may not live on into the tests of Dagster
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    found = chromium_path()
    if found is None:
        missing = "no Chromium on this machine: what people see was NOT tested"
        if os.environ.get("WIJKBAAT_NEEDS_BROWSER") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    expect.set_options(timeout=1000 * PATIENCE)
    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield chromium
        chromium.close()
