"""`make bench-trust`: the attackers of the suite with a seed that nobody knew before, and one page of what they got.

No attack is written here: tests/trust has them, the same that `make test` runs with fixed seeds. Where an attack has a
switch, it is run with the protection off too; it must succeed then, or it proves nothing.
"""

from __future__ import annotations

import argparse
import random
import secrets
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import duckdb
import numpy as np

from pipelines.storage.house import commit

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "trust"))  # its files call each other by their own names

import attack_figures  # noqa: E402
import attacker  # noqa: E402
import differencing  # noqa: E402
import every_table  # noqa: E402
import guesses  # noqa: E402
import left_out  # noqa: E402
import linked_releases  # noqa: E402
import unknown_one  # noqa: E402
from municipality import change_table, clients  # noqa: E402
from plain_ledger import released  # noqa: E402

from data_contracts.errors import MachineFault  # noqa: E402
from data_contracts.tables.core import KEYS  # noqa: E402
from tests.trust.strangers import test_all_but_one as strangers  # noqa: E402
from tests.trust.test_bit_flips import flipped, written  # noqa: E402

SMALL, WIDTH, FLIPS = 10, 5, 10
AROUND_FIFTY = (50, 52, 51, 54, 53, 58)  # there two decimals tell most
_HEAD = """# Attacks, counted

Written by `make bench-trust` at commit {commit}; seed {seed}, drawn for this run; municipalities per attack:
{trials}; seconds of processor in the first table: {seconds:.0f}. *Off* is the same attack without the protection; where
it is 0 this run proves nothing about that attack. Of two releases every figure that moved is told, so there may be more
than tries.

| attack | tried | succeeded | succeeded with the protection off |
|---|---|---|---|
"""
_SUITE = """
Attacks that have no number to count but a test that must hold, as this run found them:

| family | where | tried | succeeded | not run |
|---|---|---|---|---|
"""
_OPEN = """
What is not protected, in numbers ([SECURITY.md](../SECURITY.md)); these count as no success above, because nothing
stands in their way:

| attack | tried | succeeded |
|---|---|---|
"""


@dataclass(frozen=True)
class Counted:
    """How often an attack was tried and succeeded, and without the protection."""

    name: str
    tried: int
    succeeded: int
    off: int | None = None


@dataclass(frozen=True)
class Family:
    """Attacks that are tests; `needs_runs` for those over a whole run or a served page."""

    name: str
    places: tuple[str, ...]
    needs_runs: bool = False


FAMILIES = (
    Family("publishing and approving, killed at every point", ("tests/trust/test_killed.py",)),
    Family("web requests at the guard", ("tests/trust/test_guard.py",)),
    Family("hostile studies and mappings", ("tests/contracts/test_hostile_yaml.py",)),
    Family("words that leave", ("tests/trust/test_words_that_leave.py", "tests/trust/test_named_teams.py")),
    Family("a stranger's list", ("tests/trust/strangers",)),
    Family("erased people", ("tests/rights",)),
    Family("canaries in every byte outside the closed zone", ("tests/flow/test_nothing_from_outside.py",), True),
    Family(
        "a release in a stranger's hands",
        ("tests/flow/test_release_attacked.py", "tests/flow/test_beside_figures_attacked.py"),
        True,
    ),
    Family(
        "pages that are served", ("tests/surfaces/test_session_attacked.py", "tests/surfaces/test_ui_attacked.py"), True
    ),
)


def hidden_counts(seeds: range) -> Counted:
    """Counts that were hidden and that the rest of their table tells within five."""
    found = [0, 0, 0]
    for seed in seeds:
        table = change_table(clients(seed, np.random.default_rng(seed).integers(1, 60, 6).tolist()))
        for at, (out, base, rest) in enumerate(
            [(attack_figures.gate(table).frame, 5, True), (attacker.hide_only(table, SMALL, 1), 1, False)]
        ):
            ranges = attacker.ranges(out, SMALL, base, rest=rest, enough=base)
            found[at] += int((ranges["high"] - ranges["low"] < WIDTH).sum())
            found[2] += len(ranges) if at == 0 else 0
    return Counted("a hidden count from the rest of its table", found[2], found[0], found[1])


def all_tables(seeds: range) -> Iterator[Counted]:
    """Small counts that all tables of a release tell together, and with the release before; each safe by itself."""
    found = [0, 0, 0, 0, 0]
    for seed in seeds:
        exact, types = linked_releases.a_town(seed)
        on = every_table.told([linked_releases.together(exact, types)], exact, types)
        off = every_table.told([linked_releases.one_by_one(exact, types)], exact, types)
        later = every_table.told(linked_releases.two_releases(exact, types), exact, types)
        told = [len(every_table.narrow(one)) for one in (on, off, later)]
        found = [one + more for one, more in zip(found, [len(on), *told, len(later)], strict=True)]
    yield Counted("a small count from all tables of a release", found[0], found[1], found[2])
    yield Counted("a small count from all tables of two releases", found[4], found[3])


def over_time(seeds: range) -> Counted:
    """Counts of one small team that eight releases together tell within five."""
    on = np.concatenate([attack_figures.widths_over_time(seed, remembers=True) for seed in seeds])
    off = np.concatenate([attack_figures.widths_over_time(seed, remembers=False) for seed in seeds])
    name = f"a small team from {attack_figures.RELEASES} releases"
    return Counted(name, len(on), int((on < WIDTH).sum()), int((off < WIDTH).sum()))


def two_releases(seeds: range) -> Iterator[Counted]:
    """Figures that moved while one to nine people differ, per kind of change."""
    for name, kind in differencing.KINDS.items():
        on = differencing.total(kind, seeds, with_ledger=True)
        off = differencing.total(kind, seeds, with_ledger=False)
        yield Counted(f"two releases compared: {name}", len(seeds), on.told, off.told)


def flipped_bits(seeds: range) -> Counted:
    """Bits flipped in a closed table that is read all the same; without the hash, that the engine reads."""
    chance, read, engine = random.Random(seeds.start), 0, 0  # noqa: S311  not for secrets
    for _ in range(FLIPS * len(seeds)):
        with tempfile.TemporaryDirectory() as folder:
            store = written(Path(folder))
            path = store.path(str(KEYS.name))
            flipped(path, chance.randrange(path.stat().st_size * 8))
            read += _succeeds(lambda store=store: store.stored(str(KEYS.name)), MachineFault)  # type: ignore[misc]
            engine += _succeeds(lambda path=path: duckdb.read_parquet(str(path)).fetchall(), duckdb.Error)  # type: ignore[misc]
    return Counted("a flipped bit that is read as data", FLIPS * len(seeds), read, engine)


def exact_numbers(seeds: range) -> Counted:
    """Rows whose means go with one number of clients; without the rule that looks for them."""

    def told() -> list[bool]:
        tables = [change_table(clients(seed, list(AROUND_FIFTY), cohorts=2), slices=("all", "team")) for seed in seeds]
        return [len(fits) == 1 for table in tables for fits in strangers.sizes_of_shown_rows(table)]

    on = told()
    with mock.patch("data_contracts.gate.figures.tell_the_number", lambda *given: np.zeros(len(given[2]), np.bool_)):
        off = told()
    return Counted("the exact number of clients behind a rounded one", len(on), sum(on), sum(off))


def left_out_of_a_slice(seeds: range) -> Counted:
    """Clients left out of a slice for the name of their area, a score of whom the means beside tell; two ways each."""
    found = [0, 0]
    for seed in seeds:
        sizes = np.random.default_rng(seed).integers(90, 130, 2).tolist()
        exact = left_out.exact(left_out.town(seed, sizes))
        known = dict(zip(exact["slice_value"], exact["n_clients"], strict=True))
        for at, protection in enumerate((None, lambda table: np.zeros(len(table.block), np.bool_))):
            with mock.patch("data_contracts.gate.figures.leaves_few", protection) if protection else nullcontext():
                out = released(exact, slices=left_out.WITH_AREAS).frame
            told = [left_out.told(out, numbers) for numbers in (None, known)]
            found[at] += sum(one.one_score or one.the_step for one in told)
    return Counted("a score of who is left out of a slice, by who knows it is one", 2 * len(seeds), *found)


def _succeeds(attack: Callable[[], object], stopped: type[Exception]) -> bool:
    try:
        attack()
    except (stopped, UnicodeDecodeError):
        return False
    return True


def not_protected(seeds: range) -> Iterator[Counted]:
    """What nothing stands in the way of."""
    shares = [strangers.share_of_right_guesses(seed)[0] for seed in seeds]
    tries = len(strangers.SCORES) ** 2
    name = f"the last client's two scores, by who knows all others (guessing: 1 in {tries})"
    yield Counted(name, tries * len(seeds), round(sum(shares) * tries))
    yield from all_but_one_for_years(seeds)


def all_but_one_for_years(seeds: range) -> Iterator[Counted]:
    """The same of each client in turn, from the first of ten releases and from all with three hundred answers."""
    found = [guesses.guessed(unknown_one.CHANGE, seed) for seed in seeds]
    tries = sum(one.n_tried for one in found)
    for way in (guesses.FIRST, guesses.ALL_YEARS):
        yield Counted(
            f"both scores of each client in turn: {way}", tries, sum(one.right[way]["both scores"] for one in found)
        )


def of_suite(family: Family) -> tuple[int, int, int]:
    """Tests of a family: run, failed, skipped."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "outcome.xml"
        command = [sys.executable, "-m", "pytest", "-q", "-n", "0", f"--junitxml={file}", *family.places]
        subprocess.run(command, cwd=ROOT, check=False, capture_output=True)
        suites = list(ET.parse(file).getroot())  # noqa: S314  written by our own pytest
    counts = {name: sum(int(one.attrib[name]) for one in suites) for name in ("tests", "failures", "errors", "skipped")}
    return counts["tests"] - counts["skipped"], counts["failures"] + counts["errors"], counts["skipped"]


def page(seed: int, trials: int, *, with_runs: bool) -> tuple[str, int]:
    """The page, and how many attacks succeeded."""
    seeds, start = range(seed, seed + trials), time.process_time()
    chosen = [family for family in FAMILIES if with_runs or not family.needs_runs]
    with ThreadPoolExecutor(2) as aside:  # each family is a process of its own
        outcomes = aside.map(of_suite, chosen)
        counted = [hidden_counts(seeds), *all_tables(seeds), over_time(seeds), *two_releases(seeds)]
        counted += [flipped_bits(seeds), exact_numbers(seeds), left_out_of_a_slice(range(seed, seed + 20 * trials))]
        seconds = time.process_time() - start
        open_ones = list(not_protected(seeds))
        of_family = dict(zip(chosen, outcomes, strict=True))
    rows = [
        f"| {one.name} | {one.tried} | {one.succeeded} | {'' if one.off is None else one.off} |\n" for one in counted
    ]
    head = _HEAD.format(commit=commit(), seed=seed, trials=trials, seconds=seconds)
    lines, successes = [], sum(one.succeeded for one in counted)
    for family in FAMILIES:
        where = ", ".join(f"`{place}`" for place in family.places)
        if family not in of_family:
            lines.append(f"| {family.name} | {where} | | | all |\n")
            continue
        tried, failed, skipped = of_family[family]
        successes += failed
        lines.append(f"| {family.name} | {where} | {tried} | {failed} | {skipped} |\n")
    left = [f"| {one.name} | {one.tried} | {one.succeeded} |\n" for one in open_ones]
    return "".join([head, *rows, _SUITE, *lines, _OPEN, *left]), successes


def main() -> None:
    """Attack, write the page, and end with code 1 when anything succeeded."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--trials", type=int, default=2)
    arguments.add_argument("--seed", type=int, default=None, help="of an earlier page, to see the same again")
    arguments.add_argument("--without-runs", action="store_true", help="leave out what needs whole runs")
    arguments.add_argument("--out", type=Path)
    told = arguments.parse_args()
    seed = secrets.randbelow(10**6) if told.seed is None else told.seed
    text, successes = page(seed, told.trials, with_runs=not told.without_runs)
    if told.out:
        told.out.write_text(text, encoding="utf-8")
    print(text)
    raise SystemExit(1 if successes else 0)


if __name__ == "__main__":
    main()
