"""`make bench-mutants`: try a sample of mutants, going on where an earlier try stopped."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
import traceback
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from benchmarks.mutants.covered import N_TESTS, SECONDS_OF_TESTS, Covered
from benchmarks.mutants.nearest import nearest_tests, needed_by_test
from benchmarks.mutants.page import Tried, page, reasons
from benchmarks.mutants.sample import Mutant, sample
from benchmarks.mutants.trial import SECONDS, Bench, copied

ROOT = Path(__file__).parents[2]
RESULTS, COVERED = ROOT / "benchmarks/results/mutants.jsonl", ROOT / "benchmarks/results/covered.jsonl"
PACKAGES = (
    "mkba",
    "indicators/change",
    "indicators/effects",
    "indicators/staggered",
    "indicators/ordinal",
    "data_contracts/gate",
)


def main() -> None:
    """Try what is not known yet, then write the page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--each", type=int, default=150, help="mutants per package")
    arguments.add_argument("--packages", nargs="+", default=PACKAGES, help="for instance pipelines/intake/reading")
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--only-known", action="store_true", help="try nothing: the page of what was tried")
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    chosen = {package: sample(ROOT, package, asked.each) for package in asked.packages}
    # The first of every package, then the second: what is broken off is a smaller sample of all.
    order = [mutant for several in zip_longest(*chosen.values()) for mutant in several if mutant]
    covered = Covered(ROOT, COVERED)
    if not asked.only_known:
        _measure(covered, asked.packages)
        done = _known()
        _try_all([one for one in _with_tests(covered, order) if not one.outcome(done)], asked.processes)
    known = _known()
    outcomes = {
        one.mutant: one.outcome(known) or one.survived_other_tests(known) for one in _with_tests(covered, order)
    }
    tried = [
        Tried(package, mutant.module, mutant.line, *mutant.difference(ROOT), how)
        for package, mutants in chosen.items()
        for mutant in mutants
        if (how := outcomes[mutant])
    ]
    text = page(tried, reasons(ROOT), N_TESTS, SECONDS_OF_TESTS, SECONDS)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    else:
        print(text)


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and the tests that are to notice it."""

    mutant: Mutant
    tests: list[str]

    def key(self, by: str) -> str:
        """The same as long as the module is and what decided: the test that noticed it, or all that did not."""
        tests = [by] if by else sorted(self.tests)
        texts = [(ROOT / file).read_bytes() for file in sorted({test.split("::")[0] for test in tests})]
        return self.mutant.key(ROOT) + hashlib.sha256(b"\n".join([*map(str.encode, tests), *texts])).hexdigest()[:16]

    def outcome(self, known: dict[str, list[dict[str, Any]]]) -> str | None:
        """How an earlier trial of the same ended; None where there was none."""
        tried = known.get(self.mutant.key(ROOT), [])
        return next((one["how"] for one in tried if _exists(one["by"]) and self.key(one["by"]) == one["key"]), None)

    def survived_other_tests(self, known: dict[str, list[dict[str, Any]]]) -> str | None:
        """'survived' where it did under another choice of tests and was not tried again since: it stays on the page."""
        return next((one["how"] for one in known.get(self.mutant.key(ROOT), []) if one["how"] == "survived"), None)


def _measure(covered: Covered, packages: list[str]) -> None:
    """Who runs which line of the whole packages, so that a larger sample needs no second measurement."""
    near: dict[str, set[str]] = {}
    paths = [path for package in packages for path in (ROOT / package).rglob("*.py") if path.stat().st_size]
    for module in sorted(str(path.relative_to(ROOT)) for path in paths):
        for test in nearest_tests(ROOT, module):
            near.setdefault(test, set()).add(module)
    with tempfile.TemporaryDirectory() as folder:
        copied(ROOT, Path(folder))
        covered.measure(Path(folder).resolve(), near)


def _with_tests(covered: Covered, mutants: list[Mutant]) -> list[Trial]:
    """The tests that run the line; of what runs at import, or in another process, the nearest files."""
    files = sorted({test for module in {mutant.module for mutant in mutants} for test in nearest_tests(ROOT, module)})
    found = []
    for mutant in mutants:
        tests = covered.tests_of(mutant.module, mutant.line, files)
        tests = tests or covered.cheapest(nearest_tests(ROOT, mutant.module))
        found.append(Trial(mutant, tests))
    return found


def _known() -> dict[str, list[dict[str, Any]]]:
    """What was tried, by mutant; the last first."""
    found: dict[str, list[dict[str, Any]]] = {}
    for line in reversed(RESULTS.read_text(encoding="utf-8").splitlines() if RESULTS.exists() else []):
        one = json.loads(line)
        found.setdefault(one["mutant"], []).append(one)
    return found


def _exists(test: str) -> bool:
    return (ROOT / test.split("::")[0]).exists()


def _try_all(trials: list[Trial], processes: int) -> None:
    """The processes take turns; a result is one line, added at once."""
    RESULTS.parent.mkdir(exist_ok=True)
    children = []
    for at in range(processes):
        child = os.fork()
        if not child:
            _work(trials[at::processes])
        children.append(child)
    if any([os.waitpid(child, 0)[1] for child in children]):
        raise SystemExit("a process of the bench failed; what was tried is kept")


def _work(trials: list[Trial]) -> None:
    """Try these and end the process."""
    code = 1
    try:
        files = {test.split("::")[0] for trial in trials for test in trial.tests}
        needed = sorted({one for file in files for one in needed_by_test(ROOT, file)})
        with tempfile.TemporaryDirectory() as folder, RESULTS.open("a", encoding="utf-8") as results:
            bench = Bench(ROOT, Path(folder).resolve(), needed)
            for trial in trials:
                outcome = bench.outcome(trial.mutant, trial.tests)
                line: dict[str, Any] = {"mutant": trial.mutant.key(ROOT), "key": trial.key(outcome.by)}
                line |= {"how": outcome.how, "seconds": round(outcome.seconds, 1), "by": outcome.by}
                line |= {"module": trial.mutant.module, "line": trial.mutant.line}
                results.write(json.dumps(line) + "\n")
                results.flush()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
