"""The page about mutants: figures per package, and every survivor with the reason that a person gave."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

REASONS = Path("docs/mutants.csv")
_HEAD = """# Mutants: do the tests notice a wrong line?

Written by `make bench-mutants`. A mutant is our code with one small change (`+` for `-`, `<` for `<=`, 6 for 5, `and`
for `or`, a `not` more or less), made by cosmic-ray's operators at a place that is drawn by lot with a fixed seed; a
larger sample holds the smaller one. It is tried with at most {n_tests} tests that run its line and together cost about
{worth:g} seconds: some of every file that is near, and the cheapest (of a line that runs at import: of the nearest
files). It is *killed* when one of them fails, *timeout* when they take more than {seconds} seconds of a processor or
wait for a minute without using one, and it *survived* when they all pass: a line that nobody would miss, a change that
makes no difference, or a test that is not there. Text is not changed, so SQL is not tried here. Whole runs, pages and
browsers are not among these tests; they would kill some survivors.

Asked: 150 per package and at least 90 % noticed (killed or timeout). Tried so far: {n} mutants; a
package that is not listed has no mutant that was tried as it stands now.

| package | mutants | killed | timeout | survived | noticed |
|---|---|---|---|---|---|
"""

_SURVIVORS = f"""
## Survivors

The reasons are given by hand, in `{REASONS}`.

| where | before | after | reason |
|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant, as the page shows it, and how its trial ended."""

    package: str
    module: str
    line: int
    before: str
    after: str
    how: str


def reasons(root: Path) -> dict[tuple[str, str, str], str]:
    """Why a survivor may live, by module and the lines before and after; kept by hand."""
    if not (root / REASONS).exists():
        return {}
    with (root / REASONS).open(encoding="utf-8", newline="") as lines:
        return {(row["module"], row["before"], row["after"]): row["reason"] for row in csv.DictReader(lines)}


def page(tried: list[Tried], why: dict[tuple[str, str, str], str], n_tests: int, worth: float, seconds: int) -> str:
    """The whole page, in Markdown."""
    packages = list(dict.fromkeys(one.package for one in tried))
    rows = [_figures(name, [one for one in tried if one.package == name]) for name in packages]
    rows.append(_figures("**all**", tried))
    lived = sorted((one for one in tried if one.how == "survived"), key=lambda one: (one.module, one.line))
    listed = [
        f"| `{one.module}` {one.line} | {_code(one.before)} | {_code(one.after)} "
        f"| {why.get((one.module, one.before, one.after), '**none yet**')} |"
        for one in lived
    ]
    head = _HEAD.format(n_tests=n_tests, worth=worth, seconds=seconds, n=len(tried)) + "\n".join(rows)
    return "\n".join([head, _SURVIVORS, *listed, ""])


def _figures(name: str, tried: list[Tried]) -> str:
    killed, timeout, survived = (sum(one.how == how for one in tried) for how in ("killed", "timeout", "survived"))
    return f"| {name} | {len(tried)} | {killed} | {timeout} | {survived} | {(killed + timeout) / len(tried):.0%} |"


def _code(text: str) -> str:
    return f"`{text}`".replace("|", "\\|")
