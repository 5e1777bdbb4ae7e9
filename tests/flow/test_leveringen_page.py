"""Every command of docs/leveringen.md exists as it is written there, and the year that it tells can be walked."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.commands.app import app
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from tests.commands_on_pages import understood
from tests.flow.conftest import Done
from tests.flow.test_deliveries import without

PAGE = Path(__file__).parents[2] / "docs" / "leveringen.md"
COMMANDS = [
    line.strip()
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
    if line.strip()
]


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_of_the_page_takes_these_words(line: str) -> None:
    assert understood(line) in line


@pytest.mark.slow
def test_the_year_of_the_page_can_be_walked(done: Done, tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    shutil.copytree(done.home, home.root)
    said = []
    for number, line in enumerate(COMMANDS):
        if number == 0:
            shutil.copytree(done.delivery, home.inbox / "2026-k1")
        if "2026-k2" in line and not (home.inbox / "2026-k2").exists():
            without(done.delivery, home.inbox / "2026-k2", 0.1)
            said.append(_said(f"wijkbaat run {done.study}", home))
        said.append(_said(_with_names(line, home, done.study), home))
    assert "ingetrokken" in _said(f"wijkbaat deliveries list {done.study}", home)
    assert "cijfers over iedereen" in "".join(said)


def _with_names(line: str, home: Home, study: Path) -> str:
    """The words of the page as they are in this home."""
    keys = {receipt.name: receipt.key for receipt in Receipts(home.receipts).all()}
    line = re.sub(r"(2026-k\d)-[0-9a-f]{8}", lambda found: keys[found[1]], line)
    releases = sorted(path for path in home.released.iterdir() if path.is_dir())
    line = re.sub(r"home/gemeente/released/\S+", str(releases[-1]), line)
    line = line.replace("--known-on 2026-01-31", f"--known-on {Receipts(home.receipts).all()[0].received_on}")
    return line.replace("studies/gemeente", str(study))


def _said(line: str, home: Home) -> str:
    words = shlex.split(line)[1:]
    own = [] if words[0] == "compare" else ["--home", str(home.root)]
    result = CliRunner().invoke(app, [*words, *own])
    # Nothing stands out in this second quarter, so that it needs no taking; the page withdraws it afterwards.
    assert result.exception is None or "wacht niet op een besluit" in str(result.exception), result.exception
    return result.output
