"""The council's two pages as people meet them: on a phone, in the dark, without script, on paper, by axe."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from reports.content.council.pages import council_pages
from reports.html.council import council_html
from reports.released.source import Source
from tests.mkba_case import appraised
from tests.surfaces.invented import TREE, facts, mkba_tables, only_change, tables, with_logic
from tests.surfaces.test_report_in_browser import RULES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["full", "only_change"])
def pages(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """raad.html on disk: with everything, and of a study that only measured change."""
    if request.param == "full":
        appraisal = appraised()
        source = Source(facts(), with_logic(tables()) | mkba_tables(appraisal), TREE, appraisal.model)
    else:
        source = Source(facts(design="before_after"), only_change())
    path = tmp_path_factory.mktemp("raad") / "raad.html"
    path.write_text(council_html(source.facts, council_pages(source)), encoding="utf-8")
    return path


@contextmanager
def seen(browser: Browser, path: Path, width: int = 1280, **how: Any) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": width, "height": 900}, **how)
    page = context.new_page()
    page.goto(path.as_uri())
    yield page
    context.close()


@pytest.mark.parametrize("how", [{}, {"color_scheme": "dark"}])
def test_axe_finds_no_fault_with_everything_opened(browser: Browser, pages: Path, how: dict[str, str]) -> None:
    with seen(browser, pages, **how) as page:
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found.response["violations"]] == []


@pytest.mark.parametrize("width", [320, 360, 420])
def test_nothing_scrolls_sideways_on_a_phone(browser: Browser, pages: Path, width: int) -> None:
    with seen(browser, pages, width) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == width
        beyond = (
            "[...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)"
        )
        assert page.evaluate(f"{beyond}.filter(e => !e.closest('thead, caption, .unseen')).length") == 0


def test_without_script_every_picture_is_there_with_its_words(browser: Browser, pages: Path) -> None:
    with seen(browser, pages, java_script_enabled=False) as page:
        assert page.locator("script").count() == 0
        for picture in page.locator("img").all():
            box = picture.bounding_box()
            assert box is not None
            assert box["height"] > 100
            assert picture.get_attribute("alt")


def test_on_paper_the_second_page_begins_on_a_page_of_its_own(browser: Browser, pages: Path) -> None:
    with seen(browser, pages) as page:
        made = pymupdf.open(stream=page.pdf(prefer_css_page_size=True))
    begins = [number for number, one in enumerate(made) if "Wat betekent dit voor het besluit?" in one.get_text()]
    assert begins
    assert begins[0] >= 1
