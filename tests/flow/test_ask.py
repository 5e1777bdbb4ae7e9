"""A question of the council, walked: previewed, answered on one page in somebody's name, alive in the next release."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.commands.app import app
from pipelines.run import run
from pipelines.storage.home import Home
from pipelines.storage.questions import questions
from tests.flow.conftest import Done

QUESTION = """schema_version: 1
question: Gaan mensen met een psychische kwetsbaarheid vooruit op hun geldzaken?
outcome: {subject: zrm, life_domain: finances}
group: {target_group: psychische kwetsbaarheid}
period: {from: first, to: last}
"""
BY = ("--by", "A. Jansen, onderzoeker", "--why", "gevraagd in de raad van maart")


@pytest.fixture(scope="module")
def own(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Done:
    home = tmp_path_factory.mktemp("asked") / "home"
    shutil.copytree(done.home, home)
    return replace(done, home=home)


def ask(own: Done, text: str, *more: str):
    path = own.home.parent / "vraag.yaml"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(app, ["ask", str(own.study), str(path), "--home", str(own.home), *more])


def test_a_preview_shows_what_would_leave_and_leaves_nothing(own: Done) -> None:
    before = sorted(own.home.joinpath("released").rglob("*"))
    found = ask(own, QUESTION)
    assert found.exit_code == 0, found.output
    assert "er is nog niets gepubliceerd" in found.output
    assert "psychische kwetsbaarheid: ongeveer" in found.output
    assert "% vooruit" in found.output
    assert "tot dan blijft dit cijfer staan" in found.output
    assert sorted(own.home.joinpath("released").rglob("*")) == before
    assert questions(Home(own.home)) == []


def test_a_program_reads_the_same_as_one_object(own: Done) -> None:
    found = ask(own, QUESTION, "--json")
    told = json.loads(found.stdout)
    assert told["id"] is None
    assert told["can_be_answered"]
    assert told["group"] == {"slice": "target_group", "value": "psychische kwetsbaarheid"}
    assert any("% vooruit" in one["words"] for one in told["groups"])


@pytest.mark.slow
def test_a_program_reads_why_a_group_is_not_shown(own: Done) -> None:
    small = ask(own, QUESTION.replace("psychische kwetsbaarheid", "licht verstandelijke beperking"), "--json")
    refused = json.loads(small.stdout)
    assert (refused["can_be_answered"], refused["groups"]) == (False, [])
    assert "minder dan" in refused["because"]
    assert refused["broader"] == {"slice": "all", "value": "all"}


def test_a_group_that_is_too_small_is_refused_with_the_reason_and_what_can_be_asked(own: Done) -> None:
    found = ask(own, QUESTION.replace("psychische kwetsbaarheid", "licht verstandelijke beperking"), *BY)
    assert found.exception is not None
    assert "kan niet worden beantwoord" in found.output
    assert "Wel te vragen: alle cliënten samen" in found.output
    assert questions(Home(own.home)) == []


def test_a_group_that_is_not_there_is_answered_with_those_that_are(own: Done) -> None:
    found = ask(own, QUESTION.replace("psychische kwetsbaarheid", "marsmannen"))
    assert "is geen groep 'marsmannen'. Kies uit:" in str(found.exception)


def test_an_answer_is_a_page_in_a_release_that_somebody_approved_by_name(own: Done) -> None:
    found = ask(own, QUESTION, *BY)
    assert found.exit_code == 0, found.output
    release = _current(own.home)
    assert {path.name for path in (release / "vragen").iterdir()} == {"V1.html", "V1.pdf", "V1.docx"}
    page = (release / "vragen" / "V1.html").read_text("utf-8")
    assert "Of dit door de aanpak komt" in page
    assert "Wat vroeg de raad?" in (release / "report.html").read_text("utf-8")
    known = {one["id"] for one in json.loads((release / "figures.json").read_text("utf-8"))}
    assert {"V1", "V1G"} <= known
    last = json.loads((own.home / "released" / "decisions.jsonl").read_text("utf-8").splitlines()[-1])
    assert (last["decision"], last["by"]) == ("approve", "A. Jansen, onderzoeker")
    assert "Beantwoord: vraag V1" in (release / "wat-is-er-veranderd.txt").read_text("utf-8")


def test_no_other_figure_changed(done: Done, own: Done) -> None:
    before, now = (_current(one.home) / "tables" for one in (done, own))
    for path in before.glob("*.csv"):
        lines = (one / path.name for one in (before, now))
        then, there = (set(one.read_text("utf-8").splitlines()) for one in lines)
        assert then <= there, path.name


@pytest.mark.slow
def test_an_answer_is_withdrawn_in_somebodys_name_and_its_number_stays_its_own(own: Done) -> None:
    copy = replace(own, home=own.home.parent / "withdrawn")
    if not questions(Home(own.home)):  # this test alone
        assert ask(own, QUESTION, *BY).exit_code == 0
    shutil.copytree(own.home, copy.home)
    call = ["ask", str(copy.study), "--home", str(copy.home), "--withdraw"]
    assert "gaat met --by en --why" in str(CliRunner().invoke(app, [*call, "V1"]).exception)
    assert "Wel: V1" in str(CliRunner().invoke(app, [*call, "V7", *BY]).exception)
    found = CliRunner().invoke(app, [*call, "V1", *BY, "--json"])
    assert found.exit_code == 0, found.output
    assert json.loads(found.stdout)["withdrawn"] == "V1"
    release = _current(copy.home)
    assert not (release / "vragen").exists()
    assert "Niet meer beantwoord: V1" in (release / "wat-is-er-veranderd.txt").read_text("utf-8")
    last = json.loads((copy.home / "released" / "decisions.jsonl").read_text("utf-8").splitlines()[-1])
    assert (last["release"], last["by"]) == (release.name, "A. Jansen, onderzoeker")
    again = ask(copy, QUESTION, *BY, "--json")
    assert again.exit_code == 0, again.output
    assert json.loads(again.stdout)["id"] == "V2"


@pytest.mark.slow
def test_the_next_run_keeps_the_answer_and_asking_again_names_it(own: Done) -> None:
    if not questions(Home(own.home)):  # this test alone
        assert ask(own, QUESTION, *BY).exit_code == 0
    released = _current(own.home).name
    outcome = run(own.order())
    assert outcome.release is not None
    assert outcome.release.name == released
    assert "is al beantwoord: V1" in ask(own, QUESTION).output


def _current(home: Path) -> Path:
    return home / "released" / (home / "released" / "CURRENT").read_text("utf-8").strip()
