"""A directory for rows that may only lie there while somebody is asked about them.

It goes at its end, and after a kill at the next `wijkbaat init` of the same account: whoever uses one holds its lock.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

_PREFIX, _LOCK = "wijkbaat-init-", ".lock"
_JUST_MADE = 60  # seconds in which a directory may not have its lock yet


@contextmanager
def scratch() -> Iterator[Path]:
    """A new directory for its owner only, without those that a killed process left."""
    _remove_left_over()
    made = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
    with made as place, FileLock(Path(place) / _LOCK):
        yield Path(place)


def _remove_left_over() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime < _JUST_MADE:
                continue
            with FileLock(folder / _LOCK, timeout=0):
                pass
        except (OSError, Timeout):  # somebody's who works in it, or of another account
            continue
        shutil.rmtree(folder, ignore_errors=True)
