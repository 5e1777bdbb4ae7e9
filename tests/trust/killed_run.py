"""A whole run over a second delivery, killed at a random change of a file: what stands then, and what a next run makes.

Not the step of publishing alone (killing.py): a delivery that is read, its tables, the gate, the release, the ledger.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pipelines.in_process  # noqa: F401  once, before the processes that are killed
from pipelines.releases.ledger import entries
from pipelines.releases.release import current, releases, require_unchanged
from pipelines.run import Order, run
from pipelines.storage.home import Home
from tests.flow.correction import changed, three_people
from tests.flow.small import AS_OF, small_delivery, small_study
from tests.trust.killing import changes_of, killed

EVERY = 10  # kill after which the run is started again and must make the same bytes


@dataclass(frozen=True)
class Start:
    """A home with one release, the corrected delivery that waits, and what an undisturbed run makes of it."""

    home: Home
    study: Path
    delivery: Path
    old: str
    new: str
    made: dict[str, bytes]
    n_changes: int


@dataclass(frozen=True)
class Killed:
    """One kill: at which change, which release stands afterwards, and what is wrong, if anything."""

    at: int
    stands: str
    wrong: str | None
    ran_again: bool


def start(root: Path) -> Start:
    """One release, and one run more in a copy that nobody disturbs."""
    study = small_study(root)
    first = small_delivery(study, root, 200)
    home = Home(root / "home")
    run(Order(study, home.root, first, AS_OF, 1))
    second = changed(first, root / "second" / "hersteld", {"zrm.csv": three_people})
    free = Home(root / "free")
    shutil.copytree(home.root, free.root)
    n_changes = changes_of(partial(_run, study, second), free)
    old, new = (str(current(one)) for one in (home, free))
    assert old != new
    return Start(home, study, second, old, new, released_bytes(free, new), n_changes)


def released_bytes(home: Home, name: str) -> dict[str, bytes]:
    """Every file of a release."""
    place = home.released / name
    return {path.relative_to(place).as_posix(): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def kills(begin: Start, scratch: Path, n: int, seed: int) -> Iterator[Killed]:
    """So many kills at random changes."""
    chance = random.Random(seed)  # noqa: S311  not for secrets
    before = released_bytes(begin.home, begin.old)
    for number in range(n):
        home = Home(scratch / "home")
        shutil.rmtree(home.root, ignore_errors=True)
        shutil.copytree(begin.home.root, home.root)
        at = chance.randint(1, begin.n_changes)
        assert killed(partial(_run, begin.study, begin.delivery), home, at)
        again = number % EVERY == 0
        yield Killed(at, str(current(home)), _wrong(begin, home, before, again=again), again)


def _run(study: Path, delivery: Path, home: Home) -> None:
    run(Order(study, home.root, delivery, AS_OF, 1))


def _wrong(begin: Start, home: Home, before: dict[str, bytes], *, again: bool) -> str | None:
    """What is not as it was before the kill or as an undisturbed run makes it."""
    home.settle()
    stands = str(current(home))
    if stands not in (begin.old, begin.new):
        return f"{stands} stands"
    if released_bytes(home, stands) != (before if stands == begin.old else begin.made):
        return f"{stands} is not whole"
    for one in releases(home):
        require_unchanged(one.directory)
    entries(home)  # raises where the chain of the ledger is broken
    if again:
        _run(begin.study, begin.delivery, home)
        if current(home) != begin.new or released_bytes(home, begin.new) != begin.made:
            return "run again, it makes something else"
    return None
