"""`make bench-demo`: how often do the demo's intervals hold its planted truth? Seeds from 1 up, none left out."""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pandas as pd
from scipy import stats

from benchmarks.demo_world import Found, found_in
from data_contracts.tables.assumptions import Assumptions

_HEAD = """# The demo and its truth

Written by `python -m benchmarks.demo_truth --seeds {n}`: seeds 1 to {n} of voorbeeldstad, in order, none left out.
Seed 1 is the one that ships: it is the first, not the nicest. The estimators and the balance are those of a run, in
memory: without files, intake, rounding and the gate. `wijkbaat demo` prints the same comparison for the seed it
simulates, after a whole run.

What is true stands in `studies/voorbeeldstad/simulation.yaml`. The true balance is `mkba.yaml` at the true effects,
with prices and numbers as the study declares them. In euros of the price year, over ten years.

**The 90 % interval of the balance holds the truth in {held} of {n} seeds** (exact 95 % interval of that share:
{low:.0%} to {high:.0%}). The interval with doubt about the comparison, prices and numbers holds it in {doubted} of {n}.

| seed | true balance | estimated | 90 % interval | holds | with doubt | holds |
|---|---|---|---|---|---|---|
"""
_EFFECTS = """
## Per outcome

Truth and estimate are means over the seeds; per client, events per client-year. *Holds* is how many 95 % intervals
hold the truth; *demonstrable* how many seeds find a difference from zero, minding how many outcomes were looked at.
Euros of a law are the sum of its products.

| outcome | unit | truth | mean estimate | holds | demonstrable |
|---|---|---|---|---|---|
"""


def main() -> None:
    """Simulate, estimate and write the page."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seeds", type=int, default=20)
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--out", type=Path)
    asked = arguments.parse_args()
    with ProcessPoolExecutor(asked.processes) as pool:
        text = _page(list(pool.map(found_in, range(1, asked.seeds + 1))))
    if asked.out:
        asked.out.write_text(text, encoding="utf-8")
    else:
        print(text)


def _page(found: list[Found]) -> str:
    held = sum(_holds(one.interval, one.truth) for one in found)
    doubted = sum(_holds(one.in_doubt, one.truth) for one in found)
    share = stats.binomtest(held, len(found)).proportion_ci(0.95)
    head = _HEAD.format(n=len(found), held=held, doubted=doubted, low=share.low, high=share.high)
    return head + "".join(_seed_row(one) for one in found) + _EFFECTS + _effect_rows(found)


def _holds(interval: tuple[float, float], truth: float) -> bool:
    return interval[0] <= truth <= interval[1]


def _seed_row(one: Found) -> str:
    parts = [str(one.seed), f"{one.truth:,.0f}", f"{one.mean:,.0f}"]
    for low, high in (one.interval, one.in_doubt):
        parts += [f"{low:,.0f} to {high:,.0f}", "yes" if _holds((low, high), one.truth) else "**no**"]
    return f"| {' | '.join(parts)} |\n"


def _effect_rows(found: list[Found]) -> str:
    rows = pd.concat([one.estimates for one in found]).query("estimate.notna()")
    rows = rows.assign(
        what=rows["what"].where(rows["life_domain"] == "all", rows["life_domain"]),
        holds=(rows["ci_low"] <= rows["truth"]) & (rows["truth"] <= rows["ci_high"]),
        shown=[bool(Assumptions.of(text).holds("demonstrable")) for text in rows["assumptions"]],
    )
    text = ""
    for (what, unit), own in rows.groupby(["what", "unit"], sort=False):
        digits = 0 if unit == "eur" else 3
        means = " | ".join(f"{own[name].mean():.{digits}f}" for name in ("truth", "estimate"))
        text += f"| {what} | {unit} | {means} | {own['holds'].sum()} of {len(own)} | {own['shown'].sum()} |\n"
    return text


if __name__ == "__main__":
    main()
