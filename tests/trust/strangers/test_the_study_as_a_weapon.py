"""Who writes the study or the register: thresholds that are too low, and words that are a programme or a page."""

from __future__ import annotations

import pymupdf
import pytest
from pydantic import ValidationError

from data_contracts.protection import Thresholds
from reports.content.council.pages import council_pages
from reports.docx.council import council_docx
from reports.pdf.council import council_pdf
from reports.released.source import Source
from tests.surfaces import invented
from tests.surfaces.report_page import report_html

LIVE = '<img src=x onerror="alert(1)"><script>alert(2)</script>'
TYPST = '#read("/etc/hostname") $x$ #panic()'


@pytest.mark.parametrize("clients", [9, 9.5, "9", True, None, 0, -10, 1e-1, float("nan"), float("-inf"), "0x1F", [10]])
def test_no_threshold_below_ten_parses(clients: object) -> None:
    for name in ("clients", "sensitive_clients"):
        with pytest.raises(ValidationError):
            Thresholds.model_validate({name: clients})


@pytest.mark.parametrize("step", [1, 0, 2.5, True, None, "1", -5, 5.1])
def test_counts_are_rounded_to_five_or_ten(step: object) -> None:
    with pytest.raises(ValidationError):
        Thresholds.model_validate({"round_to": step})


def test_words_of_a_study_are_no_page() -> None:
    facts = invented.facts(title=LIVE, question=LIVE, contact=LIVE, new_approach=LIVE, municipality=LIVE)
    page = report_html(facts, invented.tables())
    assert "<img src=x" not in page and "<script>alert" not in page
    assert "&lt;img src=x" in page


def test_words_of_a_study_are_no_programme_on_paper() -> None:
    facts = invented.facts(title=TYPST, question=TYPST, municipality=TYPST)
    pages = council_pages(Source(facts, invented.tables(), None, None))
    paper = pymupdf.open(stream=council_pdf(facts, pages))
    words = " ".join("".join(str(page.get_text()) for page in paper).split())
    assert '#read("/etc/hostname")' in words
    assert council_docx(invented.facts(title=LIVE, municipality=LIVE), pages).startswith(b"PK")
