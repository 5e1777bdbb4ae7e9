"""Words explain themselves, from one file: below each chapter on a screen, and as one list on paper."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pymupdf
import pytest

from reports.content.parts import Chapter, Points, Text
from reports.content.word_list import TITLE, words_of
from reports.language.glossary import words_in
from tests.surfaces.test_council import files

WHOLE = re.compile(r'<section id="([\w-]+)".*?</section>', re.DOTALL)
FOLD = re.compile(r'<details class="words">\s*<summary>(.*?)</summary>\s*<dl>(.*?)</dl>', re.DOTALL)


def named(text: str) -> list[str]:
    return [one.word for one in words_in(text)]


def test_a_word_is_found_in_its_forms_and_at_the_start_of_a_sentence() -> None:
    assert named("Aantoonbare verschillen staan naast hun marges.") == ["aantoonbaar", "marge"]


@pytest.mark.parametrize("text", ["omgevingsmarge", "pm vertrekt de trein", "een saldobedrag"])
def test_a_part_of_another_word_is_not_that_word(text: str) -> None:
    assert named(text) == []


def test_words_in_points_and_tables_count_too() -> None:
    chapter = Chapter("proef", "Een proef", (Text("Niets."), Points(("Het saldo is nul.",))))
    assert [one.word for one in words_of(chapter)] == ["saldo"]


def test_no_meaning_needs_a_word_that_an_expert_alone_knows() -> None:
    text = Path("reports/language/glossary.yaml").read_text("utf-8")
    assert not re.search(r"significan|regressie|standaarddeviatie|betrouwbaarheidsinterval|contante waarde", text)


def test_every_chapter_of_the_page_explains_the_words_that_stand_in_it() -> None:
    page = files()["report.html"].decode()
    assert "<script" not in page
    for chapter in WHOLE.finditer(page):
        bare = re.sub(r"<(style|details class=.words).*?</(style|details)>", " ", chapter[0], flags=re.DOTALL)
        shown = {
            html.unescape(one) for one in re.findall(r"<dt>(.*?)</dt>", "".join(f[1] for f in FOLD.findall(chapter[0])))
        }
        told = html.unescape(re.sub(r"<[^>]+>", " ", bare))
        assert {"marge", "saldo"} & set(named(told)) <= shown, chapter[1]


def test_the_council_and_paper_have_them_too() -> None:
    assert FOLD.search(files()["raad.html"].decode())
    annexes = " ".join(page.get_text() for page in pymupdf.open(stream=files()["bijlagen.pdf"]))
    assert TITLE in annexes
    assert "Alle baten min alle kosten" in " ".join(annexes.split())
