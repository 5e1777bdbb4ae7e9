"""The part of docs/calibration.md about the shipped studies of other designs."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from tests.calibration.designs import NAMES, found_in

_HEAD = """
## The other designs

Heidestad compares with teams that never start, whose clients begin higher; kanaalstad is one series, beside public
figures of 24 others. What is true is planted in their `simulation.yaml` and only this bench reads it; no estimator was
tuned on them. {n} seeds of each, from records to estimates in memory, before the gate and without a balance.

| study | about | stamp | estimates | 95 % interval holds the truth | called more or less | of these wrongly |
|---|---|---|---|---|---|---|
"""
_MUNICIPAL = """
Of the public figures the planted step of {planted} was estimated at {mean:.2f} on average (sd {sd:.2f}) and called an
*aanwijzing* in {power:.0%} of the seeds; without any step it was called so in {false:.0%}, where 10 % is meant.
"""
_LIMITS = """
The series has no other group: what happens in the same years by itself, and who comes in, is in it. In these studies
nothing else happens, so that its intervals are shown at their best. Estimates of one seed share their clients, so that
the shares are less certain than their number says.
"""


def section(n_seeds: int) -> str:
    """The whole part; each study from seed 1 up, none left out."""
    found = {name: pd.concat([found_in(name, seed) for seed in range(1, n_seeds + 1)]) for name in NAMES}
    lines = [line for name, rows in found.items() for line in _lines(name, rows)]
    return _HEAD.format(n=n_seeds) + "\n".join(lines) + "\n" + _municipal(found["kanaalstad"], n_seeds) + _LIMITS


def _lines(name: str, rows: pd.DataFrame) -> Iterator[str]:
    own = rows[rows["design"] != "municipal"]
    for (subject, stamp), group in own.groupby(["subject", "stamp"]):
        holds = group["truth"].between(group["ci_low"], group["ci_high"])
        claimed = group[group["word"].str.startswith("aantoonbaar")]
        way = claimed["word"].map({"aantoonbaar meer": 1.0, "aantoonbaar minder": -1.0})
        wrong = (way * claimed["truth"] <= 0).sum()
        low, high = proportion_confint(int(holds.sum()), len(holds), method="beta")
        shares = f"{holds.mean():.1%} ({low:.1%} to {high:.1%})"
        yield f"| {name} | {subject} | {stamp} | {len(group)} | {shares} | {len(claimed)} | {wrong} |"


def _municipal(rows: pd.DataFrame, n_seeds: int) -> str:
    own = rows[rows["design"] == "municipal"]
    nothing = pd.concat([found_in("kanaalstad", seed, public_effect=0.0) for seed in range(1, n_seeds + 1)])
    nothing = nothing[nothing["design"] == "municipal"]
    is_called = [one["word"].eq("aanwijzing").mean() for one in (own, nothing)]
    return _MUNICIPAL.format(
        planted=own["truth"].iloc[0],
        mean=own["estimate"].mean(),
        sd=own["estimate"].std(),
        power=is_called[0],
        false=is_called[1],
    )
