"""A working copy and an installed wheel know where they lie and which commit they are; the demo takes what ships."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from data_contracts.errors import StudyError
from pipelines.releases.documents import versions
from pipelines.simulation.demo import lay_out_demo
from pipelines.storage import house


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A house that is not this working copy."""
    monkeypatch.setattr(house, "HOUSE", tmp_path)
    house.commit.cache_clear()
    yield tmp_path
    house.commit.cache_clear()


def git(place: Path, *words: str) -> str:
    identity = ["-c", "user.name=Proef", "-c", "user.email=proef@example.org"]
    return subprocess.run(
        ["git", *identity, *words], cwd=place, check=True, capture_output=True, text=True
    ).stdout.strip()


def test_a_working_copy_without_tags_says_its_commit_and_whether_it_was_changed(elsewhere: Path) -> None:
    git(elsewhere, "init", "-q")
    (elsewhere / "file").write_text("one")
    git(elsewhere, "add", "file")
    git(elsewhere, "commit", "-q", "-m", "One")
    assert house.commit() == git(elsewhere, "rev-parse", "HEAD")
    house.commit.cache_clear()
    (elsewhere / "file").write_text("two")
    assert house.commit() == git(elsewhere, "rev-parse", "HEAD") + "-dirty"


def test_asking_for_the_commit_writes_nothing_in_the_repository(elsewhere: Path) -> None:
    git(elsewhere, "init", "-q")
    assert house.commit() == house.UNKNOWN  # nothing was committed yet
    (elsewhere / "file").write_text("one")
    git(elsewhere, "add", "file")
    git(elsewhere, "commit", "-q", "-m", "One")
    os.utime(elsewhere / "file", (1, 1))  # git would like to note that it is the same after all
    index = (elsewhere / ".git" / "index").read_bytes()
    house.commit.cache_clear()
    assert house.commit() == git(elsewhere, "rev-parse", "HEAD")
    assert (elsewhere / ".git" / "index").read_bytes() == index


def test_a_wheel_says_the_commit_that_it_was_built_from(elsewhere: Path) -> None:
    (elsewhere / "COMMIT").write_text("0123abcd\n")
    assert house.commit() == "0123abcd"
    assert versions()["commit"] == "0123abcd"


def test_a_copy_that_lies_inside_the_repository_of_another_does_not_take_its_commit(elsewhere: Path) -> None:
    git(elsewhere.parent, "init", "-q")
    assert house.commit() == house.UNKNOWN


def test_a_room_of_another_package_is_named(elsewhere: Path) -> None:
    with pytest.raises(StudyError, match=r"'pipelines' .* python -m venv"):
        house.require_own_rooms()


def test_the_demo_keeps_what_somebody_changed_in_it(tmp_path: Path) -> None:
    study = lay_out_demo(tmp_path / "demo")
    assert (tmp_path / "demo" / "studies" / "trees" / "wijkteam.yaml").exists()
    (study / "study.yaml").write_text("van mij", encoding="utf-8")
    assert lay_out_demo(tmp_path / "demo") == study
    assert (study / "study.yaml").read_text(encoding="utf-8") == "van mij"


def test_the_demo_goes_into_no_directory_of_something_else(tmp_path: Path) -> None:
    (tmp_path / "brief.txt").touch()
    with pytest.raises(StudyError, match="--to"):
        lay_out_demo(tmp_path)
    (tmp_path / "brief.txt").unlink()
    assert lay_out_demo(tmp_path).is_dir()
