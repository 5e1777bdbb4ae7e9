"""One released small study, made once for all tests that only look at it."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from pipelines.run import Order, Outcome, run
from pipelines.storage.home import Home
from tests.flow.correction import Corrected, put_right
from tests.flow.dropped import Dropped, dropped
from tests.flow.planted import Planted, released_beside_refused
from tests.flow.small import AS_OF, small_delivery, small_study
from tests.once import made_once

MADE = "made.pickle"


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
    (root / MADE).write_bytes(pickle.dumps(Done(study, delivery, root / "home", outcome)))


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Every worker has a home of its own, because a run holds its home."""
    return _copied(made_once(tmp_path_factory, "released", _released), tmp_path_factory.mktemp("released"))


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return _copied(made_once(tmp_path_factory, "planted", released_beside_refused), tmp_path_factory.mktemp("planted"))


def _copied(made: Path, to: Path) -> Any:
    """What a run gave that was made once, in a home of its own."""
    once = pickle.loads((made / MADE).read_bytes())  # noqa: S301
    home = shutil.copytree(once.home, to / "home")
    directory = home / once.outcome.release.directory.relative_to(once.home)
    release = replace(once.outcome.release, directory=directory)
    return replace(once, home=home, outcome=replace(once.outcome, release=release))


@pytest.fixture(scope="session")
def concept(tmp_path_factory: pytest.TempPathFactory) -> Dropped:
    """A concept of change alone, made by Dagster out of what was put in the drop folder."""
    once = pickle.loads((made_once(tmp_path_factory, "dropped", dropped) / MADE).read_bytes())  # noqa: S301
    return replace(once, home=shutil.copytree(once.home, tmp_path_factory.mktemp("dropped") / "home"))


@pytest.fixture(scope="session")
def corrected(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    root = tmp_path_factory.mktemp("corrected")
    return put_right(done.order(), Home(shutil.copytree(done.home, root / "home")), root)
