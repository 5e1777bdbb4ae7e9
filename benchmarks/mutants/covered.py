"""Which tests run which line, and what each costs: measured once per file of tests and kept until something changes.

Coverage tells per line the tests that run it. What a fixture of many tests runs is booked on the first of them, so the
others of that file come after those that are known to run the line. A line that runs when its module is imported is
booked on nobody; neither is what runs in another process.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Collection, Iterable
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from coverage import CoverageData

ROOMS = ("pipelines", "reports", "mkba", "indicators", "data_contracts")
N_TESTS, SECONDS_OF_TESTS = 400, 10.0
TOGETHER = 10  # files of tests measured at once; what was measured is kept when a later file fails
Seconds = dict[str, float]  # of a processor, by test
Lines = dict[str, dict[int, list[str]]]  # module -> line -> the tests that run it


class Covered:
    """What was measured, kept in `file`; a line of it is a file of tests."""

    def __init__(self, root: Path, file: Path) -> None:
        self._root, self._file = root, file
        self._known: dict[str, tuple[Seconds, Lines]] = {}
        for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else ():
            self._keep(json.loads(line))

    def measure(self, folder: Path, near: dict[str, set[str]]) -> None:
        """Run in `folder`, a copy of the repository, the files of tests of which it is not known what they run.

        `near` are per file of tests the modules of which that is asked.
        """
        left = [test for test in sorted(near) if not self._is_known(test, near[test])]
        self._file.parent.mkdir(exist_ok=True)
        for several in (left[at : at + TOGETHER] for at in range(0, len(left), TOGETHER)):
            wanted = set().union(*near.values())
            seconds, lines = _measured(folder, several, wanted)
            with self._file.open("a", encoding="utf-8") as kept:
                for test in several:
                    row = self._row(test, seconds, lines, wanted)
                    kept.write(json.dumps(row) + "\n")
                    self._keep(json.loads(json.dumps(row)))

    def tests_of(self, module: str, line: int, files: Iterable[str]) -> list[str]:
        """The tests that a change of this line is tried with; none where nobody is known to run it.

        Of each file in turn one test, those first that are called after the module: many files say more of a line
        than many tests of the same.
        """
        several, surely = [], set[str]()
        for file in sorted(files, key=lambda one: (Path(module).stem not in one, one)):
            seconds, lines = self._known.get(self._key(file), ({}, {}))
            if runs := lines.get(module, {}).get(line, []):
                several.append(_spread(set(runs), seconds) + _spread(seconds.keys() - set(runs), seconds))
                surely |= set(runs)
        return self._afforded(several, surely)

    def cheapest(self, files: Iterable[str]) -> list[str]:
        """The cheapest tests of each of these files, for a line of which nobody knows who runs it."""
        known = [self._known.get(self._key(file), ({}, {}))[0] for file in files]
        return self._afforded([_spread(seconds.keys(), seconds) for seconds in known], set())

    def _afforded(self, several: list[list[str]], surely: set[str]) -> list[str]:
        """As many as a mutant is worth: half of it in turns, one of each list and then its next, the rest the cheapest.

        Turns bring in tests of every file; the cheapest are the hundred cases of one rule, first those that surely run
        the line. Cheap ones are run first.
        """
        costs = {test: spent for seconds, _ in self._known.values() for test, spent in seconds.items()}
        in_turns = [one for turn in zip_longest(*several) for one in turn if one]
        cheapest = sorted(in_turns, key=lambda one: (costs[one], one))
        chosen: dict[str, float] = {}
        left = sorted(cheapest, key=lambda one: one not in surely)
        for tests, worth in ((in_turns, SECONDS_OF_TESTS / 2), (left, SECONDS_OF_TESTS)):
            for test in tests:
                fits = sum(chosen.values()) + costs[test] <= worth and len(chosen) < N_TESTS
                if test not in chosen and (fits or not chosen):
                    chosen[test] = costs[test]
        return [one for one in cheapest if one in chosen]

    def _row(self, test: str, seconds: Seconds, lines: Lines, modules: set[str]) -> dict[str, Any]:
        own = {module: _of_file(test, found) for module, found in lines.items()}
        costs = {name: spent for name, spent in seconds.items() if name.startswith(f"{test}::")}
        known = {module: _hash(self._root, module) for module in modules}
        return {"key": self._key(test), "seconds": costs, "lines": own, "modules": known}

    def _is_known(self, test: str, modules: set[str]) -> bool:
        return modules <= self._known.get(self._key(test), ({}, {}))[1].keys()

    def _keep(self, row: dict[str, Any]) -> None:
        """What was measured of the modules that are as they were then."""
        seconds, lines = self._known.setdefault(row["key"], ({}, {}))
        seconds |= row["seconds"]
        for module, known in row["modules"].items():
            if _hash(self._root, module) == known:
                lines[module] = {int(at): on for at, on in row["lines"].get(module, {}).items()}

    def _key(self, test: str) -> str:
        return f"{test} {_hash(self._root, test)}"


def _spread(tests: Collection[str], seconds: Seconds) -> list[str]:
    """Of each function of tests its cheapest case, then of each its second."""
    turns: dict[str, int] = {}
    ordered = []
    for test in sorted(tests, key=lambda one: (seconds.get(one, 0.0), one)):
        turns[test.split("[")[0]] = turn = turns.get(test.split("[")[0], 0) + 1
        ordered.append((turn, test))
    return [test for _, test in sorted(ordered, key=lambda one: one[0])]


@cache
def _hash(root: Path, file: str) -> str:
    return hashlib.sha256((root / file).read_bytes()).hexdigest()[:16] if (root / file).exists() else ""


def _of_file(test: str, lines: dict[int, list[str]]) -> dict[int, list[str]]:
    own = {line: [name for name in on if name.startswith(f"{test}::")] for line, on in lines.items()}
    return {line: on for line, on in own.items() if on}


def _measured(folder: Path, tests: list[str], modules: set[str]) -> tuple[Seconds, Lines]:
    """Seconds per test, and per line of these modules who runs it."""
    data, seconds = folder / ".coverage-of-tests", folder / ".seconds-of-tests"
    options = ["-q", "-n0", "-p", "no:cacheprovider", "-p", "benchmarks.mutants.seconds", "--tb=short"]
    options += [f"--cov={room}" for room in sorted({module.split("/")[0] for module in modules})]
    told = {"COVERAGE_FILE": str(data), "WIJKBAAT_SECONDS": str(seconds), "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--cov-context=test", "--cov-report=", "--cov-fail-under=0", *tests],
        cwd=folder,
        env=os.environ | told,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"tests fail without a mutant\n{done.stdout[-3000:]}")
    costs = json.loads(seconds.read_text(encoding="utf-8"))
    return costs, _lines(CoverageData(str(data)), folder, modules)


def _lines(data: CoverageData, folder: Path, modules: set[str]) -> Lines:
    data.read()
    found: Lines = {}
    for path in data.measured_files():
        module = str(Path(path).relative_to(folder)) if Path(path).is_relative_to(folder) else path
        if module in modules:
            found[module] = {
                line: sorted({name.rpartition("|")[0] for name in contexts if name})
                for line, contexts in data.contexts_by_lineno(path).items()
            }
    return found
