"""The memory of a learning circle on disk: closed/circle/journal.jsonl, a line per record, behind the others.

A record is on disk before it is answered for, so a killed server loses none that was acknowledged; a line that was cut
short was never acknowledged and is not read. The same record offered twice is kept once. Only words can be taken away:
their line is replaced by a mark, and the file is then written whole.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from filelock import FileLock

from data_contracts.errors import StudyError
from pipelines.storage.home import Home
from pipelines.storage.platform import sync_directory, write_whole
from reports.circle.erasing import after_removal, after_term
from reports.circle.events import Erased, Event, MinutesAdopted, Removed
from reports.circle.fitting import require_fits
from reports.circle.memory import Memory, remembered
from reports.circle.records import as_record, event_of

CIRCLE, JOURNAL = "circle", "journal.jsonl"
PATIENCE = 5.0  # seconds that a writer waits for another one


class CircleJournal:
    """The journal of one home; reading and adding never wait for a run."""

    def __init__(self, home: Home) -> None:
        self.directory = home.closed / CIRCLE
        self.path = self.directory / JOURNAL

    def memory(self) -> Memory:
        """What the circle remembers."""
        return remembered(self.events())

    def events(self) -> list[Event]:
        """Every record that is whole, oldest first."""
        return [_read(self.path, number, line) for number, line in enumerate(self._lines(), start=1)]

    def add(self, raw: Mapping[str, Any]) -> bool:
        """Keep a record; False when it was kept before. StudyError, in words for who wrote it, where it may not be."""
        event = event_of(raw)
        if isinstance(event, Erased):
            raise StudyError("Een merkteken maakt alleen het geheugen zelf.")
        self._prepare()
        with FileLock(self.directory / "lock", timeout=PATIENCE):
            known = self.events()
            if any(one.id == event.id for one in known):
                return False
            require_fits(event, remembered(known))
            if isinstance(event, Removed):
                self._write(after_removal(known, event))
            else:
                self._append(event)
            if isinstance(event, MinutesAdopted):
                self._write(after_term([*known, event], event.of))
        return True

    def keep_until(self, past: Home, day: dt.date) -> None:
        """In `past` what the circle remembered on a day; words that were taken away since are not there either."""
        if by_then := [one for one in self.events() if one.on <= day]:
            kept = CircleJournal(past)
            kept._prepare()
            kept._write(by_then)

    def _prepare(self) -> None:
        self.directory.mkdir(parents=True, exist_ok=True)
        self.directory.chmod(0o700)

    def _lines(self) -> list[bytes]:
        """The whole lines; what stands behind the last line break was never acknowledged."""
        content = self.path.read_bytes() if self.path.exists() else b""
        return content[: content.rfind(b"\n") + 1].splitlines()

    def _append(self, event: Event) -> None:
        is_new = not self.path.exists()
        with self.path.open("ab+") as file:
            whole = sum(len(line) + 1 for line in self._lines())
            file.truncate(whole)
            file.write(_line(event))
            file.flush()
            os.fsync(file.fileno())
        if is_new:
            sync_directory(self.directory)

    def _write(self, events: list[Event]) -> None:
        write_whole(self.path, b"".join(map(_line, events)))


def _line(event: Event) -> bytes:
    return json.dumps(as_record(event), ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _read(path: Path, number: int, line: bytes) -> Event:
    try:
        return event_of(json.loads(line), is_kept=True)
    except (ValueError, AttributeError, StudyError):
        pass
    raise StudyError(
        f"Regel {number} van {path} is niet te lezen, dus het geheugen van de leerkring is niet heel. Zet het bestand "
        "terug uit een reservekopie, of haal die regel weg; wat erop stond is dan weg."
    )
