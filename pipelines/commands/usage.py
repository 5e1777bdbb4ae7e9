"""What is wrong with a command as it was typed, in Dutch; typer says it in English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

NUMBERS = {"valid integer": "een heel getal", "valid number": "een getal"}


def wrongly_typed(error: Any) -> str | None:
    """The sentence for an error of typer about what was typed; None for any other error.

    Typer's errors are told apart by the names of their classes, which it does not export.
    """
    kinds = {one.__name__ for one in type(error).__mro__}
    if "UsageError" not in kinds:
        return None
    said = next(_said(error, kinds), "er staat iets in dat niet kan.")
    of_command = getattr(error.ctx, "command_path", "wijkbaat")
    return f"Zo werkt deze opdracht niet: {said} Zie {of_command} --help."


def _said(error: Any, kinds: set[str]) -> Iterator[str]:
    """What is wrong; the first that fits counts."""
    quoted = re.findall(r"'([^']*)'", error.message)
    if "NoSuchOption" in kinds:
        yield f"{error.option_name} is geen optie.{_meant(error.possibilities or [])}"
    if "BadOptionUsage" in kinds:
        takes_none = "does not take" in error.message
        yield f"achter {error.option_name} hoort {'geen waarde' if takes_none else 'een waarde'}."
    if "MissingParameter" in kinds:
        yield f"{_name(error)} ontbreekt."
    if "BadParameter" in kinds:
        wanted = [f" Schrijf {dutch}." for english, dutch in NUMBERS.items() if english in error.message]
        yield f"wat bij {_name(error)} staat, past daar niet.{''.join(wanted)}"
    if error.message.startswith("No such command"):
        yield f"{quoted[0]} is geen opdracht.{_meant(quoted[1:])}"
    if "NoArgsIsHelpError" in kinds or error.message.startswith("Missing command"):
        yield "er hoort nog een opdracht achter."
    if extra := re.search(r"extra argument\(s\) \((.*)\)", error.message, re.DOTALL):
        yield f"'{extra[1]}' staat er te veel."


def _name(error: Any) -> str:
    """The option or the word of the usage line."""
    options = [one for one in getattr(error.param, "opts", []) if one.startswith("-")]
    return options[0] if options else str(getattr(error.param, "metavar", None) or getattr(error.param, "name", ""))


def _meant(likely: list[str]) -> str:
    return f" Bedoelt u {' of '.join(likely)}?" if likely else ""
