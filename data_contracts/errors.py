"""The errors that a user may meet, each with its exit code.

WijkbaatError
├── StudyError        2  the study (YAML) or the command line is wrong
├── DeliveryRefused   3  a delivery breaks the rules of the door
├── HomeLocked        4  another run works in this home
├── MachineFault      5  disk or memory
├── GateRefused       6  the gate does not let this release out
├── ContractBroken    1  our own tables break their contract: a bug of ours
└── OurBug            1  any other bug of ours

Messages are Dutch, say what, where and what to do, and never hold a value of a person.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from pathlib import Path

from data_contracts.vocabulary.reasons import RefusalKind

ROOMS = ("pipelines", "indicators", "mkba", "reports", "data_contracts")


class WijkbaatError(Exception):
    """Base of all errors that speak to the reader; `job` and `step` are where Dagster was, if it was."""

    exit_code = 1
    job = ""
    step = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong in a file of a study: where, what, and what to do."""

    file: str
    line: int | None
    what: str
    do: str = ""

    def __str__(self) -> str:
        where = f"{self.file}, regel {self.line}" if self.line else self.file
        return f"{where}: {self.what}" + (f" {self.do}" if self.do else "")


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that a model breaks at a place inside it, such as ("links", 3, "to")."""

    at: tuple[str | int, ...]
    what: str
    do: str = ""


class RulesBroken(ValueError):
    """Raised by a model's own validator: several rules, each with its place, so that each gets its line or row."""

    def __init__(self, broken: list[Broken]) -> None:
        self.broken = broken
        super().__init__("; ".join(one.what for one in broken))


def broken_rule(what: str, do: str, *at: str | int) -> RulesBroken:
    """One rule that a model breaks: what, what to do, and `at` which place where it is not the whole model."""
    return RulesBroken([Broken(at, what, do)])


class StudyError(WijkbaatError):
    """The study or the call is wrong; `findings` holds every fault that was found."""

    exit_code = 2

    def __init__(self, findings: list[Finding] | str) -> None:
        self.findings = findings if isinstance(findings, list) else []
        super().__init__(findings if isinstance(findings, str) else "\n".join(str(finding) for finding in findings))


class OlderRelease(StudyError):
    """A release that an older version made and that this one cannot read."""


class DeliveryRefused(WijkbaatError):
    """A delivery is not taken in; nothing of it is published.

    The message may quote names of files and columns: it is for the researcher's terminal and stays in the closed zone.
    Outside stands the kind alone.
    """

    exit_code = 3

    def __init__(
        self, delivery: str, what: str, do: str, *, file: str | None = None, kind: RefusalKind | None = None
    ) -> None:
        self.delivery, self.file, self.what, self.do = delivery, file, what, do
        self.kind = kind or (RefusalKind.UNREADABLE if file else RefusalKind.DELIVERY)
        self.every: list[DeliveryRefused] = [self]
        where = f"Levering '{delivery}'" + (f", bestand '{file}'" if file else "")
        super().__init__(f"{where} is geweigerd: {what} {do}")


def together(refusals: list[DeliveryRefused]) -> DeliveryRefused:
    """Several refusals as one, each on a line of its own; `every` holds them apart."""
    first, every = refusals[0], [one for refused in refusals for one in refused.every]
    if len(every) == 1:
        return first
    whole = DeliveryRefused(first.delivery, first.what, first.do, file=first.file, kind=first.kind)
    whole.args = ("\n".join(str(one) for one in every),)
    whole.every = every
    return whole


class HomeLocked(WijkbaatError):
    """Another run holds the lock of this home."""

    exit_code = 4

    def __init__(self, home: Path) -> None:
        super().__init__(f"In '{home}' loopt al een andere run. Wacht tot die klaar is en probeer het opnieuw.")


class MachineFault(WijkbaatError):
    """Disk or memory ran out, or a file could not be written."""

    exit_code = 5


class GateRefused(WijkbaatError):
    """The gate does not let the release out; the previous release stands."""

    exit_code = 6


class OurBug(WijkbaatError):
    """An error that we did not foresee: its kind and its place, never its text, which may quote a value of a person."""

    def __init__(self, error: BaseException) -> None:
        frames = traceback.extract_tb(error.__traceback__)
        ours = [frame for frame in frames if any(room in frame.filename for room in ROOMS)]
        place = f"{Path(ours[-1].filename).name}, regel {ours[-1].lineno}" if ours else "onbekende plek"
        super().__init__(
            f"Dit is een fout van ons ({type(error).__name__} in {place}). Er is niets gepubliceerd. "
            "Meld dit bij de makers."
        )


class ContractBroken(WijkbaatError):
    """A table breaks a rule that we promised; counts only, never values."""
