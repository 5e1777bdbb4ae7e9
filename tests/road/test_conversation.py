"""The same conversation at a terminal: typed replies give what a file of replies gives, and can be corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data_contracts.errors import StudyError
from mkba.binding.released_quantities import READS
from mkba.inputs.shipped import parameter_packs
from pipelines.init.dialogue import Dialogue
from pipelines.init.questions import Talk
from pipelines.init.writing import kept_in, replies_in
from pipelines.road.balance.entry import Made, made
from pipelines.road.balance.known import Known, known
from pipelines.road.conversation import made_with
from pipelines.study.checking import study_tree
from pipelines.study.workplace import read_study
from tests.road.released import ANSWERS, STUDIES, released

CHOICES = ANSWERS / "rijnstad_mkba.yaml"


@pytest.fixture(scope="module")
def start() -> Known:
    files = read_study(STUDIES / "rijnstad")
    return known(files.study, released("rijnstad", READS), parameter_packs(), study_tree(files))


class Person:
    """Types a reply to every question that is asked; the questions that came."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, replies: dict[str, Any], *, first: dict[str, str]) -> None:
        self.replies, self.first, self.asked = replies, dict(first), list[str]()
        monkeypatch.setattr(Dialogue, "prompt", lambda _, text: self.types(text))

    def types(self, text: str) -> str:
        if "Klopt dit?" in text:
            return self.first.pop("klopt", "")
        self.asked.append(text)
        reply = self.first.pop(text, self.replies[text])
        return ", ".join(reply) if isinstance(reply, list) else str(reply)


def conversation(start: Known, kept: Path, answers: Path | None = None) -> Made:
    return made_with(lambda talk: made(talk, start), lambda one: [one.model.title], answers, kept, "publicatie")


def test_typed_replies_give_the_same_balance_as_a_file(
    start: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replies = replies_in(CHOICES) | {
        "titel": "Maatschappelijke kosten en baten van de nieuwe werkwijze in de wijkteams van Rijnstad"
    }
    person = Person(
        monkeypatch, replies, first={"horizon": "lang", "prijspeil": "1900", "effecten": "dagbesteding, wmo"}
    )
    typed = conversation(start, tmp_path / "kept")
    assert {name: person.asked.count(name) for name in ("horizon", "prijspeil", "effecten")} == dict.fromkeys(
        ("horizon", "prijspeil", "effecten"), 2
    )
    assert kept_in(tmp_path / "kept", "publicatie").keys() == set(person.asked)  # they go when the balance is written
    name = replies.pop("uitbreiden.naam")  # what has a default is not asked, but can be corrected
    from_file = Talk(replies)
    assert typed.text == made(from_file, start).text  # type: ignore[union-attr]
    assert name not in typed.text


def test_what_was_taken_by_itself_can_be_corrected_at_the_end(
    start: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Person(monkeypatch, replies_in(CHOICES), first={"klopt": "uitbreiden.naam"})
    assert "label: Eén fte erbij" in conversation(start, tmp_path / "kept").text


def test_replies_to_questions_that_were_not_asked_are_told(
    start: Known, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = tmp_path / "antwoorden.yaml"
    answers.write_text(CHOICES.read_text(encoding="utf-8") + "kleur: blauw\n", encoding="utf-8")
    conversation(start, tmp_path / "kept", answers)
    assert "Niet gevraagd, dus niet gebruikt: het antwoord op 'kleur'." in capsys.readouterr().out


def test_who_stops_half_way_keeps_the_replies_so_far(
    start: Known, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def types(dialogue: Dialogue, text: str) -> str:
        if text == "nulalternatief":
            dialogue.asks = False  # the end of the input
            return ""
        return str(replies_in(CHOICES)[text])

    monkeypatch.setattr(Dialogue, "prompt", types)
    with pytest.raises(StudyError, match="nulalternatief"):
        conversation(start, tmp_path / "kept")
    assert set(replies_in(tmp_path / "kept")) == {"bestanden", "getekend", "probleem"}
