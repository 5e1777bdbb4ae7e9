"""Every command of docs/op_schema.md is taken by the program, and its piece of study.yaml is read as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data_contracts.expected import OnSchedule
from data_contracts.yaml_file import as_model
from tests.commands_on_pages import understood

TEXT = (Path(__file__).parents[2] / "docs" / "op_schema.md").read_text(encoding="utf-8")
SHOWN = [line for block in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
BY_A_CLOCK = [f"wijkbaat {words}" for words in re.findall(r"wijkbaat(?:\.exe)? (watch [^>\"\n]+)", TEXT)]


@pytest.mark.parametrize("line", [*SHOWN, *BY_A_CLOCK])
def test_a_command_of_the_page_takes_these_words(line: str) -> None:
    assert understood(line.strip().replace("\\", "/")) in line


def test_the_piece_of_study_yaml_is_read_as_it_stands() -> None:
    (block,) = re.findall(r"```yaml\non_schedule:\n(.*?)```", TEXT, re.DOTALL)
    read = as_model("\n".join(line.removeprefix("  ") for line in block.splitlines()), OnSchedule, "study.yaml")
    assert [one.supplier for one in read.expected] == ["leverancier A", "leverancier B"]
    assert len(read.tell) == 2
