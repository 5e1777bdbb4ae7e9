"""The conversation as a form: the questions of the terminal, page by page, give what a file of replies gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import StudyError
from mkba.binding.released_quantities import READS
from mkba.inputs.shipped import parameter_packs
from pipelines.init.questions import Question, Talk
from pipelines.init.writing import kept_in, replies_in
from pipelines.road.balance.entry import Made, made
from pipelines.road.balance.known import Known, known
from pipelines.road.conversation import made_with
from pipelines.road.form.filling import AT_ONCE, Filling
from pipelines.study.checking import study_tree
from pipelines.study.workplace import read_study
from reports.html.form import form_html
from tests.road.released import ANSWERS, STUDIES, released

CHOICES = ANSWERS / "rijnstad_mkba.yaml"
Sent = dict[str, list[str]]


@pytest.fixture(scope="module")
def start() -> Known:
    files = read_study(STUDIES / "rijnstad")
    return known(files.study, released("rijnstad", READS), parameter_packs(), study_tree(files))


def form_of(start: Known, kept: Path) -> Filling[Made]:
    return Filling(
        "De MKBA van Rijnstad",
        "mkba.yaml",
        lambda talk: made(talk, start),
        lambda one: [one.model.title],
        kept,
        "publicatie",
    )


def sent(form: Filling[Any], replies: Mapping[str, Any]) -> Sent:
    """What a browser sends of the page that is shown."""
    page = form.page()
    found: Sent = {"vraag": list(page.names)}
    for name in page.names:
        reply = replies.get(name, "")
        found[f"v:{name}"] = [str(one) for one in reply] if isinstance(reply, list) else [str(reply)]
    return found


def test_the_form_gives_the_balance_that_a_file_gives(start: Known, tmp_path: Path) -> None:
    replies, form = replies_in(CHOICES), form_of(start, tmp_path / "kept")
    pages = 0
    while form.page().names:
        assert len(form.page().names) <= AT_ONCE
        form.take(sent(form, replies))
        assert form.page().wrong == []
        pages += 1
        assert pages < 40
    for name in [one.name for one in form.page().by_itself if one.name in replies]:
        form.take({"vraag": [name], f"v:{name}": [str(replies[name])]})
    assert form.page().outcome == (f"{form.build(Talk(form.given)).model.title}",)  # type: ignore[union-attr]
    assert form.finish()
    assert not form.kept.exists()
    file = made_with(form.build, form.shown, CHOICES, tmp_path / "other", "publicatie")
    assert form.finished is not None
    assert form.finished.text == file.text


def test_a_wrong_reply_is_asked_again_in_place_and_keeps_what_was_typed(start: Known, tmp_path: Path) -> None:
    form = form_of(start, tmp_path / "kept")
    first = form.page()
    assert first.is_first
    form.take({"vraag": ["getekend", "probleem"], "v:getekend": ["W. de Wit"], "v:probleem": ["te kort"]})
    page = form.page()
    problem = next(one for one in page.fields if one.id == "v:probleem")
    assert (problem.typed, problem.problem) == ("te kort", "Dit is te kort: schrijf minstens 120 tekens (nu 7).")
    assert [one.text for one in page.wrong] == [problem.text]
    assert [(one.name, one.reply) for one in page.settled] == [("getekend", "W. de Wit")]
    assert not form.finish()


def test_what_was_sent_empty_is_asked_again(start: Known, tmp_path: Path) -> None:
    form = form_of(start, tmp_path / "kept")
    form.take(sent(form, {"getekend": "W. de Wit"}))
    wrong = {one.id: one.problem for one in form.page().wrong}
    assert wrong["v:probleem"] == "Hier staat nog geen antwoord."
    assert "v:getekend" not in wrong


def test_a_form_that_was_left_goes_on_in_the_form_and_at_the_terminal(start: Known, tmp_path: Path) -> None:
    form = form_of(start, tmp_path / "kept")
    form.take({"vraag": ["getekend"], "v:getekend": ["W. de Wit"]})
    again = form_of(start, tmp_path / "kept")
    assert not again.page().is_first
    assert "getekend" not in again.page().names
    assert kept_in(tmp_path / "kept", "publicatie") == {"getekend": "W. de Wit"}
    assert kept_in(tmp_path / "kept", "andere publicatie") == {}


def test_an_answer_can_be_given_otherwise_later(start: Known, tmp_path: Path) -> None:
    form = form_of(start, tmp_path / "kept")
    form.take({"vraag": ["getekend"], "v:getekend": ["W. de Wit"]})
    page = form.page("getekend")
    assert (page.names, page.fields[0].typed) == (("getekend",), "W. de Wit")
    form.take({"vraag": ["getekend"], "v:getekend": ["A. Jansen"]})
    assert form.given["getekend"] == "A. Jansen"
    assert form.page("bestaat niet").names == form.page().names


def a_form(tmp_path: Path, build: Callable[[Talk], str | None]) -> Filling[str]:
    return Filling("Proef", "proef.yaml", build, lambda text: ["- Zo wordt het:", text], tmp_path / "kept", "proef")


def test_a_question_with_parts_is_asked_part_by_part(tmp_path: Path) -> None:
    question = Question("kleur", "Welke kleur heeft", {"rood": "warm", "blauw": "koud"}, parts=("dak", "deur"))
    form = a_form(tmp_path, lambda talk: str(talk.words(question)) if talk.words(question) else None)
    assert [one.text for one in form.page().fields] == ["Welke kleur heeft dak", "Welke kleur heeft deur"]
    form.take({"vraag": ["kleur"], "v:kleur:0": ["rood"], "v:kleur:1": [""]})
    assert form.page().fields[1].problem.startswith("voor 'deur' staat er geen antwoord")
    assert form.page().fields[0].options[0].is_taken
    form.take({"vraag": ["kleur"], "v:kleur:0": ["rood"], "v:kleur:1": ["blauw"]})
    assert form.page().outcome == ("Zo wordt het:", "{'dak': 'rood', 'deur': 'blauw'}")


def test_what_does_not_hold_as_a_whole_is_told_and_can_be_mended(tmp_path: Path) -> None:
    def build(talk: Talk) -> str | None:
        word = talk.text(Question("woord", "Welk woord?"))
        if word == "fout":
            raise StudyError("Dit past niet bij de rest.")
        return word

    form = a_form(tmp_path, build)
    form.take({"vraag": ["woord"], "v:woord": ["fout"]})
    page = form.page()
    assert (page.problem, page.outcome, page.names) == ("Dit past niet bij de rest.", (), ())
    assert [one.name for one in page.settled] == ["woord"]
    assert not form.finish()
    form.take({"vraag": ["woord"], "v:woord": ["goed"]})
    assert form.finish()


def test_words_of_a_person_come_back_as_they_were_and_never_as_html(tmp_path: Path) -> None:
    typed = '<script>x</script> & "−€ 5"'
    form = a_form(tmp_path, lambda talk: talk.text(Question("woord", "Welk?", fits=lambda _: "Dit kan niet.")))
    form.take({"vraag": ["woord"], "v:woord": [typed]})
    html = form_html(form.page())
    assert "<script" not in html
    assert "&lt;script&gt;x&lt;/script&gt; &amp; &#34;−€ 5&#34;</textarea>" in html
