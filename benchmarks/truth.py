"""Truth bench: every estimator on thousands of municipalities of which the truth is known.

python -m benchmarks.truth [--quick] [--sims N] [--out docs/truth_bench.md]
(2,000 municipalities per scenario take about half an hour on two cores; --quick, 100 of each, takes minutes)

Bias against the true effect on the clients in the approach, coverage of the 95 % interval, and how often it leaves out
zero; each with its Monte Carlo error. Cells whose assumptions hold are judged: bias under 0.02 points or within three
errors, and exact binomial tests of 95 % coverage (and of at most 5 % false positives) with Holm's correction over
all judged cells. Few-team cells and broken assumptions are shown and not judged.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from functools import partial
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from statsmodels.stats.multitest import multipletests

from benchmarks.truth_change import ChangeWorld, change_municipality
from benchmarks.truth_other import RelapseWorld, SeriesWorld, relapse_municipality, series_municipality
from benchmarks.truth_page import FULL, Cell, page
from benchmarks.truth_scenarios import SCENARIOS, Scenario
from benchmarks.truth_use import UseWorld, use_municipality
from benchmarks.truth_worlds import Municipality, municipality
from indicators.arrays import Flags
from indicators.comparison.estimates import comparison_estimates
from indicators.effects.before_after_estimates import mean_weights
from indicators.effects.estimates import Outcome
from indicators.effects.few_teams import TeamInference, inference_of
from indicators.effects.missing_estimates import with_missing_clients
from indicators.effects.team_cells import EXPOSED, TeamCells, team_cells
from indicators.staggered.drift import drift_checks
from indicators.staggered.estimates import HEADLINE
from indicators.staggered.group_times import overall_weights, pre_trend_weights
from indicators.staggered.imputed import imputed_weights
from indicators.staggered.two_way import two_way_weights

LINEAR = {
    "mean_change": mean_weights,
    "imputed": imputed_weights,
    "group_time": overall_weights,
    "two_way": two_way_weights,
    "pre_trend": pre_trend_weights,
}
COMPARED = {
    "difference": "effect",
    "ancova": "effect_ancova",
    "weighted": "effect_weighted",
    "doubly_robust": "effect_doubly_robust",
}
FILLED = {"reweighted": "effect_reweighted", "multiply_imputed": "effect_imputed"}
CHANGE = Outcome("change", "zrm", "points", "finances")
AFTER = Outcome("after", "zrm", "points", "finances")
COLUMNS = ["seed", "estimator", "truth", "estimate", "low", "high"]
Result = tuple[int, str, float, float, float, float]


def one_municipality(scenario: Scenario, number: int, seed: int) -> list[Result]:
    """(seed, estimator, truth, estimate, low, high) of each estimator."""
    rng = np.random.default_rng([number, seed])
    match scenario.world:
        case RelapseWorld():
            intervals = relapse_municipality(scenario.world, rng)
        case SeriesWorld():
            intervals = series_municipality(scenario.world, rng)
        case UseWorld():
            intervals = use_municipality(scenario.world, rng)
        case ChangeWorld():
            intervals = change_municipality(scenario.world, rng)
        case _:
            found = municipality(scenario.world, rng)
            part = (found.exposed == EXPOSED) & ~found.odd
            if scenario.world.lost == "nobody":
                part &= ~np.isnan(found.change)
            truth = float(found.effect[part].mean())
            intervals = [(name, truth, *figures) for name, *figures in _intervals(scenario, found, seed)]
    return [(seed, *interval) for interval in intervals]


def _intervals(scenario: Scenario, found: Municipality, seed: int) -> Iterator[tuple[str, float, float, float]]:
    asked = set(scenario.estimators)
    if asked & set(LINEAR):
        cells = _cells(found, np.ones(found.team.size, np.bool_))
        for name in [*scenario.estimators, "pre_trend"]:
            if name in LINEAR:
                yield name, *_linear(name, cells)
        # As a report applies it, unadjusted, by slope or by all periods: 1 where it warns.
        warns = drift_checks(cells, imputed_weights, _linear("imputed", cells)[0])["pre_trend"]["holds"] is False
        yield "pre_trend_in_report", float(warns), float(warns), float(warns)
    if "imputed_plain" in asked:
        yield "imputed_plain", *_linear("imputed", _cells(found, ~found.odd))
    if asked & set(FILLED):
        clients = _frame(found)
        rows = with_missing_clients(clients, [CHANGE], ["before"], [], HEADLINE, imputed_weights, seed=seed)
        yield from _of_rows(rows, FILLED)
    if asked & set(COMPARED):
        yield from _of_rows(comparison_estimates(_frame(found), [AFTER], ["before"]).estimates, COMPARED)


def _cells(found: Municipality, kept: Flags) -> TeamCells:
    """The cells of the change of these clients."""
    change = found.change[kept, None]
    columns = (column[kept] for column in (found.team, found.period, found.exposed))
    return team_cells(*columns, change, np.ones_like(change)).outcome(0)


def _linear(name: str, cells: TeamCells) -> tuple[float, float, float]:
    """Estimate and interval of a figure that is linear in the outcomes."""
    inference = TeamInference.of([inference_of(LINEAR[name], cells)])
    estimate, half = float(inference.estimate[0]), float(inference.half_width()[0])
    return estimate, estimate - half, estimate + half


def _frame(found: Municipality) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "client_no": np.arange(found.team.size),
            "team_no": found.team,
            "intake_period": found.period,
            "exposed": found.exposed,
            "before": found.before,
            "after": found.after,
            "change": found.change,
        }
    )


def _of_rows(rows: pd.DataFrame, measures: dict[str, str]) -> Iterator[tuple[str, float, float, float]]:
    by_measure = rows.set_index("measure")[["estimate", "ci_low", "ci_high"]]
    for name, measure in measures.items():
        yield name, *by_measure.loc[measure]


def simulated(scenario: Scenario, number: int, n: int, workers: int) -> pd.DataFrame:
    """Results of `n` municipalities of one scenario."""
    with Pool(workers) as pool:
        work = partial(one_municipality, scenario, number)
        parts = pool.map(work, range(n), chunksize=max(n // (8 * workers), 1))
    return pd.DataFrame([row for part in parts for row in part], columns=COLUMNS)


def cells_of(scenario: Scenario, results: pd.DataFrame) -> list[Cell]:
    """Figures of one scenario per estimator, the pre-trend check too; the truth is the mean over all municipalities."""
    cells = []
    for estimator, every in results.groupby("estimator", sort=False):
        own = every.dropna()
        truth, error = float(every["truth"].mean()), own["estimate"] - own["truth"]
        covered = int(((own["low"] <= truth) & (truth <= own["high"])).sum())
        nonzero = int(((own["low"] > 0) | (own["high"] < 0)).sum())
        width = float((own["high"] - own["low"]).median())
        is_judged = estimator in scenario.judged
        figures = (len(own), truth, float(error.mean()), float(error.sem()), covered, nonzero, width)
        cells.append(Cell(scenario.name, str(estimator), is_judged, *figures))
    return cells


def verdicts(cells: list[Cell]) -> dict[tuple[str, str], list[str]]:
    """(scenario, estimator) -> what is wrong with a judged cell; empty when nothing is."""
    judged = [cell for cell in cells if cell.is_judged]
    tests = [(cell, "coverage", stats.binomtest(cell.n_covered, cell.n, 0.95).pvalue) for cell in judged]
    tests += [
        (cell, "false positives", stats.binomtest(cell.n_nonzero, cell.n, 0.05, alternative="greater").pvalue)
        for cell in judged
        if cell.truth == 0
    ]
    adjusted = multipletests([p_value for _, _, p_value in tests], method="holm")[1] if tests else []
    wrong = {(cell.scenario, cell.estimator): [] if cell.bias_is_small else ["bias"] for cell in judged}
    for (cell, question, _), p_value in zip(tests, adjusted, strict=True):
        if p_value < 0.05:
            wrong[cell.scenario, cell.estimator].append(question)
    return wrong


def main(arguments: list[str]) -> int:
    """Run, show progress, write the page; 1 when a judged cell fails."""
    parser = argparse.ArgumentParser(prog="benchmarks.truth")
    parser.add_argument("--quick", action="store_true", help="100 municipalities per scenario")
    parser.add_argument("--sims", type=int, default=FULL)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--only", default="", help="part of a scenario's name")
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    n = 100 if options.quick else options.sims
    cells: list[Cell] = []
    began = time.perf_counter()
    for number, scenario in enumerate(SCENARIOS):
        if options.only in scenario.name:
            found = cells_of(scenario, simulated(scenario, number, n, options.workers))
            figures = ", ".join(f"{one.estimator} {one.bias:+.3f} {one.n_covered / one.n:.3f}" for one in found)
            print(f"{time.perf_counter() - began:6.0f} s  {scenario.name}: {figures}", flush=True)
            cells += found
    wrong = verdicts(cells)
    text = page(cells, wrong, n)
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    return int(any(wrong.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
