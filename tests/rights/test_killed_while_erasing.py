"""An erasure that is killed at any change of a file is done or not done at the next start."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from pipelines.storage.home import Home
from pipelines.storage.suppression import Suppressed
from pipelines.study.workplace import Workplace
from tests.rights.small_home import CANARY, everything
from tests.rights.small_ledger import published
from tests.rights.steps import erases
from tests.trust.killing import changes_of, killed
from tests.trust.test_distances import some_states

SEED = 12
_NOT_OURS = ("closed/dagster/", "closed/lock")


@pytest.fixture
def home(place: Workplace) -> Home:
    """With a ledger too, and a list with the canary; the secret is there, so that bytes compare."""
    published(place.home, some_states(1, n_states=2))
    (place.home.root / "lijst.csv").write_text(CANARY, encoding="utf-8")
    Suppressed(place.home.rights).with_more([CANARY])
    return place.home


def points_that_fail(start: Home, scratch: Path, some: int | None = None) -> list[int]:
    """The points at which a kill leaves something half at the next start: of all, or of `some` by lot."""
    done = Home(scratch / "done")
    shutil.copytree(start.root, done.root)
    points = np.arange(1, changes_of(erases, done) + 1)
    assert len(points) > 60
    old, new = (everything(home.root, but=_NOT_OURS) for home in (start, done))
    assert old != new
    chosen = np.random.default_rng(SEED).choice(points, some, replace=False) if some else points
    return [at for at in chosen.tolist() if not _is_whole(start, scratch / "home", at, (old, new))]


def _is_whole(start: Home, scratch: Path, at: int, whole: tuple[object, object]) -> bool:
    home = Home(scratch)
    shutil.rmtree(home.root, ignore_errors=True)
    shutil.copytree(start.root, home.root)
    assert killed(erases, home, at)
    home.settle()
    return everything(home.root, but=_NOT_OURS) in whole


def test_a_kill_leaves_all_or_nothing(home: Home, tmp_path: Path) -> None:
    assert points_that_fail(home, tmp_path / "killed", some=4) == []


@pytest.mark.slow
def test_a_kill_at_any_point_leaves_all_or_nothing(home: Home, tmp_path: Path) -> None:
    assert points_that_fail(home, tmp_path / "killed") == []
