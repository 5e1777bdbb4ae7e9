"""What takes long to make is made by one worker of a session, for all of them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # Windows has no such lock: there every worker makes its own
    fcntl = None  # type: ignore[assignment]


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The directory that `make` filled for the first worker who asked; who asks meanwhile waits for it.

    Others may look at it at the same time: a test that changes something takes a copy.
    """
    own = factory.getbasetemp()
    root = own.parent if fcntl and "PYTEST_XDIST_WORKER" in os.environ else own
    place, done = root / "once" / name, root / "once" / f"{name}.done"
    place.parent.mkdir(exist_ok=True)
    with place.with_suffix(".lock").open("w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place)
            done.touch()
    return place
