"""Ctrl-C, SIGTERM and a closed terminal: say how things stand, end what we started, and go with exit code 2.

A thread of its own does this at once, while the work goes on in C, in Dagster or in a query: all of them catch or
delay a KeyboardInterrupt, each in its way. Ending in the middle of work is safe, because everything is written beside
its place and a publication is finished or undone by its journal; only inside `whole` we wait.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

NOTHING = "Afgebroken. Er is niets gepubliceerd."
EXIT_CODE = 2
_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]


class _Stop:
    """What this process says and does when it is stopped."""

    def __init__(self) -> None:
        self.words = NOTHING
        self.first: list[Callable[[], None]] = []
        self.whole = threading.RLock()
        self.ends: socket.socket | None = None

    def wait(self) -> None:
        """Until a signal came; then end this process."""
        assert self.ends is not None  # noqa: S101  for the type
        self.ends.recv(1)
        with self.whole:
            for end in reversed(self.first):
                end()
            # On a line of its own: a terminal shows ^C, and a child that ends may have stopped in the middle of one.
            sys.stderr.write(f"\n{self.words}\n")
            sys.stderr.flush()
            os._exit(EXIT_CODE)


_stop = _Stop()


def listen() -> None:
    """From now on a signal ends this process as described above; for a command, not for a library."""
    wakes, _stop.ends = socket.socketpair()
    wakes.setblocking(False)
    signal.set_wakeup_fd(wakes.detach(), warn_on_full_buffer=False)
    for number in _SIGNALS:
        signal.signal(number, lambda _number, _frame: None)  # the thread below acts; Python wakes it
    threading.Thread(target=_stop.wait, daemon=True).start()  # last: it takes a while, and a signal waits for it


def say(words: str) -> None:
    """What to say from now on when we are stopped."""
    _stop.words = words


@contextmanager
def at_stop(end: Callable[[], None]) -> Iterator[None]:
    """Do this before the process ends by a signal while the block runs."""
    _stop.first.append(end)
    try:
        yield
    finally:
        _stop.first.remove(end)


@contextmanager
def whole() -> Iterator[None]:
    """A signal waits until this block, which takes a second at most, is done."""
    with _stop.whole:
        yield
