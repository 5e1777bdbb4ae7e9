"""Is the place of a home fit: where it lies, whether a file can be put in place whole, the lock, and room.

What is tried is tried in a directory of its own that goes again, also when we are stopped.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from data_contracts.errors import MachineFault, StudyError
from pipelines.doctor.look import Look, Subject
from pipelines.doctor.synced import cloud_of, is_remote
from pipelines.storage.home import Home
from pipelines.storage.platform import write_whole
from pipelines.storage.stopping import at_stop

LEAST_FREE = 2 * 1024**3
TIMES_DATA = 3  # raw text, typed tables and what is written beside its place, of a delivery that waits


def looks_at_place(home: Home) -> Iterator[Look]:
    """A look per subject."""
    place = nearest(home.closed if home.closed.is_dir() else home.root)
    yield where_it_lies(home)
    yield _room(home, place)
    yield Subject("rename", "Bestanden neerzetten").unless_told(
        lambda: _put_in_place(place), "een bestand staat er heel of niet."
    )
    yield Subject("lock_works", "Slot").unless_told(lambda: _lock_holds(place), "een tweede run zou worden geweigerd.")


def nearest(place: Path) -> Path:
    """The directory itself, or the one above it that exists."""
    whole = place.absolute()
    return next(one for one in (whole, *whole.parents) if one.is_dir())


def where_it_lies(home: Home) -> Look:
    """Whether the closed zone stays on this machine; a run says it too."""
    place = nearest(home.closed if home.closed.is_dir() else home.root)
    subject, real = Subject("place", "Plaats van de home"), place.resolve()
    cloud = cloud_of(place) or cloud_of(real)
    do = "Zet de home (--home) op een schijf van deze machine, buiten mappen die worden gesynchroniseerd."
    if cloud:
        what = f"'{place}' wordt gekopieerd naar een ander ({cloud}): daar mogen gegevens over mensen niet staan."
        return subject.wrong(what, do, StudyError.exit_code)
    if is_remote(real):
        what = f"'{place}' ligt op een andere machine: een slot houdt daar niet altijd, en beheerders kunnen meelezen."
        return subject.wrong(what, do, StudyError.exit_code)
    return subject.good(f"'{place}' ligt op een schijf van deze machine.")


def _room(home: Home, place: Path) -> Look:
    subject, free = Subject("room", "Ruimte"), shutil.disk_usage(place).free
    waiting = sum(path.stat().st_size for path in home.inbox.rglob("*") if path.is_file() and not path.is_symlink())
    asked = max(LEAST_FREE, TIMES_DATA * waiting)
    told = f"{free / 1e9:.1f} GB vrij, {asked / 1e9:.1f} GB gevraagd.".replace(".", ",", 2)
    if free < asked:
        return subject.wrong(told, "Maak ruimte, of zet de home op een grotere schijf.")
    return subject.good(told)


def _put_in_place(place: Path) -> None:
    with _trial(place) as trial:
        for content in (b"oud", b"nieuw"):
            write_whole(trial / "bestand", content)
        if (trial / "bestand").read_bytes() != b"nieuw":
            raise MachineFault(
                f"In '{place}' stond na het vervangen nog het oude bestand. Zet de home op een andere schijf."
            )


def _lock_holds(place: Path) -> None:
    with _trial(place) as trial, FileLock(trial / "lock", timeout=0):
        try:
            with FileLock(trial / "lock", timeout=0):
                held = False
        except Timeout:
            held = True
    if not held:
        raise MachineFault(
            f"In '{place}' houdt een slot niets tegen: twee runs zouden door elkaar schrijven. Zet de home op een "
            "schijf van deze machine."
        )


@contextmanager
def _trial(place: Path) -> Iterator[Path]:
    trial = Path(tempfile.mkdtemp(prefix=".doctor-", suffix=".unfinished", dir=place))
    with at_stop(lambda: shutil.rmtree(trial, ignore_errors=True)):
        try:
            yield trial
        finally:
            shutil.rmtree(trial, ignore_errors=True)
