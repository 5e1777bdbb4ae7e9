"""An erasure that is killed at any change of a file is done or not done at the next start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.storage.home import Home
from pipelines.storage.suppression import Suppressed
from pipelines.study.workplace import Workplace
from tests.rights.small_home import CANARY, everything
from tests.rights.small_ledger import published
from tests.rights.steps import erases
from tests.trust.killing import killed
from tests.trust.test_distances import some_states

_NOT_OURS = ("closed/dagster/", "closed/lock")


@pytest.fixture
def home(place: Workplace) -> Home:
    """With a ledger too, and a list with the canary; the secret is there, so that bytes compare."""
    published(place.home, some_states(1, n_states=2))
    (place.home.root / "lijst.csv").write_text(CANARY, encoding="utf-8")
    Suppressed(place.home.rights).with_more([CANARY])
    return place.home


def points_that_fail(start: Home, scratch: Path, every: int) -> tuple[int, list[int]]:
    """How many points there are, and at which of every so many the next start leaves something half."""
    done = Home(scratch / "done")
    shutil.copytree(start.root, done.root)
    erases(done)
    old, new = (everything(home.root, but=_NOT_OURS) for home in (start, done))
    assert old != new
    failing, at = [], 1
    while True:
        home = Home(scratch / "home")
        shutil.rmtree(home.root, ignore_errors=True)
        shutil.copytree(start.root, home.root)
        if not killed(erases, home, at):
            return at - 1, failing
        home.settle()
        if everything(home.root, but=_NOT_OURS) not in (old, new):
            failing.append(at)
        at += every


def test_a_kill_leaves_all_or_nothing(home: Home, tmp_path: Path) -> None:
    points, failing = points_that_fail(home, tmp_path / "killed", every=37)
    assert points > 60
    assert failing == []


@pytest.mark.slow
def test_a_kill_at_any_point_leaves_all_or_nothing(home: Home, tmp_path: Path) -> None:
    points, failing = points_that_fail(home, tmp_path / "killed", every=1)
    assert points > 60
    assert failing == []
