"""A backup is the home as it lies; put back elsewhere it is whole, and computing again gives the same release."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from pipelines.doctor.examination import exit_code_of
from pipelines.doctor.kept import looks_at_kept
from pipelines.releases.release import releases
from pipelines.run import run
from pipelines.storage.home import Home
from pipelines.storage.whole import manifest_of
from tests.commands_on_pages import understood
from tests.flow.conftest import Done

PAGE = Path(__file__).parents[2] / "docs" / "beheer.md"
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    for line in block.splitlines()
]


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("wijkbaat")])
def test_a_command_of_the_page_takes_these_words(line: str) -> None:
    assert understood(line) in line


@pytest.fixture
def restored(done: Done, tmp_path: Path) -> Home:
    """The home after the very commands of the page: backed up, and put back where nothing was."""
    if not all(map(shutil.which, ("flock", "tar", "sha256sum"))):
        pytest.skip("flock, tar and sha256sum are of the system")
    (tmp_path / "srv" / "home").mkdir(parents=True)
    (tmp_path / "backup").mkdir()
    shutil.copytree(done.home, tmp_path / "srv" / "home" / "gemeente")
    for line in COMMANDS:
        if line.startswith(("flock", "sha256sum", "tar")):
            words = shlex.split(
                line.replace("/srv/wijkbaat/", f"{tmp_path}/srv/").replace("/backup/", f"{tmp_path}/backup/")
            )
            if "-x" in words or "--extract" in words:
                shutil.rmtree(tmp_path / "srv" / "home" / "gemeente")
            ended = subprocess.run(words, capture_output=True, text=True, check=False)
            assert ended.returncode == 0, ended.stderr
    return Home(tmp_path / "srv" / "home" / "gemeente")


def test_a_restored_home_is_whole_and_holds_the_same_releases(done: Done, restored: Home) -> None:
    assert exit_code_of(list(looks_at_kept(restored))) == 0
    before, after = (
        {one.name: manifest_of(one.directory) for one in releases(home)} for home in (Home(done.home), restored)
    )
    assert after == before
    assert run(replace(done.order(), home=restored.root)).is_unchanged


@pytest.mark.slow
def test_computed_again_a_restored_home_gives_the_same_release(done: Done, restored: Home) -> None:
    before = {one.name: manifest_of(one.directory) for one in releases(restored)}
    shutil.rmtree(restored.tables / ".steps")
    outcome = run(replace(done.order(), home=restored.root))
    assert not outcome.is_unchanged
    assert {one.name: manifest_of(one.directory) for one in releases(restored)} == before
