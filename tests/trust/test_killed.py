"""A publication, approval or withdrawal that is killed at any change of a file is whole or undone at the next start."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipelines.storage.home import Home
from tests.trust.killing import Step, approved, concept, killed, made, published, published_large, tree, withdrawn


def before(root: Path, *, with_concept: bool) -> Home:
    """A home with a release that counts, and where asked a concept that waits."""
    home = Home(root)
    home.prepare()
    made(home, b"oud", ask=False)
    if with_concept:
        made(home, b"nieuw", ask=True)
    return home


def points_that_fail(step: Step, start: Home, scratch: Path, every: int = 1) -> tuple[int, list[int]]:
    """How many points there are, and at which of them the next start does not put things right.

    With `every` only each n-th point is tried.
    """
    undisturbed = Home(scratch / "undisturbed")
    shutil.copytree(start.root, undisturbed.root)
    step(undisturbed)
    old, new = tree(start), tree(undisturbed)
    assert old != new
    failing, at = [], 1
    while True:
        home = Home(scratch / "home")
        shutil.rmtree(home.root, ignore_errors=True)
        shutil.copytree(start.root, home.root)
        if not killed(step, home, at):
            return at - 1, failing
        home.settle()
        found = tree(home)
        if step in (published, published_large, concept):
            # The release itself may stand there already; what is decided about it may not be half.
            decided = {path: content for path, content in found.items() if path in old or path in new}
            halves = [path for path in old if found.get(path) not in (old[path], new.get(path))]
            again = found == new or (not halves and decided == found)
        else:
            again = found in (old, new)
        if found != new:
            step(home)
        if not again or tree(home) != new:
            failing.append(at)
        at += every


@pytest.mark.parametrize("every", [4, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize(("step", "with_concept"), [(approved, True), (withdrawn, False), (published, False)])
def test_a_kill_at_any_point_leaves_all_or_nothing(tmp_path: Path, step: Step, with_concept: bool, every: int) -> None:
    start = before(tmp_path / "start", with_concept=with_concept)
    points, failing = points_that_fail(step, start, tmp_path, every)
    assert points > 20
    assert failing == []


@pytest.mark.slow
@pytest.mark.parametrize("step", [published_large, concept])
def test_a_kill_at_any_point_of_a_whole_release_leaves_all_or_nothing(tmp_path: Path, step: Step) -> None:
    points, failing = points_that_fail(step, before(tmp_path / "start", with_concept=False), tmp_path)
    assert points > (500 if step is published_large else 20)
    assert failing == []
