"""An erased person who comes back spelled otherwise, and a person who is named on a command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.commands.app import app
from pipelines.storage.suppression import Suppressed

SPELLED = ["c-00a7", " c-00a7\t", "C-00A7", "ｃ-00a7", "c-００a7", "c-00a7\u200b", "c-00\u00a0a7", "c-00𝐚7"]


@pytest.mark.parametrize("spelled", SPELLED, ids=ascii)
def test_an_erased_person_stays_out_however_the_pseudonym_is_spelled(tmp_path: Path, spelled: str) -> None:
    erased = Suppressed(tmp_path)
    erased.add(["C-00a7"])
    assert Suppressed(tmp_path).among([spelled, "c-00a8"]) == {spelled}


def test_another_pseudonym_is_another_person(tmp_path: Path) -> None:
    erased = Suppressed(tmp_path)
    erased.add(["C-00a7"])
    assert erased.among(["c-00a70", "c-0a7", "c00a7"]) == set()


@pytest.mark.parametrize("command", ["person", "restrict", "unrestrict", "erase"])
def test_no_command_about_people_takes_a_pseudonym_as_an_argument(tmp_path: Path, command: str) -> None:
    """Arguments can be read by every account of the machine: these commands take the name of a file only."""
    told = CliRunner().invoke(app, ["deliveries", command, "--help"]).output
    assert "LIJST" in told and "--pseudonym" not in told
