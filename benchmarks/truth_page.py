"""The page that the truth bench writes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from benchmarks.truth_scenarios import SCENARIOS

_HEAD = """# Truth bench: how right are the estimators?

Written by `make bench-truth`. Each scenario is {n} invented municipalities whose true effect on the clients in the new
approach is known. **bias**: mean of estimate minus truth, in points of the score (months or share for relapse), with
its Monte Carlo error. **coverage**: share of 95 % intervals that hold the truth; its Monte Carlo error is {error:.3f}
at 0.95. **not zero**: share of intervals that leave out zero: false positives where the truth is zero, power
elsewhere. **width**: median width of the interval.

A cell is *judged* where the estimator's assumptions hold: its bias must be under 0.02 or within three errors, and
neither its coverage nor its false positives may be rejected in an exact binomial test after Holm over all judged
cells. Cells that are *shown* tell by how much a figure errs when its assumptions do not hold, or when teams are few.
`pre_trend` is the slope before the start by itself, `pre_trend_in_report` the check as a report applies it (slope or
all periods together, unadjusted): their 'not zero' is how often they warn. *The reader is told* says what the report
does where a figure errs; `tests/effects` holds it to that. `mean_change` errs nearly everywhere: the report gives it
the stamp 'verandering', which allows no word that claims a cause and no balance, and says that part of people recover
without help.

`make bench-truth` takes about half an hour on two cores and writes this page; `python -m benchmarks.truth --quick` (100
municipalities per scenario) takes minutes and prints it.

{verdict}
"""
_QUICK = """
*This page is a quick run, the whole of it: {n} municipalities per scenario where {full} are asked. A coverage of 0.95
is known to about {error:.3f} here, so that a small fault is not seen; `make bench-truth` writes the full page.*
"""
FULL = 2000


@dataclass(frozen=True, slots=True)
class Cell:
    """One estimator in one scenario, over all municipalities."""

    scenario: str
    estimator: str
    is_judged: bool
    n: int
    truth: float
    bias: float
    bias_error: float
    n_covered: int
    n_nonzero: int
    width: float

    @property
    def bias_is_small(self) -> bool:
        """As the bench asks it."""
        return abs(self.bias) < max(0.02, 3 * self.bias_error)


def page(cells: list[Cell], wrong: dict[tuple[str, str], list[str]], n: int) -> str:
    """The whole page, in Markdown."""
    n_wrong = sum(bool(found) for found in wrong.values())
    verdict = f"**{len(wrong)} cells judged, {n_wrong} of them rejected.**"
    error = float(np.sqrt(0.95 * 0.05 / n))
    parts = [_HEAD.format(n=n, error=error, verdict=verdict)]
    parts += [_QUICK.format(n=n, full=FULL, error=error)] if n < FULL else []
    about = {scenario.name: scenario for scenario in SCENARIOS}
    for name, group in groupby(cells, key=lambda cell: cell.scenario):
        rows = list(group)
        note, told = about[name].note, about[name].told
        parts.append(f"\n## {name}\n\n{note[0].upper()}{note[1:]}.\n\n")
        parts += [f"The reader is told: {told}.\n\n"] if told else []
        parts.append("| estimator | n | truth | bias (error) | coverage | not zero | width | |\n" + "|---" * 8 + "|\n")
        parts += [_row(cell, wrong.get((cell.scenario, cell.estimator))) for cell in rows]
    return "".join(parts)


def _row(cell: Cell, wrong: list[str] | None) -> str:
    is_check = cell.estimator.startswith("pre_trend")
    bias = "" if is_check else f"{cell.bias:+.4f} ({cell.bias_error:.4f})"
    coverage = "" if is_check else f"{cell.n_covered / cell.n:.3f}"
    verdict = "shown" if wrong is None else ("rejected: " + ", ".join(wrong) if wrong else "holds")
    width = "" if cell.estimator == "pre_trend_in_report" else f"{cell.width:.3f}"
    truth = "" if is_check else f"{cell.truth:.3f}"
    figures = (cell.estimator, cell.n, truth, bias, coverage, f"{cell.n_nonzero / cell.n:.3f}", width)
    return "| " + " | ".join(map(str, (*figures, verdict))) + " |\n"
