"""Whether a command that a page shows is one that the program takes, down to the last option."""

from __future__ import annotations

import shlex
from typing import Any

import typer

from pipelines.commands.app import app


def understood(line: str) -> str:
    """The name of the command that `line` calls, with all its words taken; an error for one that is not taken."""
    program, *words = shlex.split(line)
    assert program == "wijkbaat"
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):  # typer brings a click of its own, so its groups are not those of click
        command = command.commands[words.pop(0)]
    command.make_context(line, words)
    return str(command.name)
