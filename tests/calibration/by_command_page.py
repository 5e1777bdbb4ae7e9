"""docs/calibration_by_command.md: municipalities of the bench through the command line, and what is done of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from tests.calibration.by_command import Beside, asked, beside
from tests.calibration.store import done_in

_HEAD = """# The bench of the balance, through the command line

Written by `python -m benchmarks.calibration --by-command {n} --out docs/calibration_by_command.md`.
[calibration.md](calibration.md) weighs municipalities in memory. Here the municipalities are written as a study
and as files that a registration system delivers, and `wijkbaat run` reads, estimates, releases and weighs them,
with all alternatives of voorbeeldstad and all draws. *Largest difference* is over every euro of
`out_mkba__headline`; every other figure of it, its sentences, and every released effect with its margin and its
word must be the same too.

**{equal} of {n} are equal to the cent**, in every figure and every word. A run took {seconds:.0f} seconds (median).

| population | seed | balance at the mean | chance | largest difference | differs otherwise | words |
| --- | --- | --- | --- | --- | --- | --- |
"""


def run_by_command(path: Path, n: int) -> list[Beside]:
    """The first `n` municipalities; what is done stays in the file, so that the same command goes on."""
    known = {(one["population"], one["seed"]): one for one in done_in(path)}
    path.parent.mkdir(parents=True, exist_ok=True)
    for name, seed in asked(n):
        if (name, seed) not in known:
            known[name, seed] = asdict(beside(name, seed))
            with path.open("a", encoding="utf-8") as lines:
                lines.write(json.dumps(known[name, seed]) + "\n")
    return [_read(known[one]) for one in asked(n)]


def page(found: Sequence[Beside]) -> str:
    """The whole page."""
    seconds = sorted(one.seconds for one in found)[len(found) // 2]
    head = _HEAD.format(n=len(found), equal=sum(one.is_equal for one in found), seconds=seconds)
    return head + "".join(_row(one) for one in found)


def _row(one: Beside) -> str:
    npv = "none shown" if one.npv_eur is None else f"{one.npv_eur:,.2f}"
    chance = "-" if one.chance is None else f"{one.chance:.4f}"
    others = ", ".join(one.other_differences) or "nothing"
    return f"| {one.population} | {one.seed} | {npv} | {chance} | {one.largest_eur:.4f} | {others} | {one.n_words} |\n"


def _read(row: dict[str, object]) -> Beside:
    others: list[str] = row["other_differences"]  # type: ignore[assignment]
    return Beside(**(row | {"other_differences": tuple(others)}))  # type: ignore[arg-type]
