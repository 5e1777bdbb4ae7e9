"""Every command of docs/leerkring.md is taken by the program as it is written there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.commands_on_pages import understood

TEXT = (Path(__file__).parents[2] / "docs" / "leerkring.md").read_text(encoding="utf-8")
IN_BLOCKS = [line for block in re.findall(r"```\n(.*?)```", TEXT, re.DOTALL) for line in block.splitlines()]
IN_LINES = re.findall(r"`(wijkbaat [^`]+)`", TEXT)
COMMANDS = sorted({one for one in (*IN_BLOCKS, *IN_LINES) if " studies/" in one})  # the others are only named


def test_the_page_shows_commands() -> None:
    assert len(COMMANDS) >= 10


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_takes_these_words(line: str) -> None:
    assert understood(re.sub(r"<\w+>", "gemeente", line)) in line.replace("<gemeente>", "gemeente")
