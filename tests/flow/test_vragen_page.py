"""Every question and command of docs/vragen.md is as the program takes it, and the page can be walked on rijnstad."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from data_contracts.slices import Slice, require_whole
from data_contracts.study import Study
from data_contracts.yaml_file import parse
from pipelines.asking.answering import read_question
from pipelines.commands.app import app
from pipelines.study.workplace import read_study

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "vragen.md").read_text(encoding="utf-8")
RIJNSTAD = ROOT / "studies" / "rijnstad"
YAML = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
QUESTIONS = dict(zip(("vraag.yaml", "klein.yaml"), (one for one in YAML if one.startswith("schema")), strict=True))
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines() if line]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_takes_these_words(line: str) -> None:
    program, name, *words = shlex.split(line)
    assert program == "wijkbaat"
    known: Any = typer.main.get_command(app)
    known.commands[name].make_context(name, words)


@pytest.mark.parametrize("name", sorted(QUESTIONS))
def test_a_question_of_the_page_fits_rijnstad(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(QUESTIONS[name], encoding="utf-8")
    assert read_question(tmp_path / name, read_study(RIJNSTAD)).slice_of(read_study(RIJNSTAD).study)


def test_the_slices_of_the_page_are_whole() -> None:
    declared = next(one for one in YAML if one.startswith("slices"))
    require_whole([Slice.model_validate(one) for one in parse(declared, "study.yaml")[0]["slices"]])
    assert "slices" in Study.model_fields


@pytest.mark.slow
def test_the_page_can_be_walked(tmp_path: Path) -> None:
    for name, text in QUESTIONS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    said = {line: _said(line, tmp_path) for line in COMMANDS}
    refused = next(words for line, words in said.items() if "klein.yaml" in line)
    assert "minder dan 15 cliënten met dit cijfer" in refused
    assert "Wel te vragen: group: {target_group: licht verstandelijke beperking}" in refused
    assert "33%" in next(words for line, words in said.items() if "explain" in line)
    preview = next(words for line, words in said.items() if "vraag.yaml" in line)
    for line in re.search(r"```\n(Zo zou het.*?)```", TEXT, re.DOTALL)[1].splitlines():
        assert line in preview


def _said(line: str, tmp_path: Path) -> str:
    line = line.replace("studies/rijnstad", str(RIJNSTAD)).replace("home/rijnstad", str(tmp_path / "home"))
    words = [str(tmp_path / word) if word in QUESTIONS else word for word in shlex.split(line)[1:]]
    return CliRunner().invoke(app, words).output
