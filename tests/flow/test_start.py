"""`wijkbaat start`: what is done, what is open, and on from there."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from pipelines.commands.app import app
from tests.flow.conftest import Done


def said(*arguments: object, typed: str | None = None) -> str:
    found = CliRunner().invoke(app, ["start", *(str(one) for one in arguments)], input=typed)
    if found.exception and not isinstance(found.exception, SystemExit | StudyError):
        raise found.exception
    return found.output + str(found.exception or "")


def test_a_released_study_with_tree_and_balance_is_done(done: Done) -> None:
    told = said(done.study, "--home", done.home)
    assert told.count("klaar  ") == 8
    assert told.endswith("Alles is klaar.\n")


def test_without_a_balance_that_step_comes_next_and_may_wait(done: Done, tmp_path: Path) -> None:
    study = Path(shutil.copytree(done.study, tmp_path / "demostad"))
    (study / "mkba.yaml").unlink()
    told = said(study, "--home", done.home, typed="nee\n")
    assert "nu     balans" in told
    assert "open   rapport" in told
    assert f"Later verder: wijkbaat start {study} --home {done.home}" in told


def test_a_step_that_is_broken_off_is_open_again(done: Done, tmp_path: Path) -> None:
    study = Path(shutil.copytree(done.study, tmp_path / "demostad"))
    (study / "mkba.yaml").unlink()
    said(study, "--home", done.home, typed="ja\nonderzoeker\n")
    again = said(study, "--home", done.home, typed="ja\n")
    assert "Wat u eerder antwoordde, staat er nog (1)." in again


@pytest.mark.parametrize("show", [[], ["--show"]])
def test_a_changed_study_asks_for_a_new_report(done: Done, tmp_path: Path, show: list[str]) -> None:
    study = Path(shutil.copytree(done.study, tmp_path / "demostad"))
    (study / "mkba.yaml").write_text((study / "mkba.yaml").read_text() + "# nagekeken\n")
    told = said(study, "--home", done.home, *show, typed="nee\n")
    assert "nu     rapport" in told
    assert "Nog ongeveer 7 minuten van uw tijd." in told


def test_a_start_without_files_says_how_to_begin(tmp_path: Path) -> None:
    told = said(tmp_path / "nieuw", "--home", tmp_path / "home", typed="ja\n")
    assert "nu     bestanden" in told
    assert "Noem de bestanden van één levering achter de studie" in told
    assert not (tmp_path / "nieuw").exists()
