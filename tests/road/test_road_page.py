"""The page about the road: every command on it is one that the program knows, in the order that the tests walk."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.road.steps import MINUTES
from tests.commands_on_pages import understood

DOCS = Path(__file__).parents[2] / "docs"
PAGE, OTHERS = (
    (DOCS / name).read_text(encoding="utf-8") for name in ("van_bestanden_tot_balans.md", "andere_modellen.md")
)
COMMANDS = re.findall(r"^wijkbaat (.+)$", PAGE + OTHERS, re.MULTILINE)


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_on_the_page_is_understood(line: str) -> None:
    assert understood(f"wijkbaat {line}") in line


def test_the_minutes_on_the_page_are_those_of_the_road() -> None:
    told = re.findall(r"^\| (\w+)[^|]*\| (\d+) \|", PAGE, re.MULTILINE)
    assert {name: int(minutes) for name, minutes in told} == MINUTES
    assert sum(MINUTES.values()) <= 60
