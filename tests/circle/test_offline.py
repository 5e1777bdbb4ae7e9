"""A session without a network: one file, and what is typed in it comes into the memory through the same door."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from data_contracts.errors import StudyError
from pipelines.circle.offline import imported, offline_session
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from tests.circle.homes import released_home
from tests.circle.told import FINANCES, card, opened, said
from tests.circle.year import first_session
from tests.surfaces.conftest import browser
from tests.surfaces.invented import tables

__all__ = ["browser"]
VOORBEELDSTAD = Path(__file__).parents[2] / "studies" / "voorbeeldstad"
DAY = dt.date(2026, 9, 10)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    return released_home(tmp_path_factory.mktemp("kring") / "home")


@pytest.mark.browser
def test_a_session_is_guessed_and_typed_without_a_network_and_read_in_once(
    browser: Browser, home: Home, tmp_path: Path
) -> None:
    first_session(CircleJournal(home))
    page_file = tmp_path / "leerkring.html"
    page_file.write_text(offline_session(VOORBEELDSTAD, home.root, DAY, [FINANCES]), encoding="utf-8")
    page = browser.new_page(viewport={"width": 420, "height": 900}, accept_downloads=True)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.url.startswith("http") else None)
    page.goto(page_file.as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    for name, n in (("Teamleden", 8), ("Teamleiders", 5), ("Beleid", 2), ("Inwoners", 3)):
        page.get_by_label(name, exact=True).fill(str(n))
    page.get_by_role("button", name="Onthul").click()
    expect(page.get_by_role("status")).to_have_text("Raad eerst: tel de handen.")
    page.get_by_label("Teamleden: meer vooruit").fill("7")
    page.get_by_role("button", name="Onthul").click()
    expect(page.get_by_text("Te zien is: meer mensen vooruit dan achteruit.")).to_be_visible()
    for text, group in (("Het duurt lang", "Teamleden"), ("Mevrouw Jansen belt vaak", "Beleid"), ("Dank", "Beleid")):
        page.locator("#group").select_option(label=group)
        page.get_by_label("Eén gedachte per kaart").fill(text)
        page.get_by_role("button", name="Leg de kaart neer").click()
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found] == []
    with page.expect_download() as saved:
        page.get_by_role("button", name="Bewaar als bestand").click()
    content = Path(saved.value.path()).read_bytes()
    page.close()
    done = imported(CircleJournal(home), content, "kring.json")
    # Opening, hands, reveal and two cards; the card with a name is told of and not kept.
    assert (done.kept, done.known, sum(done.refused.values())) == (5, 0, 1)
    assert "Hier lijkt een naam in te staan" in str(done.refused)
    assert "Jansen" not in str(done.refused)
    session = CircleJournal(home).memory().sessions["2026-09-10"]
    assert {(one.group, one.text) for one in session.cards.values()} == {
        ("team", "Het duurt lang"),
        ("together", "Dank"),
    }
    assert imported(CircleJournal(home), content, "kring.json").known == 5
    assert asked == []


def test_the_file_has_guess_reveal_kit_and_the_last_minutes(home: Home) -> None:
    if not CircleJournal(home).events():
        first_session(CircleJournal(home))
    page = offline_session(VOORBEELDSTAD, home.root, DAY, [])
    for words in ("Wat verwacht u?", "Tien gouden regels", "Het verslag van de vorige keer", 'lang="nl"'):
        assert words in page


def test_a_hidden_figure_stays_hidden_in_the_file(home: Home) -> None:
    page = offline_session(VOORBEELDSTAD, home.root, DAY, ["zrm/addiction/all/all/first/last"])
    assert "Dit cijfer is niet getoond" in page
    assert "data:image" not in page


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"wijkbaat": "leerkring"}', b"\x00\xff", b"[" * 100_000])
def test_what_is_no_saved_session_is_refused(home: Home, content: bytes) -> None:
    with pytest.raises(StudyError, match="geen bestand dat met 'Bewaar als bestand'"):
        imported(CircleJournal(home), content, "iets.json")


def test_a_record_with_more_than_its_kind_holds_is_not_kept(tmp_path: Path) -> None:
    journal = CircleJournal(Home(tmp_path))
    records = [opened(), card("Goed"), card("Goed", naam="Jansen"), {"kind": "card"}, said("erased", was="card")]
    content = json.dumps({"wijkbaat": "leerkring", "records": records}).encode()
    done = imported(journal, content, "iets.json")
    assert (done.kept, sum(done.refused.values())) == (2, 3)
    assert "Jansen" not in journal.path.read_text(encoding="utf-8") + str(done.refused)


def test_no_row_of_a_team_is_in_the_file(home: Home) -> None:
    rows = tables()["out_change__by_domain"]
    page = offline_session(VOORBEELDSTAD, home.root, DAY, [])
    assert not [team for team in rows.loc[rows["slice"] == "team", "slice_value"] if str(team) in page]
