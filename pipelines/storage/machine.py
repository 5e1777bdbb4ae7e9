"""Is an error the machine's? Only a disk or a memory that is full or broken is; the rest is ours or the user's."""

from __future__ import annotations

import errno
from collections.abc import Iterator

from data_contracts.errors import MachineFault

_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS}
# DuckDB, SQLite and the loader of libraries tell it in words only.
_DISK_WORDS = ("no space left", "disk is full", "file too large", "quota exceeded")
_EITHER_WORDS = ("disk i/o error",)  # SQLite's words for a file that it cannot map into memory either
_MEMORY_WORDS = ("out of memory", "cannot allocate memory", "failed to map segment", "can't start new thread")
_MEMORY = (
    "Het geheugen is op. Sluit andere programma's, of gebruik een grotere machine en draai opnieuw. "
    "Er is niets gepubliceerd."
)
_FULL = "De schijf is vol of werkt niet mee. Maak ruimte of laat de schijf nakijken. Er is niets gepubliceerd."
_EITHER = (
    "De schijf of het geheugen is vol, of de schijf werkt niet mee. Maak ruimte, sluit andere programma's, of laat de "
    "schijf nakijken. Er is niets gepubliceerd."
)


def machine_fault(error: BaseException) -> MachineFault | None:
    """What to tell when the machine is behind this error, however it was wrapped; else None."""
    for one in _chain(error):
        if isinstance(one, MachineFault):
            return one
        words = str(one).lower()
        if isinstance(one, MemoryError) or getattr(one, "errno", None) == errno.ENOMEM:
            return MachineFault(_MEMORY)
        if isinstance(one, OSError) and one.errno in _DISK:
            return MachineFault(_FULL)
        if type(one).__name__ in _TELL_IN_WORDS:
            if any(word in words for word in _MEMORY_WORDS):
                return MachineFault(_MEMORY)
            if any(word in words for word in _DISK_WORDS):
                return MachineFault(_FULL)
            if any(word in words for word in _EITHER_WORDS):
                return MachineFault(_EITHER)
    return None


_TELL_IN_WORDS = {"IOException", "OutOfMemoryException", "OperationalError", "ImportError", "RuntimeError", "Error"}


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error and what it came from."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__
