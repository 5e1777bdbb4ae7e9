"""Every case of a directory through the command line as a user: `python -m tests.intake.cases DIR [CASE ...]`.

A case is a directory of files; expectations.json says what a careful reader expects of it. Replies to questions stand
in `tests/intake/answers/<case>.yaml` (or in the directory named by --answers); only questions that the command printed
may be replied to.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from tests.intake.cases.trying import Tried, try_case

ANSWERS = Path(__file__).parents[1] / "answers"
_BAD = ("WRONG", "CRASH", "DEAD END")


def main() -> int:
    """Print a line per case and the totals per kind; 1 when something is wrong, crashed or has no way on."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("directory", type=Path)
    parser.add_argument("cases", nargs="*")
    parser.add_argument("--answers", type=Path, default=ANSWERS)
    parser.add_argument("-j", type=int, default=2)
    parser.add_argument("-v", action="store_true", help="print the output of every case that is not right")
    asked = parser.parse_args()
    expectations = json.loads((asked.directory / "expectations.json").read_text(encoding="utf-8"))
    wanted = [one for one in expectations if not asked.cases or one["case"] in asked.cases]
    with ProcessPoolExecutor(asked.j) as pool:
        tried = []
        for one in pool.map(try_case, wanted, [asked.directory] * len(wanted), [asked.answers] * len(wanted)):
            tried.append(one)
            _say(f"{one.case:36} {one.expect:7} {one.kind:8} {one.verdict:10} {one.why}")
            if asked.v and one.verdict != "right":
                _say(one.output)
    _totals(tried)
    return 1 if any(one.verdict in _BAD for one in tried) else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _totals(tried: list[Tried]) -> None:
    _say("")
    for kind in [*sorted({one.kind for one in tried}), "all"]:
        counts = Counter(one.verdict for one in tried if kind in (one.kind, "all"))
        _say(f"{kind:9} " + ", ".join(f"{verdict} {n}" for verdict, n in sorted(counts.items())))
    for expect in ("accept", "either", "refuse"):
        counts = Counter(one.verdict for one in tried if one.expect == expect)
        _say(f"expected {expect}: " + ", ".join(f"{verdict} {n}" for verdict, n in sorted(counts.items())))


if __name__ == "__main__":
    sys.exit(main())
