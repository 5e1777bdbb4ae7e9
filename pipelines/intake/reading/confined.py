"""Opening the files of a delivery in a process of its own, so that no file can take this one down or ask too much.

One process per delivery; a file that ends it is refused by name, and a new one goes on with the rest.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pipelines.intake.reading.beside import refuse_people_beside
from pipelines.intake.reading.sheets import Declared, Opened, Unreadable
from pipelines.intake.reading.stored import restored
from pipelines.intake.reading.watchdog import Ended, watched

_ASK = "Vraag een kleinere uitdraai, of een als CSV."


@dataclass(frozen=True, slots=True)
class Asked:
    """A file to open: where it lies, the hash of the bytes that were meant, and what the study says of it."""

    path: Path
    sha256: str
    declared: Declared


@dataclass(frozen=True, slots=True)
class Allowed:
    """What opening one delivery may take. `memory_bytes` grows with large files, up to what `for_files` says."""

    memory_bytes: int = 4 * 1024**3
    seconds: int = 600
    file_bytes: int = 8 * 1024**3

    @staticmethod
    def for_files(files: Sequence[Asked]) -> Allowed:
        """Room to hold the largest file in the few forms that it takes on its way."""
        largest = max((file.path.stat().st_size for file in files), default=0)
        return Allowed(memory_bytes=max(Allowed().memory_bytes, 2 * 1024**3 + 8 * largest))


def opened_apart(
    files: Sequence[Asked], folder: Path, allowed: Allowed | None = None
) -> list[tuple[Opened, ...] | Unreadable]:
    """Per file its sheets (a zip gives several files), or why it cannot be read. Rows lie in `folder` from then on.

    `folder` holds rows about people: it is made for us alone, and the caller removes it.
    """
    allowed = allowed or Allowed.for_files(files)
    answers: dict[int, tuple[Opened, ...] | Unreadable] = {}
    while len(answers) < len(files):
        left = [at for at in range(len(files)) if at not in answers]
        part = Path(tempfile.mkdtemp(prefix="opened-", dir=folder))
        lines, ended = _child([files[at] for at in left], part, allowed)
        answers |= {left[at]: answer for at, answer in _answers(lines, part, ended).items()}
    return [answers[at] for at in range(len(files))]


def book_told(file: Asked, folder: Path, allowed: Allowed | None = None) -> dict[str, Any] | Unreadable:
    """What the process tells of one workbook (see `books.py`), or why it cannot be read."""
    lines, ended = _child([file], folder, allowed or Allowed.for_files([file]), as_book=True)
    told: dict[str, Any] | None = next((line["book"] for line in lines if "book" in line), None)
    if told is not None:
        return told
    answer = _answers(lines, folder, ended).get(0)
    return answer if isinstance(answer, Unreadable) else Unreadable(_BECAUSE[ended], _ASK)


def _child(
    files: Sequence[Asked], folder: Path, allowed: Allowed, *, as_book: bool = False
) -> tuple[list[dict[str, Any]], Ended]:
    """What the process told, line by line, and how it ended."""
    request = asdict(allowed) | {
        "folder": str(folder),
        "as_book": as_book,
        "files": [
            {"path": str(file.path), "name": file.path.name, "sha256": file.sha256, "declared": asdict(file.declared)}
            for file in files
        ],
    }
    # Nothing of our surroundings goes along; what the process says when it falls may hold values, and is dropped.
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "LANG", "TZ")}
    command = [sys.executable, "-I", "-m", "pipelines.intake.reading.child"]
    with subprocess.Popen(  # noqa: S603  our own module, no shell
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=kept
    ) as process:
        output, ended = watched(process, json.dumps(request).encode(), allowed.seconds, allowed.memory_bytes)
    lines = output.decode("utf-8", errors="replace").splitlines(keepends=True)
    return [json.loads(line) for line in lines if line.endswith("\n")], ended


def _answers(lines: Sequence[dict[str, Any]], folder: Path, ended: Ended) -> dict[int, tuple[Opened, ...] | Unreadable]:
    """The answer per file that the process came to.

    The file that ended it is refused when it was the first; another one is asked again in a process of its own, since
    it may have suffered from what the files before it left behind.
    """
    answers: dict[int, tuple[Opened, ...] | Unreadable] = {}
    reading = 0
    for line in lines:
        match line:
            case {"reading": at}:
                reading = at
            case {"opened": at, "parts": parts}:
                answers[at] = _admitted(tuple(restored(part, folder) for part in parts))
            case {"unreadable": at, "what": what, "do": do, "sheet": sheet, "row": row}:
                answers[at] = Unreadable(what, do, sheet=sheet, row=row)
            case {"memory": _}:
                ended = Ended.TOO_MUCH
            case {"broken": at}:
                answers[at] = Unreadable("dit bestand is beschadigd.", "Vraag een nieuwe uitdraai.")
    if reading == 0 and not answers:
        answers[reading] = Unreadable(_BECAUSE[ended], _ASK)
    return answers


def _admitted(parts: tuple[Opened, ...]) -> tuple[Opened, ...] | Unreadable:
    try:
        for part in parts:
            refuse_people_beside(part)
    except Unreadable as refused:
        return refused
    return parts


_BECAUSE = {
    Ended.ITSELF: "het lezen van dit bestand brak af; het is beschadigd of vraagt te veel geheugen.",
    Ended.TOO_LONG: "het lezen van dit bestand duurt te lang.",
    Ended.TOO_MUCH: "het lezen van dit bestand vraagt te veel geheugen.",
}
