"""`make bench-mutants`: try a sample of mutants, on two processes, going on where an earlier try stopped."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
import traceback
from itertools import zip_longest
from pathlib import Path
from typing import Any

from benchmarks.mutants.nearest import N_FILES, nearest_tests
from benchmarks.mutants.page import Tried, page, reasons
from benchmarks.mutants.sample import Mutant, sample
from benchmarks.mutants.trial import SECONDS, Bench

ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "benchmarks/results/mutants.jsonl"
PACKAGES = (
    "mkba",
    "indicators/change",
    "indicators/effects",
    "indicators/staggered",
    "indicators/ordinal",
    "data_contracts/gate",
)
PROCESSES = 2


def main() -> None:
    """Try what is not known yet, then write the page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--each", type=int, default=150, help="mutants per package")
    arguments.add_argument("--packages", nargs="+", default=PACKAGES, help="for instance pipelines/intake/reading")
    arguments.add_argument("--only-known", action="store_true", help="try nothing: the page of what was tried")
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    chosen = {package: sample(ROOT, package, asked.each) for package in asked.packages}
    # The first of every package, then the second: what is broken off is a smaller sample of all.
    order = [mutant for several in zip_longest(*chosen.values()) for mutant in several if mutant]
    if not asked.only_known:
        done = _known()
        _try_all([(mutant, key) for mutant in order if (key := _key(mutant)) not in done])
    known = _known()
    tried = [
        Tried(package, mutant.module, mutant.line, *mutant.difference(ROOT), known[_key(mutant)])
        for package, mutants in chosen.items()
        for mutant in mutants
        if _key(mutant) in known
    ]
    text = page(tried, reasons(ROOT), N_FILES, SECONDS)
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def _key(mutant: Mutant) -> str:
    """The same as long as the module and its nearest tests are."""
    tests = b"".join((ROOT / test).read_bytes() for test in nearest_tests(ROOT, mutant.module))
    return mutant.key(ROOT) + hashlib.sha256(tests).hexdigest()[:16]


def _known() -> dict[str, str]:
    if not RESULTS.exists():
        return {}
    lines = [json.loads(line) for line in RESULTS.read_text(encoding="utf-8").splitlines()]
    return {line["key"]: line["how"] for line in lines}


def _try_all(mutants: list[tuple[Mutant, str]]) -> None:
    """Two processes take turns; a result is one line, added at once."""
    RESULTS.parent.mkdir(exist_ok=True)
    children = []
    for at in range(PROCESSES):
        child = os.fork()
        if not child:
            _work(mutants[at::PROCESSES])
        children.append(child)
    if any(os.waitpid(child, 0)[1] for child in children):
        raise SystemExit("a process of the bench failed; what was tried is kept")


def _work(mutants: list[tuple[Mutant, str]]) -> None:
    """Try these and end the process."""
    code = 1
    try:
        with tempfile.TemporaryDirectory() as folder, RESULTS.open("a", encoding="utf-8") as results:
            bench = Bench(ROOT, Path(folder))
            green: set[tuple[str, ...]] = set()
            for mutant, key in mutants:
                tests = nearest_tests(ROOT, mutant.module)
                if tuple(tests) not in green and bench.run(tests).how != "survived":
                    raise RuntimeError(f"tests fail without a mutant: {tests}")
                green.add(tuple(tests))
                outcome = bench.outcome(mutant, tests)
                line: dict[str, Any] = {"key": key, "how": outcome.how, "seconds": round(outcome.seconds, 1)}
                results.write(json.dumps(line | {"module": mutant.module, "line": mutant.line}) + "\n")
                results.flush()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
