"""`make bench-asking`: how often who knows all clients but one guesses that one, and one page of it.

No attack is written here: tests/trust/guesses.py has it, the same that `make test` runs on one municipality.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from pipelines.storage.house import commit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "trust"))  # its files call each other by their own names

from guesses import ALL_YEARS, FIRST, WAYS, Guessed, guessed  # noqa: E402
from unknown_one import CHANGE, USE, Unknown  # noqa: E402

SIZES = (1, 4, 16)  # times the smallest municipality
ASKED_POINTS, ASKED_SHARE = 1.0, 80.0
_HEAD = """# Who knows everybody but one

Written by `make bench-asking` at commit {commit}; first seed {seed}, drawn for this run; {seconds:.0f} seconds
of processor.

The attacker has the data of all clients but one, knows in which groups that one is, and has the software. For ten years
there is a release a year; in between people come, a few go and a few are put right; and 300 questions are answered
(`wijkbaat ask`), of which those about this outcome open five slices. Everything comes from the real gate with the real
ledger. Of every value that the one may have the attacker makes the figures, keeps the values that give what was
published, and guesses the one among them that most others have. Every client of the first year who stays as they are
is the one in turn: {tried:,} trials. Asked was: after all that at most {points:g} point more right guesses than from
the first release alone.

**That is not reached.** Nothing in this software protects against who knows everybody but one
([SECURITY.md](../SECURITY.md)); what it costs is written here.

## Right guesses, in %

| what is guessed | clients | trials | {ways} | more than the first, in points |
|---|---|---|{lines}---|
"""
_WHY = """
## Why

A count that is rounded to five hides one among ten, but against this attacker there are no ten: of what is rounded
everything is known but the value of the one. So every figure answers one question about that value: would it have been
rounded otherwise? A count says so for one client in five, a mean in two decimals of a few hundred clients for nearly
everybody. The first release has some forty figures about each client, of everybody and of a type of teams; every slice
that a question opens adds ten or more. In a larger municipality a mean moves less by one client, and the first release
tells less. A later release asks the same again beside other people, and so it tells more: rule D does not stand in
the way, because it asks whether ten or more people differ, and they do. Hiding more would not help either: this
attacker reads what is shown. Only noise that is drawn once for each client and kept would.

## What the answers show, and whether the ledger holds

| table | asked cells that threshold and D allow | shown as they are now | share (asked: {share:g} %) | figures that moved while 1 to 9 people differ |
|---|---|---|---|---|
"""  # noqa: E501


def page(seed: int, n_towns: int) -> str:
    """The page, of so many municipalities of each size."""
    start, found = time.process_time(), list[tuple[Unknown, list[Guessed]]]()
    for times in SIZES:
        for unknown in (CHANGE, USE):
            found.append((unknown, [guessed(unknown, seed + at, times) for at in range(n_towns)]))
    lines = sorted(line for unknown, towns in found for line in _rows(unknown, towns))
    head = _HEAD.format(
        commit=commit(),
        seed=seed,
        seconds=time.process_time() - start,
        tried=sum(one.n_tried for _, towns in found for one in towns),
        points=ASKED_POINTS,
        ways=" | ".join(WAYS),
        lines="---|" * len(WAYS),
    )
    return head + "".join(lines) + _WHY.format(share=ASKED_SHARE) + _shown(found)


def _rows(unknown: Unknown, towns: Sequence[Guessed]) -> Iterator[str]:
    tried, people = sum(one.n_tried for one in towns), towns[0].n_people
    for what in unknown.guesses:
        share = {way: 100 * sum(one.right[way][what] for one in towns) / tried for way in WAYS}
        shares = " | ".join(f"{share[way]:.1f}" for way in WAYS)
        yield f"| {what} | {people:>5,} | {tried:,} | {shares} | {share[ALL_YEARS] - share[FIRST]:.1f} |\n"


def _shown(found: Sequence[tuple[Unknown, list[Guessed]]]) -> str:
    text = ""
    for name in dict.fromkeys(unknown.name for unknown, _ in found):
        towns = [town for unknown, several in found for town in several if unknown.name == name]
        free, anew, told = (sum(getattr(one.shown, what) for one in towns) for what in ("free", "anew", "told"))
        text += f"| `{name}` | {free:,} | {anew:,} | {100 * anew / free:.1f} | {told} |\n"
    return text


def main() -> None:
    """Measure, and write the page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--towns", type=int, default=6, help="of each size")
    arguments.add_argument("--seed", type=int, default=None, help="of an earlier page, to see the same again")
    arguments.add_argument("--out", type=Path)
    told = arguments.parse_args()
    text = page(secrets.randbelow(10**6) if told.seed is None else told.seed, told.towns)
    if told.out:
        told.out.write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
