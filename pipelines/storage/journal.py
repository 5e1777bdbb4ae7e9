"""Publishing, approving and withdrawing change several small files: all of them or none, also when we are killed.

closed/journal/    the decisions, CURRENT and the ledger as they were, while a step is going on

When that directory is there, a step was killed. The next process that takes the lock of the home puts everything
back, unless CURRENT has moved: that is the last thing a step does, so then the step was whole and is kept.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pipelines.storage.platform import sync_directory, sync_file, write_whole
from pipelines.storage.staged import STAGED_DONE, STAGED_UNFINISHED
from pipelines.storage.stopping import whole

JOURNAL, DONE, UNFINISHED = "journal", ".journal.done", ".journal.unfinished"
_HALVES = (DONE, UNFINISHED, STAGED_DONE, STAGED_UNFINISHED)
CURRENT, LAST = "CURRENT", "last_release"


@contextmanager
def all_or_nothing(root: Path) -> Iterator[None]:
    """One step on the home at `root`; what moves CURRENT comes last in it. A signal waits until it is done."""
    with whole():
        _save(root)
        try:
            yield
        except BaseException:
            undo_unfinished(root)
            raise
        _drop(root)


def undo_unfinished(root: Path) -> None:
    """Finish or undo what a killed process was doing; for who holds the lock of the home."""
    journal = root / "closed" / JOURNAL
    if not journal.is_dir():
        return
    now = root / "released" / CURRENT
    before = journal / "released" / CURRENT
    if (now.read_bytes() if now.exists() else None) == (before.read_bytes() if before.exists() else None):
        kept = {path.relative_to(journal): path for path in journal.rglob("*") if path.is_file()}
        for path in _covered(root):
            if path.relative_to(root) not in kept:
                path.unlink()
                sync_directory(path.parent)
        for place, path in kept.items():
            if not (root / place).exists() or (root / place).read_bytes() != path.read_bytes():
                write_whole(root / place, path.read_bytes())
    _drop(root)


def sweep(root: Path) -> None:
    """Remove what killed processes left beside its place; for who holds the lock of the home."""
    closed, released = root / "closed", root / "released"
    left = [*released.glob(".*"), *released.rglob(".*.unfinished"), *(closed / name for name in _HALVES)]
    for place in ("", "tables/", "tables/*/", "ledger/", "ledger/*/", "deliveries/", "rights/"):
        left += closed.glob(f"{place}.*.unfinished")
    for path in (*left, *(closed / "work").glob("*")):
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _covered(root: Path) -> list[Path]:
    """The files that a step may change."""
    beside = [*(root / "released").glob("*"), *(root / "closed" / "ledger").rglob("*"), root / "closed" / LAST]
    return [path for path in beside if path.is_file()]


def _save(root: Path) -> None:
    unfinished = root / "closed" / UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for path in _covered(root):
        copy = unfinished / path.relative_to(root)
        copy.parent.mkdir(parents=True, exist_ok=True)
        _keep(path, copy)
    for directory in (unfinished, *(path for path in unfinished.rglob("*") if path.is_dir())):
        sync_directory(directory)
    unfinished.rename(root / "closed" / JOURNAL)
    sync_directory(root / "closed")


def _keep(path: Path, copy: Path) -> None:
    """Keep a file as it is now.

    What the ledger holds per release is put there whole and never written to, so a second name for it is enough: ten
    years of it are not copied at every step.
    """
    if path.suffix == ".parquet":
        with suppress(OSError):  # a disk without second names
            os.link(path, copy)
            return
    shutil.copyfile(path, copy)
    sync_file(copy)


def _drop(root: Path) -> None:
    closed = root / "closed"
    shutil.rmtree(closed / DONE, ignore_errors=True)
    (closed / JOURNAL).rename(closed / DONE)
    sync_directory(closed)
    shutil.rmtree(closed / DONE)
