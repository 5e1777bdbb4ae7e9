"""The home of one study: inbox, closed zone and released zone on one machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from data_contracts.errors import HomeLocked, StudyError
from pipelines.storage.house import HOUSE
from pipelines.storage.journal import sweep, undo_unfinished
from pipelines.storage.staged import finish_staged

DAGSTER_SETTINGS = HOUSE / "dagster.yaml"
# The address of a database for Dagster's store of this home alone; its password stays in the environment.
POSTGRES = "WIJKBAAT_POSTGRES"
_DRIVER = "postgresql+psycopg2://"
_IN_POSTGRES = f"storage:\n  postgres:\n    postgres_url: {{env: {POSTGRES}}}\n"


def is_in_postgres() -> bool:
    """Whether Dagster keeps its history in PostgreSQL instead of in files of the home."""
    return bool(os.environ.get(POSTGRES))


def dagster_settings() -> str:
    """What Dagster is told in the home."""
    text = DAGSTER_SETTINGS.read_text(encoding="utf-8")
    if not is_in_postgres():
        return text
    if not os.environ[POSTGRES].startswith(_DRIVER):
        raise StudyError(
            f"{POSTGRES} begint niet met {_DRIVER}. Zo wel: {_DRIVER}naam:wachtwoord@server:5432/database."
        )
    return text + _IN_POSTGRES


@dataclass(frozen=True, slots=True)
class Home:
    """Where everything of one study lies; `closed` holds people, `released` could be published as it stands."""

    root: Path

    @property
    def inbox(self) -> Path:
        """Deliveries arrive here, one directory each."""
        return self.root / "inbox"

    @property
    def closed(self) -> Path:
        """The closed zone."""
        return self.root / "closed"

    @property
    def released(self) -> Path:
        """The released zone."""
        return self.root / "released"

    @property
    def restricted(self) -> Path:
        """Rows of named teams, behind the gate: each for the circle of its own team."""
        return self.root / "restricted"

    @property
    def tables(self) -> Path:
        """Parquet of every table that is not released."""
        return self.closed / "tables"

    @property
    def dagster(self) -> Path:
        """Dagster's own store; its logs are about runs over people, so it lies in the closed zone."""
        return self.closed / "dagster"

    @property
    def receipts(self) -> Path:
        """What was received, and what became of it."""
        return self.closed / "deliveries"

    @property
    def work(self) -> Path:
        """Unfinished files; emptied at the start of a run."""
        return self.closed / "work"

    @property
    def traces(self) -> Path:
        """Figures walked back to the rows of the deliveries; they go when the raw text goes."""
        return self.closed / "traces"

    @property
    def rights(self) -> Path:
        """Who was erased or is counted nowhere, and which acts were done about people."""
        return self.closed / "rights"

    @property
    def private(self) -> tuple[Path, ...]:
        """What holds people's data or the rows of a named team: for its owner only."""
        return self.closed, self.inbox, self.restricted

    @property
    def directories(self) -> tuple[Path, ...]:
        """What every home has."""
        return *self.private, self.released, self.tables, self.dagster, self.receipts, self.work

    def require_real(self) -> None:
        """StudyError where a directory of ours is a reference to somewhere else."""
        for directory in self.directories:
            if directory.is_symlink():
                raise StudyError(f"'{directory}' is een verwijzing (symlink). Gebruik een echte map als --home.")

    def prepare(self) -> None:
        """Make what is missing, with its rights."""
        self.require_real()
        for directory in self.directories:
            directory.mkdir(parents=True, exist_ok=True)
        for directory in self.private:
            directory.chmod(0o700)
        settings = self.dagster / "dagster.yaml"
        text = dagster_settings()
        if not settings.exists() or settings.read_text(encoding="utf-8") != text:
            settings.write_text(text, encoding="utf-8")

    @contextmanager
    def lock(self) -> Iterator[None]:
        """One writer at a time; the kernel's lock, so who died holds nothing; what it left half is put right."""
        self.closed.mkdir(parents=True, exist_ok=True)
        try:
            # A singleton may be taken again by who holds it: a run takes it once, each of its tables again.
            lock = FileLock(self.closed / "lock", timeout=0, is_singleton=True)
            lock.acquire()
        except Timeout:
            locked = True
        else:
            locked = False
        if locked:
            raise HomeLocked(self.root)
        try:
            if lock.lock_counter == 1:
                undo_unfinished(self.root)
                finish_staged(self.root)
                sweep(self.root)
            yield
        finally:
            lock.release()

    def is_in_use(self) -> bool:
        """Whether a run holds the lock; only looked at, so what a killed process left stays as it is."""
        lock = self.closed / "lock"
        if not lock.exists():
            return False
        try:
            with FileLock(lock, timeout=0):
                return False
        except Timeout:
            return True

    def settle(self) -> None:
        """For who only reads: what a killed process left half is put right first, unless somebody is at work."""
        if self.closed.is_dir():
            with suppress(HomeLocked), self.lock():
                pass
