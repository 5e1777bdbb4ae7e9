"""Truth bench of 'for whom': are equal effects told as different, and different ones as equal?

python -m benchmarks.truth_groups [--quick] [--sims N] [--only PART] [--out docs/truth_groups.md]

Every municipality has four leading life domains and two declared slices, of four groups and of two. It goes the whole
road: estimates, the gate, the correction, and the sentence that the council reads. Told is what that sentence says.
Judged where effects are equal: the share of municipalities in which any group is told to differ is at most 5 %, by an
exact binomial test with Holm's correction over the judged scenarios.
"""

from __future__ import annotations

import argparse
import sys
import time
from dataclasses import dataclass
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats

from benchmarks.truth_groups_scenarios import SCENARIOS, GroupScenario
from data_contracts.demonstrable import told_apart
from data_contracts.vocabulary.field import ALL
from indicators.many_outcomes import adjusted
from reports.content.cause.for_whom import for_whom_told
from tests.effects.group_towns import travelled, truth_of

TELLS = ("aantoonbaar groter", "aantoonbaar kleiner", "aantoonbaar anders")
NOMINAL = 0.05


@dataclass(frozen=True, slots=True)
class Told:
    """What one municipality was told: any group apart, whether rightly, and what p-values alone would have said."""

    is_told: bool
    is_right: bool
    without_correction: bool
    n_figures: int
    n_covered: int


def one_municipality(scenario: GroupScenario, number: int, seed: int) -> Told:
    """Made anew, and led along the whole road."""
    road = travelled(scenario.world, scenario.design, np.random.default_rng([number, seed, 41]))
    words, rows = for_whom_told(road.source), road.rows
    groups = rows[(rows["slice"] != ALL) & rows["effect"].notna()]
    truth = truth_of(scenario.world, groups)
    apart = groups[told_apart(groups)]
    return Told(
        is_told=any(one in words for one in TELLS),
        is_right=len(apart) > 0 and set(apart["slice"]) == {_slice_that_differs(scenario)},
        without_correction=bool((groups["p_value"] < NOMINAL).any()),
        n_figures=len(groups),
        n_covered=int(((groups["effect_low"] <= truth) & (truth <= groups["effect_high"])).sum()),
    )


def _slice_that_differs(scenario: GroupScenario) -> str:
    return "age_band" if "18-26" in scenario.world.extra else "household" if scenario.world.extra else ""


def rows_of(n: int, workers: int, only: str) -> pd.DataFrame:
    """A row per scenario with what was told in how many of its municipalities."""
    rows = []
    began = time.perf_counter()
    with Pool(workers) as pool:
        for number, scenario in enumerate(SCENARIOS):
            if only not in scenario.name:
                continue
            told = pool.map(partial(one_municipality, scenario, number), range(n), chunksize=max(n // (4 * workers), 1))
            row = {
                "scenario": scenario.name,
                "note": scenario.note,
                "is_judged": scenario.is_judged,
                "n": n,
                "n_told": sum(one.is_told for one in told),
                "n_right": sum(one.is_right for one in told),
                "n_without_correction": sum(one.without_correction for one in told),
                "covered": sum(one.n_covered for one in told) / max(sum(one.n_figures for one in told), 1),
                "n_figures": sum(one.n_figures for one in told) / n,
            }
            print(f"{time.perf_counter() - began:6.0f} s  {row}", flush=True)
            rows.append(row)
    return pd.DataFrame(rows)


def judged(rows: pd.DataFrame) -> pd.DataFrame:
    """With the p-value of each judged scenario against the nominal share, after Holm."""
    p_values = [
        stats.binomtest(row["n_told"], row["n"], NOMINAL, alternative="greater").pvalue
        for row in rows.to_dict("records")
    ]
    own = np.where(rows["is_judged"], np.array(p_values), np.nan)
    return rows.assign(p_value=adjusted(own, "holm"))


def page(found: pd.DataFrame) -> str:
    """The page, in Markdown."""
    counted = found[found["is_judged"]]
    n_wrong = int((counted["p_value"] < NOMINAL).sum())
    lines = [
        "# Truth bench of 'for whom'\n",
        "Written by `make bench-for-whom`. **n** invented municipalities per scenario, each with four leading",
        "life domains and two declared slices, of four groups and of two. **told**: the share in which the sentence",
        "that the council reads tells any group apart; where effects are equal that may be 5 % at most. **right**:",
        "told, and of the slice that does differ only. **uncorrected**: the share in which some p-value is below 5 %,",
        "which is what a reader finds who looks for himself. **coverage**: the share of the 95 % intervals of groups",
        "that hold the group's own true effect; where groups differ, partial pooling draws them together, so that it",
        "may be lower there. No interval decides what is told.\n",
        f"**{len(counted)} scenarios judged, {n_wrong} of them rejected.**\n",
        "| scenario | n | told | right | uncorrected | coverage | figures | |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in found.to_dict("records"):
        verdict = "shown" if not row["is_judged"] else "rejected" if row["p_value"] < NOMINAL else "holds"
        shares = (f"{100 * row[name] / row['n']:.1f} %" for name in ("n_told", "n_right", "n_without_correction"))
        figures = (f"{100 * row['covered']:.1f} %", f"{row['n_figures']:.1f}", verdict)
        lines.append(f"| {row['scenario']}: {row['note']} | {row['n']} | {' | '.join((*shares, *figures))} |")
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Run, show progress, write the page; 1 when a judged scenario is told apart too often."""
    parser = argparse.ArgumentParser(prog="benchmarks.truth_groups")
    parser.add_argument("--quick", action="store_true", help="50 municipalities per scenario")
    parser.add_argument("--sims", type=int, default=400)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="part of a scenario's name")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    found = judged(rows_of(50 if options.quick else options.sims, options.workers, options.only))
    print(text := page(found))
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    return int((found["p_value"] < NOMINAL).any())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
