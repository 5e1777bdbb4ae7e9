"""`wijkbaat mkba new` on a release that the whole chain made: asked, left half-way, gone on with."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from pipelines.commands.app import app
from pipelines.init.writing import keep_in, replies_in
from pipelines.road.tree import making
from pipelines.storage.house import HOUSE
from pipelines.study.workplace import read_study
from tests.flow.conftest import Done
from tests.office.calc import edited_ods, edited_xlsx
from tests.patience import PATIENCE
from tests.road.released import ANSWERS


@pytest.fixture
def study(done: Done, tmp_path: Path) -> Path:
    """The released study without its balance."""
    copied = tmp_path / "demostad"
    shutil.copytree(done.study, copied)
    (copied / "mkba.yaml").unlink()
    return copied


def said(study: Path, home: Path, *options: str, typed: str | None = None) -> str:
    found = CliRunner().invoke(app, ["mkba", "new", str(study), "--home", str(home), *options], input=typed)
    if found.exception and not isinstance(found.exception, SystemExit | StudyError):
        raise found.exception
    return found.output + str(found.exception or "")


def test_a_balance_that_is_there_is_not_overwritten(done: Done) -> None:
    assert "staat al een mkba.yaml" in said(done.study, done.home)


def test_open_questions_are_told_and_nothing_is_written(study: Path, done: Done, tmp_path: Path) -> None:
    (tmp_path / "antwoorden.yaml").write_text("getekend: onderzoeker\n")
    before = sorted(path.name for path in study.iterdir())
    told = said(study, done.home, "--answers", str(tmp_path / "antwoorden.yaml"))
    assert "vragen moeten eerst beantwoord worden" in told
    assert sorted(path.name for path in study.iterdir()) == before


def test_a_conversation_left_half_way_goes_on_and_blocks_nothing(study: Path, done: Done) -> None:
    policy = read_study(study).sha256
    told = said(study, done.home, typed="onderzoeker\nte kort\n")
    assert "Dit is te kort: schrijf minstens 120 tekens (nu 7)." in told
    assert not (study / "mkba.yaml").exists()
    assert read_study(study).sha256 == policy
    again = said(study, done.home, typed="Mensen komen te laat bij hulp. " * 6 + "\n")
    assert "U was hier al mee bezig. Wat u eerder antwoordde, staat er nog (1)." in again
    assert "Wie staat er voor de aannames" not in again.partition("nulalternatief")[0]


def test_what_cannot_be_written_costs_no_reply(study: Path, done: Done, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(f"no room for {path.name} ({len(content)} bytes)")

    (study / making.TREE).unlink()
    kept = study / making.KEPT
    keep_in(kept, "onze publicatie", {"boom": "wijkteam"})
    with monkeypatch.context() as disk:
        disk.setattr(making, "write_whole", full)
        with pytest.raises(OSError, match="no room"):
            making.make_tree(study, done.home, ANSWERS / "rijnstad_boom.yaml")
    assert kept.exists()
    making.make_tree(study, done.home, ANSWERS / "rijnstad_boom.yaml")
    assert not kept.exists()


def test_without_a_release_there_is_nothing_to_value(study: Path, tmp_path: Path) -> None:
    assert "Doe eerst: wijkbaat run" in said(study, tmp_path / "leeg")


def imported(study: Path, home: Path, book: Path, *options: str) -> str:
    options = options or ("--by", "W. de Wit", "--why", "De inkoop rekent met een ander jaar")
    found = CliRunner().invoke(app, ["mkba", "import", str(study), str(book), "--home", str(home), *options])
    if found.exception and not isinstance(found.exception, SystemExit | StudyError):
        raise found.exception
    return found.output + str(found.exception or "")


@pytest.fixture
def whole(done: Done, tmp_path: Path) -> Path:
    """The released study with its balance."""
    return Path(shutil.copytree(done.study, tmp_path / "heel"))


def test_an_edited_workbook_of_inputs_comes_back_as_a_patch_with_who_and_why(whole: Path, done: Done) -> None:
    CliRunner().invoke(app, ["mkba", "export", str(whole)], catch_exceptions=False)
    book = whole / "mkba-invoer.xlsx"
    before = (whole / "mkba.yaml").read_text()
    assert imported(whole, done.home, book) == "Er is niets veranderd.\n"
    edited = openpyxl.load_workbook(book)
    page = edited["Balans"]
    row = next(line[0].row for line in page.iter_rows() if line[0].value == "horizon in jaren")
    page.cell(row, 2).value = 12
    edited.save(book)
    assert "horizon in jaren: 10 wordt 12" in imported(whole, done.home, book)
    assert (whole / "mkba.yaml").read_text() == before
    assert (whole / "mkba.nieuw.yaml").read_text() == before.replace("horizon_years: 10", "horizon_years: 12")
    patch = (whole / "mkba.patch").read_text()
    assert patch.startswith("Door: W. de Wit\n")
    assert "Waarom: De inkoop rekent met een ander jaar" in patch
    assert "+horizon_years: 12" in patch


@pytest.mark.parametrize(("name", "edited"), [("mkba.xlsx", edited_xlsx), ("mkba.ods", edited_ods)])
def test_an_edited_workbook_of_a_release_is_offered_back(
    name: str, edited: Callable[[bytes, dict[str, float]], bytes], whole: Path, done: Done, tmp_path: Path
) -> None:
    release = done.outcome.release
    assert release is not None
    page = openpyxl.load_workbook(release.directory / "mkba.xlsx")["Uitgangspunten"]
    rows = {page.cell(row, 1).value: row for row in range(5, page.max_row + 1)}
    days = next(row for assumption, row in rows.items() if assumption and "opnamedagen" in assumption)
    (tmp_path / name).write_bytes(edited((release.directory / name).read_bytes(), {f"B{days}": 20}))
    told = imported(whole, done.home, tmp_path / name)
    assert "factors: toegevoegd" not in told
    new = (whole / "mkba.nieuw.yaml").read_text()
    assert "value: 20" in new
    assert "in de werkmap veranderd van 14: De inkoop rekent met een ander jaar" in new


def test_what_was_measured_cannot_be_typed_over(whole: Path, done: Done, tmp_path: Path) -> None:
    release = done.outcome.release
    assert release is not None
    edited = openpyxl.load_workbook(release.directory / "mkba.xlsx")
    page = edited["Uitgangspunten"]
    row = next(row for row in range(5, page.max_row + 1) if str(page.cell(row, 1).value).startswith("Verschil_"))
    page.cell(row, 2).value = -9999
    edited.save(tmp_path / "mkba.xlsx")
    told = imported(whole, done.home, tmp_path / "mkba.xlsx")
    assert f"blad Uitgangspunten, rij {row}" in told
    assert "dit is gemeten of geteld" in told
    assert not (whole / "mkba.nieuw.yaml").exists()


def test_a_patch_names_a_person_and_no_personal_data(whole: Path, done: Done) -> None:
    CliRunner().invoke(app, ["mkba", "export", str(whole)], catch_exceptions=False)
    told = imported(whole, done.home, whole / "mkba-invoer.xlsx", "--by", "W. de Wit", "--why", "Zie 123456782")
    assert "De tekst achter --why lijkt" in told


def test_a_file_of_answers_and_a_form_do_not_go_together(study: Path, done: Done) -> None:
    assert "--answers en --form gaan niet samen" in said(study, done.home, "--answers", "a.yaml", "--form")


def test_a_form_keeps_what_was_answered_when_its_command_is_stopped(study: Path, done: Done) -> None:
    order = ["mkba", "new", str(study), "--home", str(done.home), "--form"]
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *order]
    pipe = subprocess.PIPE
    running = subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, cwd=HOUSE)
    assert running.stdout is not None
    link = running.stdout.readline().partition(": ")[2].strip()
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    browser.open(link).read()
    home, _, _ = link.partition("?")
    page = browser.open(home).read().decode()
    assert "Wie staat er voor de aannames" in page
    sent = urllib.parse.urlencode({"vraag": "getekend", "v:getekend": "W. de Wit"}).encode()
    origin = "/".join(home.split("/")[:3])
    page = browser.open(urllib.request.Request(home, sent, {"Origin": origin})).read().decode()  # noqa: S310  our own
    assert "Door u beantwoord (1)" in page
    with pytest.raises(urllib.error.HTTPError, match="403"):
        browser.open(urllib.request.Request(home, sent, {"Origin": "http://elders.example"}))  # noqa: S310
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=PATIENCE)
    assert running.returncode == 2
    assert f"wijkbaat {' '.join(order)}" in told  # the home that was named is in the command that goes on
    assert replies_in(study / "mkba.antwoorden")["getekend"] == "W. de Wit"
    assert not (study / "mkba.yaml").exists()
