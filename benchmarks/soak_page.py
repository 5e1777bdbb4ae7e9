"""The page of the soak: what was asked, what was reached, and how home, memory and seconds grew."""

from __future__ import annotations

import statistics
from dataclasses import dataclass

_HEAD = """# Ten years of deliveries through the sensor

Written by `make soak`. An invented municipality of ten years is cut by date into {asked} deliveries of about fifty
clients; every seventh repeats rows, every tenth puts scores right, every twenty-fifth lacks a column and must be
refused. Each is put into the inbox of one home; Dagster's sensors are evaluated on a clock that goes along, and what
they ask for is done, up to a release. After each delivery: the account of its rows adds up and names every
row that was put down, the current assessments are exactly those delivered, the release is as its manifest says, the
ledger's chain is whole, and no raw text is older than the study's term of 90 days.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen after one delivery; `stores` are megabytes on disk."""

    number: int
    wrong: tuple[str, ...]
    n_raw_too_old: int
    seconds: float
    processor_seconds: float
    resident_mb: float
    stores: dict[str, float]
    n_releases: int


def page(seen: list[Seen], asked: int) -> str:
    """The page in Markdown."""
    wrong = [f"{one.number}: {text}" for one in seen for text in one.wrong]
    lines = [
        _HEAD.format(asked=asked),
        "| what | asked | got |",
        "|---|---|---|",
        f"| deliveries | {asked} | {len(seen)} |",
        f"| wrong accounts, tables, releases or ledgers | 0 | {len(wrong)} |",
        f"| raw tables older than the term | 0 | {max(one.n_raw_too_old for one in seen)} |",
        f"| releases that stand | | {seen[-1].n_releases} |",
        "",
        *_growth(seen),
        *(["", *(f"- {text}" for text in wrong[:50])] if wrong else []),
        *(["", f"This run was broken off after {len(seen)} of {asked} deliveries."] if len(seen) < asked else []),
    ]
    return "\n".join(lines) + "\n"


def _growth(seen: list[Seen]) -> list[str]:
    """Medians of ten deliveries at five moments."""
    n = len(seen)
    ends = sorted({min(n, 10), *(round(n * part / 4) for part in (1, 2, 3, 4))} - {0})
    parts = [seen[max(0, end - 10) : end] for end in ends]
    names = list(seen[0].stores)
    rows = {
        "seconds per delivery": [_median(part, "seconds", ".1f") for part in parts],
        "processor seconds": [_median(part, "processor_seconds", ".1f") for part in parts],
        "process, MB": [_median(part, "resident_mb", ".0f") for part in parts],
    } | {f"`{name}`, MB": [f"{part[-1].stores[name]:.1f}" for part in parts] for name in names}
    return [
        f"| median of the ten up to delivery | {' | '.join(str(end) for end in ends)} |",
        f"|---|{'---|' * len(ends)}",
        *(f"| {name} | {' | '.join(cells)} |" for name, cells in rows.items()),
    ]


def _median(part: list[Seen], name: str, shape: str) -> str:
    return format(statistics.median(getattr(one, name) for one in part), shape)
