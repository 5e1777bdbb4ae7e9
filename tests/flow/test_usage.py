"""A command that is typed wrongly is answered in Dutch: what is wrong, and where the help is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from pipelines.commands.app import app
from pipelines.commands.usage import wrongly_typed


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("run", "STUDIE ontbreekt. Zie wijkbaat run --help."),
        ("run studies/x --hom y", "--hom is geen optie. Bedoelt u --home? Zie wijkbaat run --help."),
        ("plan studies/x --zzz", "--zzz is geen optie. Zie wijkbaat plan --help."),
        ("run studies/x --seed", "achter --seed hoort een waarde. Zie wijkbaat --help."),
        ("run studies/x --json=ja", "achter --json hoort geen waarde. Zie wijkbaat --help."),
        ("run studies/x --seed een", "wat bij --seed staat, past daar niet. Schrijf een heel getal. Zie wijkbaat run "),
        ("run studies/x home/x", "'home/x' staat er te veel. Zie wijkbaat run --help."),
        ("rum studies/x", "rum is geen opdracht. Bedoelt u run? Zie wijkbaat --help."),
        ("release zzz", "zzz is geen opdracht. Zie wijkbaat release --help."),
        ("release", "er hoort nog een opdracht achter. Zie wijkbaat release --help."),
    ],
)
def test_what_was_typed_wrongly_is_said_in_dutch(typed: str, answer: str) -> None:
    with pytest.raises(Exception) as raised:  # noqa: PT011  typer does not export its errors
        app(typed.split(), prog_name="wijkbaat", standalone_mode=False)
    assert (wrongly_typed(raised.value) or "").startswith(f"Zo werkt deze opdracht niet: {answer}")


def test_another_error_is_not_about_what_was_typed() -> None:
    assert wrongly_typed(ValueError("No such command 'x'")) is None


def lines_of(command: Any, *path: str) -> Iterator[list[str]]:
    """Every command as it is typed, and every group."""
    yield list(path)
    for name, one in getattr(command, "commands", {}).items():
        yield from lines_of(one, *path, name)


@pytest.mark.parametrize("line", list(lines_of(typer.main.get_command(app))), ids=" ".join)
def test_no_help_has_words_of_typer_in_it(line: list[str]) -> None:
    shown = CliRunner().invoke(app, [*line, "--help"], prog_name="wijkbaat").output
    assert shown.strip().startswith(" ".join(["Gebruik: wijkbaat", *line, "[OPTIES]"]))
    assert "Opties" in shown and "Laat deze uitleg zien." in shown
    for english in ("Usage", "Option", "Argument", "Command", "[required]", "[default", "OPTION", "COMMAND", "Show "):
        assert english not in shown
