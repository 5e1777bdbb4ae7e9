"""One released small study, made once for all tests that only look at it."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from pipelines.run import Order, Outcome, run
from tests.flow.correction import Corrected, walked
from tests.flow.small import AS_OF, small_delivery, small_study
from tests.once import made_once


@dataclass(frozen=True)
class Done:
    """A study, its delivery, a home with one release, and what the run gave."""

    study: Path
    delivery: Path
    home: Path
    outcome: Outcome

    def order(self, **changes: object) -> Order:
        """The same order again, with changes."""
        settings = {"study": self.study, "home": self.home, "deliveries": self.delivery, "as_of": AS_OF, "seed": 1}
        return Order(**(settings | changes))


def _released(root: Path) -> None:
    study = small_study(root)
    delivery = small_delivery(study, root)
    outcome = run(Order(study, root / "home", delivery, AS_OF, 1))
    (root / "done.pickle").write_bytes(pickle.dumps(Done(study, delivery, root / "home", outcome)))


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Every worker has a home of its own, because a run holds its home."""
    once: Done = pickle.loads((made_once(tmp_path_factory, "released", _released) / "done.pickle").read_bytes())  # noqa: S301
    home = shutil.copytree(once.home, tmp_path_factory.mktemp("released") / "home")
    assert once.outcome.release is not None
    directory = home / once.outcome.release.directory.relative_to(once.home)
    release = replace(once.outcome.release, directory=directory)
    return replace(once, home=home, outcome=replace(once.outcome, release=release))


@pytest.fixture(scope="session")
def corrected(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    return walked(done.study, done.delivery, tmp_path_factory.mktemp("corrected"))
