"""`wijkbaat circle` and `tree adopt`: from what was said to an answer, minutes on paper and a changed tree."""

from __future__ import annotations

import shutil
from pathlib import Path

import pymupdf
import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.yaml_file import as_model
from indicators.results_logic.tree.model import Tree
from pipelines.circle.answering import answer
from pipelines.commands.app import app
from pipelines.storage.circle_journal import CircleJournal
from pipelines.storage.home import Home
from tests.circle.told import SECOND, said
from tests.circle.year import BOTTLENECK, CARD, PILE, PROMISE, first_session, second_session

RIJNSTAD = Path(__file__).parents[2] / "studies" / "rijnstad"


@pytest.fixture
def journal(tmp_path: Path) -> CircleJournal:
    kept = CircleJournal(Home(tmp_path / "home"))
    first_session(kept)
    return kept


def ran(tmp_path: Path, *arguments: str, study: Path = RIJNSTAD) -> str:
    command, *rest = arguments
    whole = ["circle", command, str(study), *rest, "--home", str(tmp_path / "home")]
    done = CliRunner().invoke(app, whole, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_without_a_meeting_every_command_says_how_one_is_opened(tmp_path: Path) -> None:
    assert "nog geen bijeenkomst geweest. Open er een met wijkbaat session" in ran(tmp_path, "list")
    for command in ("show", "propose"):
        whole = ["circle", command, str(RIJNSTAD), "--home", str(tmp_path / "home")]
        with pytest.raises(StudyError, match="nog geen bijeenkomst geweest"):
            CliRunner().invoke(app, whole, catch_exceptions=False)


def test_list_tells_what_is_open_and_what_waits_for_policy(journal: CircleJournal, tmp_path: Path) -> None:
    told = ran(tmp_path, "list")
    assert "2026-02-12  22 mensen, 2 cijfers, verslag is concept" in told
    assert f"{PROMISE} (teamleider, 1 mei 2026)" in told
    assert f"punt-000  knelpunt: {BOTTLENECK}" in told
    assert "Teamleiders: 25% goed" in told
    assert CARD not in told


def test_policy_answers_between_two_meetings(journal: CircleJournal, tmp_path: Path) -> None:
    reply = ("--text", "Er komt een brief in gewone taal", "--by", "beleid", "--on", "2026-03-01")
    assert BOTTLENECK in ran(tmp_path, "answer", "punt-000", *reply)
    assert "Wacht op antwoord" not in ran(tmp_path, "list")


@pytest.mark.parametrize("number", ["", "nergens"])
def test_an_answer_to_nothing_is_refused(journal: CircleJournal, number: str) -> None:
    import datetime as dt

    with pytest.raises(StudyError, match="wijkbaat circle list"):
        answer(journal, number, "Ja hoor", "beleid", dt.date(2026, 3, 1))


def test_minutes_are_printed_with_cards_until_they_are_adopted(journal: CircleJournal, tmp_path: Path) -> None:
    ran(tmp_path, "show", "--to", str(tmp_path / "concept"))
    page = (tmp_path / "concept" / "verslag-leerkring-2026-02-12.html").read_text(encoding="utf-8")
    assert CARD in page
    assert "Concept." in page
    assert 'lang="nl"' in page
    second_session(journal)
    ran(tmp_path, "show", "--session", "2026-02-12", "--to", str(tmp_path / "vast"))
    page = (tmp_path / "vast" / "verslag-leerkring-2026-02-12.html").read_text(encoding="utf-8")
    assert CARD not in page
    assert "Vastgesteld op de bijeenkomst van 2026-05-21." in page
    assert f"{PILE}" in page
    assert "teamleden 1, kleine groepen samen 1" in page
    with pymupdf.open(tmp_path / "vast" / "verslag-leerkring-2026-02-12.pdf") as paper:
        words = "".join(one.get_text() for one in paper)
    assert PILE in words
    assert CARD not in words


def test_decisions_and_cards_become_a_patch_that_the_tree_adopts(journal: CircleJournal, tmp_path: Path) -> None:
    study = tmp_path / "rijnstad"
    shutil.copytree(RIJNSTAD, study, ignore=shutil.ignore_patterns("deliveries"))
    about = {"link": "schulden-naar-geld", "due": "2026-11-01"}
    journal.add(
        said(
            "promise",
            item="besluit-1",
            text="Wij twijfelen aan dit verband",
            owner="kring",
            link_status="doubt",
            **about,
        )
    )
    for at, (card, kind) in enumerate((("kaart-001", "evidence_against"), ("kaart-002", "rival"))):
        journal.add(said("filed", card=card, link="schulden-naar-geld", filed_as=kind, text=f"Zo gaat het hier ({at})"))
    ran(tmp_path, "propose", study=study)
    paths = [str(study), str(study / "voorstel-2026-02-12.txt")]
    done = CliRunner().invoke(app, ["tree", "adopt", *paths], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    before = as_model((study / "results_logic.yaml").read_text(encoding="utf-8"), Tree, "boom")
    after = as_model((study / "results_logic.nieuw.yaml").read_text(encoding="utf-8"), Tree, "boom")
    link = next(one for one in after.links if one.id == "schulden-naar-geld")
    assert after.adopted == before.adopted
    assert (link.test.status, str(link.test.next_look)) == ("doubt", "2026-11-01")
    assert link.decisions[-1].session == "leerkring-2026-02-12"
    assert (link.evidence[-1].kind, link.evidence[-1].strength) == ("practice", "weak")
    assert link.rivals[-1].explanation == "Zo gaat het hier (1)"


def test_a_session_without_anything_for_the_tree_says_so(journal: CircleJournal, tmp_path: Path) -> None:
    second_session(journal)
    arguments = ["circle", "propose", str(RIJNSTAD), "--session", SECOND, "--home", str(tmp_path / "home")]
    with pytest.raises(StudyError, match="niets over een verband"):
        CliRunner().invoke(app, arguments, catch_exceptions=False)
