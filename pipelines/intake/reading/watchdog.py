"""A process that is watched from outside: for how long it runs, and for its memory where the system sets no limit.

Linux holds the process to its limits itself; Windows and macOS know no limit on memory that a process can set for
itself, so there its parent looks every half second.
"""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from enum import Enum

NO_LIMIT_OF_THE_SYSTEM = (
    "op dit systeem bewaakt wijkbaat zelf hoeveel geheugen het lezen van een levering vraagt; "
    "een harde grens is er alleen op Linux."
)
_EVERY = 0.5
# The signal by which Linux ends a process that used up its processor time.
_PROCESSOR_TIME = 24


class Ended(Enum):
    """How the process came to its end."""

    ITSELF = "itself"
    TOO_LONG = "too_long"
    TOO_MUCH = "too_much"


def is_held_by_system() -> bool:
    """Whether the system itself keeps the process within its memory."""
    return sys.platform == "linux"


def watched(process: subprocess.Popen[bytes], request: bytes, seconds: float, memory_bytes: int) -> tuple[bytes, Ended]:
    """Give the request and take the output; a process that takes too long or too much is ended."""
    ended = Ended.ITSELF
    done = threading.Event()

    def watch() -> None:
        nonlocal ended
        stop_at = time.monotonic() + seconds
        while not done.wait(_EVERY):
            if time.monotonic() > stop_at:
                ended = Ended.TOO_LONG
            elif not is_held_by_system() and resident_bytes(process.pid) > memory_bytes:
                ended = Ended.TOO_MUCH
            else:
                continue
            process.kill()
            return

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        output, _ = process.communicate(request)
    finally:
        # Also when a person stops the run: nothing that we started stays behind.
        process.kill()
        done.set()
        watcher.join()
    if process.returncode == -_PROCESSOR_TIME:
        ended = Ended.TOO_LONG
    return output, ended


def resident_bytes(pid: int) -> int:
    """How much memory a process holds; 0 when that cannot be seen."""
    if sys.platform == "win32":
        return _on_windows(pid)
    # `ps` is part of every POSIX system; the number is ours.
    asked = subprocess.run(["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=False)  # noqa: S603, S607
    text = asked.stdout.strip()
    return int(text) * 1024 if text.isdecimal() else 0


def _on_windows(pid: int) -> int:
    import ctypes

    class Counters(ctypes.Structure):
        _fields_ = [
            ("cb", ctypes.c_ulong),
            ("faults", ctypes.c_ulong),
            *[(name, ctypes.c_size_t) for name in ("peak", "now", "a", "b", "c", "d", "pagefile", "peak_pagefile")],
        ]

    kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined,unused-ignore]
    kernel.OpenProcess.restype = ctypes.c_void_p
    # PROCESS_QUERY_LIMITED_INFORMATION | PROCESS_VM_READ
    handle = kernel.OpenProcess(0x1000 | 0x0010, False, pid)
    if not handle:
        return 0
    try:
        counters = Counters(cb=ctypes.sizeof(Counters))
        found = kernel.K32GetProcessMemoryInfo(ctypes.c_void_p(handle), ctypes.byref(counters), counters.cb)
        return int(counters.pagefile) if found else 0
    finally:
        kernel.CloseHandle(ctypes.c_void_p(handle))
