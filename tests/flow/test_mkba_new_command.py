"""`wijkbaat mkba new` on a release that the whole chain made: asked, left half-way, gone on with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from pipelines.commands.app import app
from pipelines.study.workplace import read_study
from tests.flow.conftest import Done


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


def test_without_a_release_there_is_nothing_to_value(study: Path, tmp_path: Path) -> None:
    assert "Doe eerst: wijkbaat run" in said(study, tmp_path / "leeg")
