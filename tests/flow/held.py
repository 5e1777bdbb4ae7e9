"""A home that another process holds; a file of its own, because that process imports what stands here."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.synchronize import Event
from pathlib import Path

from pipelines.storage.home import Home
from tests.patience import PATIENCE


@contextmanager
def held(home: Path) -> Iterator[None]:
    context = multiprocessing.get_context("spawn")
    is_held, is_done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(home, is_held, is_done))
    other.start()
    try:
        assert is_held.wait(PATIENCE)
        yield
    finally:
        is_done.set()
        other.join()


def _hold(home: Path, is_held: Event, is_done: Event) -> None:
    with Home(home).lock():
        is_held.set()
        is_done.wait(PATIENCE)
