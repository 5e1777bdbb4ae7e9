"""The end of a trial, also of one that waits for ever: the system's limit is one process's own use of the processor.

A mutant may wait for a child that died, read a pipe that nobody writes in, or start one child after another. A trial
that with all its children does nothing, for as long as a patient test would not wait, or uses too much is ended.
"""

from __future__ import annotations

import os
import resource
import time

import psutil

IDLE = 60.0  # seconds of a clock in which all processes of a trial together use less than USED of a processor
USED = 0.05
_LOOK, _OFTEN = 1.0, 0.01


def ended(child: int, most: float) -> tuple[int, resource.struct_rusage]:
    """How this child of ours ended and what it used; killed when it idles, or when all together use `most` seconds.

    None of its children stays.
    """
    started = looked = since = time.monotonic()
    used, family = 0.0, list[psutil.Process]()
    while True:
        found, status, resources = os.wait4(child, os.WNOHANG)
        if found:
            _end(family)
            return status, resources
        now = time.monotonic()
        if now - looked >= _LOOK:
            looked = now
            family = _family(child)
            spent = sum(_seconds(one) for one in family)
            if abs(spent - used) > USED:
                used, since = spent, now
            if now - since > IDLE or spent > most:
                _end(family)
        time.sleep(_OFTEN if now - started < _LOOK else 10 * _OFTEN)


def _family(child: int) -> list[psutil.Process]:
    try:
        parent = psutil.Process(child)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def _seconds(one: psutil.Process) -> float:
    try:
        times = one.cpu_times()
    except psutil.NoSuchProcess:
        return 0.0
    return float(times.user + times.system + times.children_user + times.children_system)


def _end(family: list[psutil.Process]) -> None:
    """Also what a trial left behind; psutil knows a number that another process got meanwhile."""
    for one in family:
        try:
            one.kill()
        except psutil.NoSuchProcess:
            continue
