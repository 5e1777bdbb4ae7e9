"""What a newcomer meets who types a path that is not there, or begins at another end: what, where, and what to do."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.yaml_file import read_text
from pipelines.commands.app import app
from pipelines.storage.home import Home

HOUSE = Path(__file__).parents[2]


def told(*words: str, cwd: Path = HOUSE) -> tuple[int, str]:
    """The exit code, and everything that was said, of the command itself."""
    command = [sys.executable, "-c", "from pipelines.cli import main; main()", *words]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)
    return ended.returncode, ended.stdout + ended.stderr


def commands(command: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command as it is typed."""
    if not hasattr(command, "commands"):
        yield path, command
    for name, one in getattr(command, "commands", {}).items():
        yield from commands(one, *path, name)


def of_a_study(command: Any) -> bool:
    """Whether its first word is a study that must be there."""
    return bool(command.params) and command.params[0].metavar == "STUDIE" and command.name != "start"


WORDS = {"cause": "delivery"}  # one of a list
FILES = ("LIJST", "BESTAND", "WERKMAP", "REKENING")
OF_A_STUDY = [(path, one) for path, one in commands(typer.main.get_command(app)) if of_a_study(one)]


def typed(path: tuple[str, ...], command: Any, study: Path, file: Path) -> list[str]:
    """The command, with a word for everything that must be said."""
    words = [*path, str(study)]
    for parameter in command.params[1:]:
        if parameter.required:
            named = [parameter.opts[0]] if parameter.opts[0].startswith("-") else []
            value = str(file) if parameter.metavar in FILES else WORDS.get(parameter.name, "een paar woorden")
            words += [*named, value]
    return words


@pytest.mark.parametrize(("path", "command"), OF_A_STUDY, ids=[" ".join(path) for path, _ in OF_A_STUDY])
def test_a_study_that_is_not_there_is_said_by_every_command_that_takes_one(
    path: tuple[str, ...], command: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "lijst.xlsx").write_text("demo-0001\n", encoding="utf-8")
    ended = CliRunner().invoke(app, typed(path, command, Path("studies/nergens"), tmp_path / "lijst.xlsx"))
    assert isinstance(ended.exception, StudyError)
    for words in ("studies/nergens: deze map bestaat niet.", f"'{tmp_path}'", "wijkbaat init"):
        assert words in str(ended.exception)
    assert [one.name for one in tmp_path.iterdir()] == ["lijst.xlsx"]


def test_a_file_and_a_directory_without_a_study_are_called_so(tmp_path: Path) -> None:
    (tmp_path / "studie.txt").write_text("", encoding="utf-8")
    (tmp_path / "leeg").mkdir()
    assert told("check", str(tmp_path / "studie.txt")) == (
        2,
        f"{tmp_path}/studie.txt: dit is een bestand. Geef de map van de studie op, bijvoorbeeld studies/rijnstad.\n",
    )
    code, said = told("check", str(tmp_path / "leeg"))
    assert code == 2
    assert "in deze map staat geen studie (study.yaml en mapping.yaml)" in said and "wijkbaat init" in said


@pytest.mark.parametrize("command", ["run", "watch", "plan"])
def test_an_invented_study_without_a_delivery_says_which_command_makes_one(command: str, tmp_path: Path) -> None:
    study, home = Path("studies/voorbeeldstad"), tmp_path / "home"
    _, said = told(command, str(study), "--home", str(home))
    assert f"Er staat geen levering in '{home}/inbox'" in said
    assert f"wijkbaat simulate {study} --home {home}" in said


def test_a_study_of_ones_own_without_a_delivery_says_where_to_put_it(tmp_path: Path) -> None:
    study, home = tmp_path / "gemeente", tmp_path / "home"
    shutil.copytree(HOUSE / "studies/rijnstad", study, ignore=shutil.ignore_patterns("deliveries"))
    code, said = told("run", str(study), "--home", str(home))
    assert code == 2
    assert f"'{home}/inbox/2026-k1'" in said and "simulate" not in said


def test_a_study_that_brings_its_deliveries_says_which_command_reads_them(tmp_path: Path) -> None:
    _, said = told("watch", "studies/rijnstad", "--home", str(tmp_path / "home"))
    assert f"wijkbaat run studies/rijnstad --home {tmp_path / 'home'}" in said
    code, said = told("simulate", "studies/rijnstad", "--home", str(tmp_path / "home"))
    assert code == 2 and "wijkbaat run studies/rijnstad" in said


def test_a_study_without_an_invented_municipality_names_one_that_has_one(tmp_path: Path) -> None:
    study = tmp_path / "gemeente"
    shutil.copytree(HOUSE / "studies/rijnstad", study, ignore=shutil.ignore_patterns("deliveries"))
    code, said = told("simulate", str(study), "--home", str(tmp_path / "home"))
    assert code == 2 and "studies/voorbeeldstad" in said
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("run", "studies/rijnstad", "--home", "{file}"),
        ("run", "studies/rijnstad", "--home", "{file}/home"),
        ("watch", "studies/rijnstad", "--home", "{file}"),
        ("demo", "--to", "{file}"),
    ],
)
def test_a_file_where_a_directory_should_be_is_no_fault_of_ours(words: tuple[str, ...], tmp_path: Path) -> None:
    file = tmp_path / "bestand"
    file.write_text("", encoding="utf-8")
    code, said = told(*(word.format(file=file) for word in words))
    assert code == 2
    assert str(file) in said and "Noem een map" in said and "fout van ons" not in said


def test_a_file_of_a_delivery_is_not_its_directory(tmp_path: Path) -> None:
    (tmp_path / "zrm.csv").write_text("", encoding="utf-8")
    for words in (["read", "studies/rijnstad", "zrm.csv"], ["run", "studies/rijnstad", "--deliveries", "zrm.csv"]):
        code, said = told(words[0], str(HOUSE / words[1]), *words[2:], cwd=tmp_path)
        assert code == 2 and "'zrm.csv' is geen map." in said
    code, said = told("init", str(tmp_path))
    assert code == 2 and f"{tmp_path}/*" in said


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("results_logic.yaml", "wijkbaat tree new studies/x"),
        ("mkba.yaml", "wijkbaat mkba new studies/x"),
        ("mapping.yaml", "wijkbaat init"),
        ("region.yaml", "docs/regio.md"),
        ("boom.yaml", "Kijk de naam na: in 'studies/x' staat het niet."),
    ],
)
def test_a_file_that_is_missing_says_what_makes_it(name: str, words: str) -> None:
    with pytest.raises(StudyError, match=f"{name}: dit bestand ontbreekt.") as missing:
        read_text(Path("studies/x") / name)
    assert words in str(missing.value)


def test_a_directory_is_not_the_file_that_was_meant(tmp_path: Path) -> None:
    code, said = told("region", "run", str(tmp_path))
    assert (code, said) == (2, f"{tmp_path.name}: dit is een map. Noem het bestand zelf.\n")


def test_a_look_after_a_run_that_failed_says_so_and_how_to_see_why(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.prepare()
    (home.closed / "alerts").mkdir()
    failed = '[{"job": "publish", "step": "gate", "exit_code": 6}]'
    (home.closed / "alerts" / "failed.json").write_text(failed, encoding="utf-8")
    code, said = told("watch", "studies/rijnstad", "--home", str(home.root))
    assert code == 0
    assert f"Er is geen nieuwe levering in '{home.inbox}'." in said
    assert "stap gate" in said and f"wijkbaat run studies/rijnstad --home {home.root}" in said
