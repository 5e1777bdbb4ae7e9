"""Many files that change at once: all new contents are written first, then put in place; a kill leaves all or nothing.

closed/staged/new/...    the new contents, at the same places as in the home
closed/staged/gone.json  the files that go

Until that directory has its name nothing has changed, and what was written is swept. From then on it is carried out, by
whoever takes the lock of the home next: nothing needs computing for that, so it can be done twice. Unlike the journal
of publications no copies of what stood there are made: what is to be gone is written nowhere again.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.storage.platform import sync_directory, sync_file, write_whole
from pipelines.storage.stopping import whole

STAGED, STAGED_DONE, STAGED_UNFINISHED = "staged", ".staged.done", ".staged.unfinished"
_NEW, _GONE = "new", "gone.json"


class Staged:
    """What will change in the home at `root`; the home itself is as it was."""

    def __init__(self, root: Path) -> None:
        self.root, self.directory = root, root / "closed" / STAGED_UNFINISHED
        self.gone: set[str] = set()

    def new(self, place: Path) -> Path:
        """Where to write what `place` will hold."""
        path = self.directory / _NEW / place.relative_to(self.root)
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def write(self, place: Path, content: bytes) -> None:
        """`place` will hold this."""
        self.new(place).write_bytes(content)

    def drop(self, place: Path) -> None:
        """`place` will be gone."""
        self.gone.add(place.relative_to(self.root).as_posix())

    def latest(self, place: Path) -> Path:
        """The file to read for what `place` will hold."""
        path = self.directory / _NEW / place.relative_to(self.root)
        return path if path.exists() else place


@contextmanager
def all_at_once(root: Path) -> Iterator[Staged]:
    """Everything that is staged in the block changes at its end, or nothing does; for who holds the lock of the home.

    A signal during the block ends it as if nothing was asked; one at its end waits until all is in place.
    """
    staged = Staged(root)
    shutil.rmtree(staged.directory, ignore_errors=True)
    (staged.directory / _NEW).mkdir(parents=True)
    try:
        yield staged
        for path in sorted(staged.directory.rglob("*")):
            if path.is_file():
                sync_file(path)
        write_whole(staged.directory / _GONE, json.dumps(sorted(staged.gone)).encode("utf-8"))
        for path in (staged.directory, *staged.directory.rglob("*")):
            if path.is_dir():
                sync_directory(path)
    except BaseException:
        shutil.rmtree(staged.directory, ignore_errors=True)
        raise
    with whole():
        staged.directory.rename(root / "closed" / STAGED)
        sync_directory(root / "closed")
        finish_staged(root)


def finish_staged(root: Path) -> None:
    """Carry out what a process had decided on before it was killed; for who holds the lock of the home."""
    staged = root / "closed" / STAGED
    if not staged.is_dir():
        return
    for place in json.loads((staged / _GONE).read_bytes()):
        (root / place).unlink(missing_ok=True)
    # A hash lies before its table in this order, as it must be in place first.
    for path in sorted((staged / _NEW).rglob("*")):
        if path.is_file():
            place = root / path.relative_to(staged / _NEW)
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
            sync_directory(place.parent)
    done = root / "closed" / STAGED_DONE
    shutil.rmtree(done, ignore_errors=True)
    staged.rename(done)
    sync_directory(root / "closed")
    shutil.rmtree(done)
