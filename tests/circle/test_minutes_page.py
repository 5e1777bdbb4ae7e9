"""The minutes as a page: accessible, on a phone, and on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from pipelines.circle.minutes import write_minutes
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from tests.circle.year import first_session, second_session
from tests.surfaces.conftest import browser

__all__ = ["browser"]


@pytest.mark.browser
def test_minutes_have_no_fault_for_a_screen_reader_and_fit_a_phone(browser: Browser, tmp_path: Path) -> None:
    journal = CircleJournal(Home(tmp_path / "home"))
    first_session(journal)
    second_session(journal)
    paths = [path for name in ("2026-02-12", "2026-05-21") for path in write_minutes(journal, "Verzonnen", name, None)]
    page = browser.new_page(viewport={"width": 420, "height": 900})
    for path in (one for one in paths if one.suffix == ".html"):
        page.goto(path.as_uri())
        assert [one["id"] for one in Axe().run(page).response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 420
    page.close()
    assert {path.parent for path in paths} == {journal.directory / "verslagen"}
