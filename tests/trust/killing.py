"""A step on a home that is killed just before its n-th change of a file, as a power cut would."""

from __future__ import annotations

import datetime as dt
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from multiprocessing.queues import SimpleQueue
from pathlib import Path

import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.gate.ledger import LEDGER
from pipelines.releases.ledger import join
from pipelines.releases.people import PEOPLE, secret_of
from pipelines.releases.publishing import entered
from pipelines.releases.release import decide, publish
from pipelines.storage.home import Home
from pipelines.storage.journal import all_or_nothing
from pipelines.storage.platform import short_connection

DAY = dt.date(2026, 1, 31)
Step = Callable[[Home], None]


def made(home: Home, content: bytes, files: int = 3, *, ask: bool) -> str:
    """Publish a small release, as a run does at its end."""
    given = {f"tables/{number}.csv": content for number in range(files)}
    with home.lock():
        written = publish(home, given, {}, {}, DAY.isoformat())
        entered(home, written, no_cells(), nobody(home), DAY, ask=ask)
    return written.name


def no_cells() -> pd.DataFrame:
    """A gate that showed nothing: what the ledger holds does not matter here, that it is held does."""
    columns = [name for name in LEDGER.columns if name not in ("release_id", "released_on")]
    return empty_frame(LEDGER)[columns].assign(is_new=pd.Series(dtype="bool"))


def nobody(home: Home) -> Path:
    """A gate that looked at no person."""
    secret_of(home)
    path = home.tables / "closed_gate__people" / "now.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    short_connection().from_df(empty_frame(PEOPLE)).write_parquet(str(path))
    return path


def published(home: Home) -> None:
    """A run whose study asks nobody."""
    made(home, b"nieuw", ask=False)


def published_large(home: Home) -> None:
    """The same with as many files as a real release."""
    made(home, b"nieuw", files=120, ask=False)


def concept(home: Home) -> None:
    """A run whose study asks somebody."""
    made(home, b"nieuw", ask=True)


def approved(home: Home) -> None:
    """A person approves the concept that waits."""
    _decided(home, "approve", _waiting(home))


def withdrawn(home: Home) -> None:
    """A person withdraws the release that counts."""
    _decided(home, "withdraw", (home.released / "CURRENT").read_text().strip())


def _decided(home: Home, decision: str, name: str) -> None:
    with home.lock(), all_or_nothing(home.root):
        if decision == "approve":
            join(home, name)
        decide(home, name, decision, "A. Ambtenaar", "nagekeken met het team", DAY)


def _waiting(home: Home) -> str:
    return next((home.closed / "ledger" / "pending").glob("*.parquet")).stem


def tree(home: Home) -> dict[str, bytes]:
    """Every file that a step is about."""
    zones = (home.released, home.closed / "ledger", home.closed / "journal")
    found = [path for zone in zones for path in zone.rglob("*") if path.is_file()]
    return {path.relative_to(home.root).as_posix(): path.read_bytes() for path in found}


def killed(step: Step, home: Home, at: int) -> bool:
    """Do `step` in a process that is killed before its `at`-th change; False when it had fewer."""
    process = _CONTEXT.Process(target=_until, args=(step, home, at))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL), process.exitcode
    return process.exitcode != 0


def changes_of(step: Step, home: Home) -> int:
    """At how many changes of a file `step` can be killed; it is done here to its end."""
    told = _CONTEXT.SimpleQueue()
    process = _CONTEXT.Process(target=_until, args=(step, home, 0, told))
    process.start()
    process.join()
    assert process.exitcode == 0
    return int(told.get())


_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.trust.killing", "tests.trust.killed_run"])
_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"}


def _until(step: Step, home: Home, at: int, told: SimpleQueue[int] | None = None) -> None:
    count = 0

    def change() -> None:
        nonlocal count
        count += 1
        if count == at:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        writes = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if (event in _CHANGES or writes) and str(home.root) in str(arguments[0]):
            change()

    fsync = os.fsync

    def counted(handle: int) -> None:
        change()
        fsync(handle)

    os.fsync = counted  # type: ignore[assignment]
    sys.addaudithook(hook)
    step(home)
    if told is not None:
        told.put(count)
    os._exit(0)
