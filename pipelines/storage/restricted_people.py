"""Who is kept and counted nowhere (AVG 18 and 21): their numbers, in closed/rights/restricted."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pipelines.storage.home import Home


def restriction_file(home: Home) -> Path:
    """Where the numbers stand, one per line."""
    return home.rights / "restricted"


def restricted_clients(home: Home) -> frozenset[int]:
    """The numbers of everybody who is counted nowhere."""
    file = restriction_file(home)
    return frozenset(int(line) for line in file.read_text(encoding="ascii").split()) if file.exists() else frozenset()


def as_lines(client_nos: Iterable[int]) -> bytes:
    """What the file holds for these people."""
    return "".join(f"{one}\n" for one in sorted(client_nos)).encode("ascii")
