"""The looks of a municipality on every face: its colour by day and in the dark, its logo with its words."""

from __future__ import annotations

import functools
import io
from pathlib import Path

import docx
import outloud
import pymupdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from data_contracts.house_style import HouseStyle, Logo
from reports.content.annexes import divided
from reports.content.council.pages import council_pages
from reports.docx.council import council_docx
from reports.html.council import council_html
from reports.html.report import chapters_of, report_page
from reports.pdf.council import council_pdf
from reports.pdf.report import report_pdf
from reports.released.source import Source
from tests.mkba_case import appraised
from tests.surfaces.invented import TREE, facts, mkba_tables, tables, with_logic
from tests.surfaces.test_council_in_browser import seen
from tests.surfaces.test_report_in_browser import RULES

DRAWN = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60"><rect width="300" height="60" fill="#7a0019"/></svg>'
)
OWN = HouseStyle("#7a0019", "#e09aa8", Logo(DRAWN, "svg", "Gemeente Voorbeeldstad"))


@functools.cache
def source() -> Source:
    appraisal = appraised()
    return Source(facts(house_style=OWN), with_logic(tables()) | mkba_tables(appraisal), TREE, appraisal.model)


def test_the_pages_of_paper_are_as_many_as_without_a_logo() -> None:
    council = pymupdf.open(stream=council_pdf(source().facts, council_pages(source())))
    report = report_pdf(source().facts, "Antwoord", divided(chapters_of(source())).main)
    assert len(council) == 2
    assert len(pymupdf.open(stream=report)) <= 12


def test_paper_has_the_colour_and_a_logo_that_a_screen_reader_tells(tmp_path: Path) -> None:
    path = tmp_path / "raad.pdf"
    path.write_bytes(council_pdf(source().facts, council_pages(source())))
    colours = {
        span["color"]
        for block in pymupdf.open(path)[0].get_text("dict")["blocks"]
        for line in block.get("lines", [])
        for span in line["spans"]
    }
    assert 0x7A0019 in colours
    assert 0x00626B not in colours
    assert b"Gemeente Voorbeeldstad" in pymupdf.open(path).tobytes(expand=True).replace(b"\x00", b"")
    assert outloud.check(str(path)).findings == []


def test_word_has_the_colour_and_the_logo_with_its_words() -> None:
    paper = docx.Document(io.BytesIO(council_docx(source().facts, council_pages(source()))))
    assert str(paper.styles["Heading 1"].font.color.rgb) == "7A0019"
    assert paper.inline_shapes[0]._inline.docPr.get("descr") == "Gemeente Voorbeeldstad"


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(122, 0, 25)"), ("dark", "rgb(224, 154, 168)")])
def test_the_screen_has_the_colour_by_day_and_in_the_dark(
    browser: Browser, tmp_path: Path, scheme: str, colour: str
) -> None:
    path = tmp_path / "raad.html"
    path.write_text(council_html(source().facts, council_pages(source())), encoding="utf-8")
    with seen(browser, path, 320, color_scheme=scheme) as page:
        assert page.locator("h1").evaluate("e => getComputedStyle(e).color") == colour
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        logo = page.get_by_alt_text("Gemeente Voorbeeldstad")
        assert logo.evaluate("e => e.naturalWidth") > 0
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    assert found.response["violations"] == []


def test_the_report_has_it_too() -> None:
    page = report_page(source(), chapters_of(source()), council_pages(source()))
    assert "--accent: #7a0019" in page
    assert 'alt="Gemeente Voorbeeldstad"' in page
