"""A year of four circles in Chromium: what was agreed opens the next one, and what was adopted reaches the report."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pipelines.releases.release import current
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from tests.circle.facilitator import Facilitator
from tests.circle.four_circles import ANSWER, BOTTLENECK, CARDS, DAYS, DISSENT, FINANCES, PRESENT, READING, Year
from tests.circle.homes import released_home
from tests.surfaces.conftest import browser
from tests.surfaces.pages import ROOT, opened

__all__ = ["browser"]
pytestmark = pytest.mark.browser
STUDIES = ROOT / "studies"


def test_a_session_from_opening_to_a_card_asks_nothing_of_a_network_and_speaks_dutch(
    browser: Browser, tmp_path: Path
) -> None:
    home = released_home(tmp_path / "home")
    elsewhere: list[str] = []
    with opened("session", str(STUDIES / "voorbeeldstad"), "--home", str(home.root)) as pages:
        context = browser.new_context(locale="nl-NL", viewport={"width": 420, "height": 900})
        page = context.new_page()
        own = (f"http://127.0.0.1:{pages.port}", "data:", "blob:")
        page.on("request", lambda request: elsewhere.extend([] if request.url.startswith(own) else [request.url]))
        she = Facilitator(page)
        she.opens_the_app(pages.link)
        she.opens_a_session(DAYS[0], [FINANCES], PRESENT)
        she.lays_a_card(FINANCES, "Wat zien we?", "Inwoners", CARDS["Inwoners"])
        she.is_told_about("Mevrouw Jansen belt elke week", "Hier lijkt een naam in te staan")
        language, width = page.evaluate("[document.documentElement.lang, document.documentElement.scrollWidth]")
        context.close()
    assert (language, elsewhere) == ("nl", [])
    assert width <= 420
    cards = CircleJournal(home).memory().sessions[DAYS[0]].cards
    assert [(one.group, one.text) for one in cards.values()] == [("residents", CARDS["Inwoners"])]


@pytest.mark.slow
def test_a_year_of_four_circles_on_rijnstad(browser: Browser, tmp_path: Path) -> None:
    study, root = tmp_path / "rijnstad", tmp_path / "home"
    shutil.copytree(STUDIES / "rijnstad", study)
    pictures = Path(os.environ.get("WIJKBAAT_PICTURES", tmp_path / "pictures"))
    pictures.mkdir(parents=True, exist_ok=True)
    year = Year(browser, study, root, pictures)
    year.runs("run", str(study))
    first = current(Home(root))
    reports: list[str] = []

    def between() -> None:
        year.runs("run", str(study))
        made = sorted((root / "released").glob("2*"), key=lambda one: one.stat().st_mtime)[-1]
        reports.extend((made / name).read_text(encoding="utf-8") for name in ("report.html", "raad.html"))
        assert made.name != first

    year.between = between
    year.lives()
    for report in reports:
        assert READING in report
        assert DISSENT in report
    assert BOTTLENECK in reports[0]
    assert ANSWER in reports[0]
    assert not [text for text in CARDS.values() if text in "".join(reports)]
    memory = CircleJournal(Home(root)).memory()
    assert [memory.sessions[day].adopted_in for day in DAYS] == [*DAYS[1:], ""]
    assert "Bewaard" not in year.seen[0]
