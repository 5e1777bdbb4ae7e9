"""One thing that `wijkbaat doctor` looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from enum import StrEnum

from data_contracts.errors import MachineFault, WijkbaatError
from pipelines.storage.machine import machine_fault

RIGHTS = "Kijk na of het account van wijkbaat hier mag lezen en schrijven."


class Found(StrEnum):
    """What a look found: a warning stops no run."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"

    @property
    def label(self) -> str:
        """The Dutch word at the start of a line."""
        return {Found.GOOD: "goed", Found.WARNING: "let op", Found.WRONG: "niet goed"}[self]


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked at, what was found, and what to do; `exit_code` is that of the house for what is wrong."""

    name: str
    subject: str
    found: Found
    what: str
    do: str = ""
    exit_code: int = 0

    @property
    def line(self) -> str:
        """For the terminal."""
        return f"{self.found.label:<10} {self.subject}: {self.what}" + (f" {self.do}" if self.do else "")

    @property
    def record(self) -> dict[str, str | int]:
        """For --json."""
        return {**asdict(self), "found": self.found.value}


@dataclass(frozen=True, slots=True)
class Subject:
    """A name and its Dutch words, from which looks are made."""

    name: str
    words: str

    def good(self, what: str) -> Look:
        """Nothing to do."""
        return Look(self.name, self.words, Found.GOOD, what)

    def warning(self, what: str, do: str = "") -> Look:
        """Something to know; a run goes on."""
        return Look(self.name, self.words, Found.WARNING, what, do)

    def wrong(self, what: str, do: str, exit_code: int = MachineFault.exit_code) -> Look:
        """A run would stop or be unsafe."""
        return Look(self.name, self.words, Found.WRONG, what, do, exit_code)

    def unless_told(self, check: Callable[[], object], good: str, do: str = RIGHTS) -> Look:
        """A check that the house has already: its own error, with its code, or `good`; `do` for any other error."""
        try:
            check()
        except WijkbaatError as told:
            return Look(self.name, self.words, Found.WRONG, str(told), "", told.exit_code)
        except Exception as error:  # of the disk or of a library: told by its kind, never by its text
            fault = machine_fault(error)
            what = str(fault) if fault else f"dit kon niet worden nagekeken ({type(error).__name__})."
            return self.wrong(what, "" if fault else do)
        return self.good(good)
