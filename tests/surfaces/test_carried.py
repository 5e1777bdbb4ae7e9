"""Every chart as a file to take along: named by the id of its figure, with title, source and words."""

from __future__ import annotations

import io
import json
import re
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

import pymupdf
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.surfaces.test_council import files
from tests.surfaces.test_council_in_browser import seen
from tests.surfaces.test_report_in_browser import RULES

SVG = "{http://www.w3.org/2000/svg}"


def with_a_chart() -> list[dict[str, object]]:
    return [one for one in json.loads(files()["figures.json"]) if "files" in one]


def test_every_chart_of_council_and_report_has_its_two_files_and_no_other_is_there() -> None:
    named = [name for one in with_a_chart() for name in one["files"]]  # type: ignore[attr-defined]
    there = [name for name in files() if name.startswith("figuren/") and not name.endswith(".html")]
    assert sorted(named) == sorted(there)
    assert {f"figuren/{one['id']}.svg" for one in with_a_chart()} <= set(named)
    shown = re.findall(r'<figure id="([RF]\d+)">', (files()["report.html"] + files()["raad.html"]).decode())
    assert set(shown) == {str(one["id"]) for one in with_a_chart()}


def test_a_drawing_has_its_title_and_source_to_read_and_its_words_inside() -> None:
    for one in with_a_chart():
        drawing = ET.fromstring(files()[f"figuren/{one['id']}.svg"])  # noqa: S314  our own drawing
        assert drawing.find(f"{SVG}title").text == one["about"]  # type: ignore[union-attr]
        assert drawing.find(f"{SVG}desc").text == one["words"]  # type: ignore[union-attr]
        head, foot = (" ".join(part.itertext()) for part in drawing.findall(f"{SVG}text"))
        assert head == one["about"]
        assert foot.startswith("Bron: gemeente ")
        assert f"Figuur {one['id']}" in foot


def test_a_picture_to_paste_keeps_the_same_words() -> None:
    picture = files()["figuren/F1.png"]
    assert struct.unpack(">I", picture[16:20])[0] == 960
    assert str(with_a_chart()[-1]["words"]).encode() in files()[f"figuren/{with_a_chart()[-1]['id']}.png"]
    assert pymupdf.Pixmap(io.BytesIO(picture)).width == 960  # every chunk is whole: it opens


def test_no_word_of_a_picture_runs_out_of_it() -> None:
    for one in with_a_chart():
        page = pymupdf.open(stream=files()[f"figuren/{one['id']}.svg"], filetype="svg")[0]
        beyond = [word[4] for word in page.get_text("words") if word[2] > page.rect.width or word[3] > page.rect.height]
        assert beyond == [], one["id"]


@pytest.mark.browser
@pytest.mark.parametrize("how", [{}, {"color_scheme": "dark"}])
def test_the_list_is_for_everybody_also_on_a_phone(browser: Browser, tmp_path: Path, how: dict[str, str]) -> None:
    path = tmp_path / "index.html"
    path.write_bytes(files()["figuren/index.html"])
    with seen(browser, path, 320, **how) as page:
        assert page.evaluate("document.documentElement.scrollWidth") == 320
        assert page.get_by_role("link", name=re.compile("^[RF].*png$")).count() == len(with_a_chart())
        found = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
    assert found.response["violations"] == []
