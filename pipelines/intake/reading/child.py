"""The process that meets what came from outside: it gives up its own rights first, then opens one file after another.

Started as `python -m pipelines.intake.reading.child`; a request on stdin, one line of JSON per thing that happened on
stdout. Whatever goes wrong inside is told by its kind only: a text of an error may quote a value of a person.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
import sys
from pathlib import Path
from typing import Any

from pipelines.intake.reading.limits import MAX_FILE_BYTES
from pipelines.intake.reading.sheets import Unreadable

# No link is followed, no pipe waited for, no line end changed.
_FLAGS = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")


def main() -> None:
    """Answer the request on stdin."""
    request = json.load(sys.stdin)
    _give_up_rights(request)
    # Only now: the engine starts its threads inside the limits.
    from pipelines.intake.reading.engine import engine

    folder = Path(request["folder"])
    connection = engine(folder)
    for at, file in enumerate(request["files"]):
        _tell(reading=at)
        try:
            if request["as_book"]:
                _tell(book=_book(file))
            else:
                _tell(opened=at, parts=_parts(file, connection, folder, at))
        except Unreadable as cause:
            _tell(unreadable=at, what=cause.what, do=cause.do, sheet=cause.sheet, row=cause.row)
        except MemoryError:
            # What was held may not come free; a new process goes on with the rest.
            _tell(memory=at)
            return
        # A reader in another language may fail in ways that are no Exception; the file is to blame, not the run.
        except BaseException:
            _tell(broken=at)


def _book(file: dict[str, Any]) -> dict[str, Any]:
    """A workbook as plain data; raises Unreadable."""
    from pipelines.intake.reading.books import plain_book

    return plain_book(_content(Path(file["path"]), file["sha256"]), file["name"])


def _parts(file: dict[str, Any], connection: Any, folder: Path, at: int) -> list[dict[str, Any]]:
    """What `store` tells of every file inside this one; raises Unreadable."""
    from pipelines.intake.reading.opening import opened, unpacked
    from pipelines.intake.reading.sheets import Declared
    from pipelines.intake.reading.stored import store

    content = _content(Path(file["path"]), file["sha256"])
    parts = unpacked(content, file["name"])
    declared = Declared(**file["declared"])
    return [store(opened(one, name, declared), connection, folder, f"{at}-{n}") for n, (name, one) in enumerate(parts)]


def _content(path: Path, sha256: str) -> bytes:
    """The bytes, read once; raises Unreadable when they are not the ones that were asked for."""
    odd = Unreadable("dit is geen gewoon bestand, of het is groter dan 2 GB.", "Vraag een nieuwe uitdraai.")
    try:
        handle = os.open(path, os.O_RDONLY | sum(getattr(os, flag, 0) for flag in _FLAGS))
    except OSError:
        raise odd from None
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode) or os.fstat(handle).st_size > MAX_FILE_BYTES:
            raise odd
        content = file.read(os.fstat(handle).st_size + 1)
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Unreadable("het bestand veranderde terwijl het werd gelezen.", "Wacht tot het er helemaal staat.")
    return content


def _give_up_rights(request: dict[str, Any]) -> None:
    """Memory, processor time, sizes of files and number of open ones; no image of memory on disk after a crash."""
    try:
        import resource
    except ImportError:
        return  # Windows: the parent watches.
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: request["seconds"],
        resource.RLIMIT_FSIZE: request["file_bytes"],
        resource.RLIMIT_NOFILE: 64,
        # What is written to counts in full; room that is only reserved, as engines do for their threads, for a quarter.
        resource.RLIMIT_DATA: request["memory_bytes"],
        resource.RLIMIT_AS: 4 * request["memory_bytes"],
    }
    for kind, limit in limits.items():
        try:
            resource.setrlimit(kind, (limit, limit))
        except (ValueError, OSError):
            continue  # macOS knows no limit on memory: the parent watches.


def _tell(**what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
