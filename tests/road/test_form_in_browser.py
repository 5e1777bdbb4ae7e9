"""The form as a person sees it: in Chromium, behind the guard, on a phone, and for a screen reader."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from data_contracts.errors import StudyError
from mkba.binding.released_quantities import READS
from mkba.inputs.shipped import parameter_packs
from pipelines.init.writing import replies_in
from pipelines.road.balance.entry import Made, made
from pipelines.road.balance.known import known
from pipelines.road.form.filling import Filling
from pipelines.road.form.serving import filled_in
from pipelines.serving.server import Ending
from pipelines.study.checking import study_tree
from pipelines.study.workplace import read_study
from tests.patience import PATIENCE, until
from tests.road.released import ANSWERS, STUDIES, released
from tests.surfaces.conftest import browser

__all__ = ["browser"]
pytestmark = pytest.mark.browser


@dataclass
class Served:
    """A form that is served while the test runs: its link, and what came of it."""

    link: str = ""
    made: list[Made] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    is_told: threading.Event = field(default_factory=threading.Event)

    def tell(self, link: str) -> None:
        self.link = link
        self.is_told.set()

    def run(self, form: Filling[Made]) -> None:
        try:
            self.made.append(filled_in(form, "wijkbaat mkba new studie --form"))
        except StudyError as error:
            self.left.append(str(error))


class Kept(Ending):
    """What ends the serving, for the test too."""

    all: ClassVar[list[Kept]] = []

    def __init__(self) -> None:
        self.all.append(self)


@pytest.fixture
def served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    files, now = read_study(STUDIES / "rijnstad"), Served()
    start = known(files.study, released("rijnstad", READS), parameter_packs(), study_tree(files))
    form = Filling(
        "De MKBA van Rijnstad",
        "mkba.yaml",
        lambda talk: made(talk, start),
        lambda one: ["Met deze keuzes:", f"- {one.model.title}"],
        tmp_path / "kept",
        "publicatie",
    )
    monkeypatch.setattr("pipelines.serving.link.tell", now.tell)
    monkeypatch.setattr("pipelines.serving.server.Ending", Kept)
    thread = threading.Thread(target=now.run, args=[form])
    thread.start()
    assert now.is_told.wait(PATIENCE)
    yield now
    Kept.all[-1].now()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert now.made or now.left == [
        "Het formulier is nog niet klaar. Uw antwoorden staan er nog; ga verder met: wijkbaat mkba new studie --form."
    ]


def is_without_fault(page: Page) -> None:
    assert [one["id"] for one in Axe().run(page).response["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 420


def test_a_wrong_reply_is_asked_again_on_a_phone_and_without_a_fault_for_a_screen_reader(
    browser: Browser, served: Served
) -> None:
    page = browser.new_page(viewport={"width": 420, "height": 900})
    page.goto(served.link)
    expect(page.get_by_role("heading", name="De MKBA van Rijnstad")).to_be_visible()
    is_without_fault(page)
    page.get_by_label("Wie staat er voor de aannames").fill("W. de Wit")
    page.locator("[id='v:probleem']").fill("te kort")
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_text("Dit is te kort: schrijf minstens 120 tekens (nu 7).")).to_be_visible()
    expect(page.locator("[id='v:probleem']")).to_have_value("te kort")
    is_without_fault(page)
    page.get_by_text("Door u beantwoord").click()
    page.get_by_role("link", name="Verander: Wie staat er voor de aannames").click()
    expect(page.get_by_label("Wie staat er voor de aannames")).to_have_value("W. de Wit")
    page.close()
    nobody = browser.new_page()
    assert nobody.goto(served.link.partition("?")[0]).status == 403  # type: ignore[union-attr]
    nobody.close()


def answer(page: Page, name: str, reply: Any) -> None:
    for one in reply if isinstance(reply, list) else [reply]:
        field = page.locator(f"textarea[id='v:{name}']")
        if field.count():
            field.fill(str(one))
        else:
            page.locator(f"input[name='v:{name}'][value='{one}']").check()


@pytest.mark.slow
def test_the_whole_balance_is_made_in_the_browser(browser: Browser, served: Served) -> None:
    replies = replies_in(ANSWERS / "rijnstad_mkba.yaml")
    page = browser.new_page(viewport={"width": 420, "height": 900})
    page.goto(served.link)
    expect(page.get_by_role("button")).to_be_visible()
    while (names := page.locator("input[name=vraag]").evaluate_all("all => all.map(one => one.value)")) != []:
        if (shots := os.environ.get("WIJKBAAT_SHOTS")) is not None:
            page.screenshot(path=f"{shots}/{names[0]}.png", full_page=True)
        for name in names:
            answer(page, name, replies[name])
        page.get_by_role("button", name="Bewaar en ga verder").click()
        expect(page.locator(f"input[name=vraag][value='{names[0]}']")).to_have_count(0)
    expect(page.get_by_role("heading", name="Klopt dit?")).to_be_visible()
    is_without_fault(page)
    page.get_by_role("button", name="Schrijf mkba.yaml").click()
    expect(page.get_by_text("Deze bladzijde mag dicht.")).to_be_visible()
    is_without_fault(page)
    page.close()
    assert until(lambda: bool(served.made))
    assert served.made[0].model.problem_analysis == " ".join(replies["probleem"].split())
