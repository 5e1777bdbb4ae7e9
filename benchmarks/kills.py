"""Whole runs that are killed at random changes of a file: does the release before stand, or is the new one whole?

    python -m benchmarks.kills --kills 200 --out docs/kills.md

A run of the small study over a corrected delivery, some seconds of processor each. The kills are those of
tests/trust/killed_run.py, with a seed that nobody knew before; anything else than old or new, and a ledger that is not
whole, ends with code 1.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import tempfile
from collections import Counter
from pathlib import Path

from pipelines.storage.house import commit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.trust.killed_run import Killed, Start, kills, start  # noqa: E402

_PAGE = """# Whole runs, killed

Written by `python -m benchmarks.kills` at commit {commit}; seed {seed}, drawn for this run. A run over a corrected
delivery of the small study changes a file {changes:,} times; it was killed (SIGKILL) before a random one of these, each
time in a fresh home with one release. *Whole* is to the byte: the release that counts, every other one by its manifest,
and the chain of the ledger.

| | kills |
|---|---|
| tried | {tried} |
| the release before stands, whole | {old} |
| the new one stands, whole | {new} |
| something else, or not whole | {wrong} |
| run again after the kill, and the same bytes as a run that nobody disturbed | {again} of {tried_again} |

Every point of publishing, approving and withdrawing is tried in `tests/trust/test_killed.py`.
"""


def page(begin: Start, seed: int, found: list[Killed]) -> str:
    """What stands after each kill, counted."""
    right = Counter(one.stands for one in found if one.wrong is None)
    again = [one for one in found if one.ran_again]
    return _PAGE.format(
        commit=commit(),
        seed=seed,
        changes=begin.n_changes,
        tried=len(found),
        old=right[begin.old],
        new=right[begin.new],
        wrong=sum(one.wrong is not None for one in found),
        again=sum(one.wrong is None for one in again),
        tried_again=len(again),
    )


def main() -> None:
    """Kill, write the page, and end with code 1 when anything went wrong."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--kills", type=int, default=200)
    arguments.add_argument("--seed", type=int, default=None, help="of an earlier page, to see the same again")
    arguments.add_argument("--out", type=Path)
    told = arguments.parse_args()
    seed = secrets.randbelow(10**6) if told.seed is None else told.seed
    with tempfile.TemporaryDirectory() as folder:
        begin = start(Path(folder))
        found: list[Killed] = []
        for one in kills(begin, Path(folder) / "scratch", told.kills, seed):
            found.append(one)
            print(len(found), one, flush=True)
            if told.out:
                told.out.write_text(page(begin, seed, found), encoding="utf-8")
    raise SystemExit(1 if any(one.wrong for one in found) else 0)


if __name__ == "__main__":
    main()
