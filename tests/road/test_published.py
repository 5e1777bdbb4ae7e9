"""A conversation speaks about the release that counts, else about what the last run made."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.releases.release import CURRENT, MANIFEST
from pipelines.road.published import published
from pipelines.storage.home import Home
from pipelines.storage.journal import LAST

FIRST, SECOND = "2026-01-31-60d6cba7", "2026-01-31-22180db9"  # of one day; names do not tell which came first


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path)
    home.prepare()
    for name in (FIRST, SECOND):
        (home.released / name).mkdir()
        (home.released / name / MANIFEST).write_text("{}")
    (home.closed / LAST).write_text(f"{SECOND}\n")
    return home


def test_of_two_concepts_of_one_day_it_is_what_the_last_run_made(home: Home) -> None:
    found = published(home)
    assert found is not None
    assert found.name == SECOND


def test_what_was_approved_goes_first(home: Home) -> None:
    (home.released / CURRENT).write_text(f"{FIRST}\n")
    found = published(home)
    assert found is not None
    assert found.name == FIRST
