"""One released small study, made once for all tests that only look at it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from pipelines.run import Order, Outcome, run
from tests.flow.correction import Corrected, walked
from tests.flow.small import AS_OF, small_delivery, small_study


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


@pytest.fixture(scope="session")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    root = tmp_path_factory.mktemp("released")
    study = small_study(root)
    delivery = small_delivery(study, root)
    outcome = run(Order(study, root / "home", delivery, AS_OF, 1))
    return Done(study, delivery, root / "home", outcome)


@pytest.fixture(scope="session")
def corrected(done: Done, tmp_path_factory: pytest.TempPathFactory) -> Corrected:
    return walked(done.study, done.delivery, tmp_path_factory.mktemp("corrected"))
