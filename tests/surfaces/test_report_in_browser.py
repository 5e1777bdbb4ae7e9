"""The report as people meet it: in Chromium, wide and narrow, by keyboard, by axe and on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.mkba_case import appraised
from tests.surfaces.invented import TREE, facts, mkba_tables, only_change, tables, with_logic
from tests.surfaces.report_page import report_html

pytestmark = pytest.mark.browser
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
NARROW = {"width": 320, "height": 740}


@dataclass
class Visit:
    """A page, what it asked of a network, and what it complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module", params=["full", "only_change"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report on disk: with everything, and of a study that only measured change."""
    path = tmp_path_factory.mktemp("report") / f"{request.param}.html"
    if request.param == "full":
        appraisal = appraised()
        text = report_html(facts(), with_logic(tables()) | mkba_tables(appraisal), TREE, appraisal.model)
    else:
        text = report_html(facts(design="before_after"), only_change())
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def visit(browser: Browser, report: Path) -> Iterator[Visit]:
    """The report, opened wide."""
    found = opened(browser, report, {"width": 1280, "height": 900})
    yield found
    found.page.close()


def opened(browser: Browser, report: Path, size: dict[str, int]) -> Visit:
    found = Visit(browser.new_page(viewport=size))
    found.page.on("request", lambda request: found.asked.append(request.url))
    found.page.on("console", lambda message: found.complaints.append(message.text))
    found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
    found.page.goto(report.as_uri())
    return found


def test_the_report_asks_nothing_of_a_network_and_complains_of_nothing(visit: Visit, report: Path) -> None:
    assert visit.asked == [report.as_uri()]
    assert visit.complaints == []


def test_every_chart_is_a_picture_that_is_there(visit: Visit) -> None:
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    heights = visit.page.evaluate("[...document.querySelectorAll('picture img')].map(one => one.naturalHeight)")
    assert len(heights) >= 4
    assert min(heights) > 40


def test_without_script_nothing_vanishes(browser: Browser, report: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(report.as_uri())
    assert page.locator("main section > figure img").count() >= 3
    assert all(one.is_visible() for one in page.locator("main section > figure img").all())
    context.close()


def test_axe_finds_no_fault(visit: Visit) -> None:
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    options = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}
    found = Axe().run(visit.page, options=options)
    visit.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = false })")
    faults = [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found.response["violations"]]
    assert faults == []


def test_the_first_tab_stop_skips_to_the_content(visit: Visit) -> None:
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "Naar de inhoud"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.tagName") == "MAIN"


def test_a_table_behind_a_chart_opens_by_keyboard(visit: Visit) -> None:
    first = visit.page.locator("figure summary").first
    first.focus()
    visit.page.keyboard.press("Enter")
    assert first.locator("xpath=..").locator("table").is_visible()


def test_a_phone_needs_no_sideways_scrolling(browser: Browser, report: Path) -> None:
    found = opened(browser, report, NARROW)
    width = found.page.evaluate("document.documentElement.scrollWidth")
    beyond = found.page.evaluate(
        """[...document.querySelectorAll('main *')].filter(one => {
             const box = one.getBoundingClientRect();
             return box.width > 0 && box.right > innerWidth + 1 && !one.closest('thead, .drawing');
           }).map(one => one.outerHTML.slice(0, 100))"""
    )
    found.page.close()
    assert width == NARROW["width"]
    assert beyond == []


def test_paper_has_every_chapter_with_the_tables_open(browser: Browser, report: Path) -> None:
    found = opened(browser, report, {"width": 1280, "height": 900})
    titles = found.page.locator("main h2").all_text_contents()
    pdf = found.page.pdf(prefer_css_page_size=True, tagged=True, outline=True)
    page = found.page
    page.emulate_media(media="print")
    hidden = page.locator("main > section:not(:has(> .annex)) details table:not(:visible)").count()
    page.close()
    assert set(titles) <= set(_outline(pdf))
    assert hidden == 0


def test_in_the_dark_axe_finds_no_fault(browser: Browser, report: Path) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    page.goto(report.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    context.close()
    assert [(fault["id"], fault["nodes"][0]["html"][:200]) for fault in found.response["violations"]] == []


def _outline(pdf: bytes) -> Iterator[str]:
    """The headings that a PDF lists: plain, or as hexadecimal UTF-16."""
    for plain, coded in re.findall(rb"/Title (?:\((.*?)\)\s*[/>]|<([0-9A-F]+)>)", pdf, flags=re.DOTALL):
        yield bytes.fromhex(coded.decode()).decode("utf-16") if coded else re.sub(rb"\\(.)", rb"\1", plain).decode()
