"""Synthesis bench: does the prediction interval hold a new municipality? `python -m benchmarks.synthesis [--out PAGE]`

Sets of invented municipalities whose true effects have a known spread. Each has 8 to 40 teams, of which half work in
the new way, and is told as a release tells it: an estimate and a margin by Student's t over its teams, rounded. The
synthesis knows nothing else. The new municipality is drawn from the same spread, and its true effect is looked for in
the interval.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import stats

from indicators.arrays import Floats
from indicators.synthesis.elsewhere import in_the_light_of_others
from indicators.synthesis.random_effects import synthesis

MEAN, TEAM_SPREAD, ASKED = 0.15, 0.3, (0.93, 0.97)
PAGE = """# Synthesis bench: what may a next municipality expect?

Written by `make bench-synthesis`. {sets} sets of invented municipalities per row, each with a true effect drawn around
{mean} point with the spread of its row, 8 to 40 teams (half of them in the new way) that differ {team_spread} point
among each other, and figures as a release tells them: estimate, standard error and margin, rounded.

- **next one**: the share of sets in which the 95 % prediction interval holds the true effect of a municipality that was
  not among them. Asked of 20 municipalities that differ: 93 to 97 %. Where they do not differ at all it is more,
  because no number of municipalities can show that.
- **usual**: the same for the interval that takes one value for the spread, which we do not use (decision 89).
- **mean**: the share in which the 95 % interval of the mean holds {mean}.
- **shrunken**: the share in which the interval of one municipality's figure, drawn towards what the others let expect,
  holds its own true effect; **own**: the same for its own margin; **narrower**: by how much the first is narrower.

**{verdict}**

| municipalities | spread | next one | usual | mean | shrunken | own | narrower |
|---|---|---|---|---|---|---|---|"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How often each interval holds the truth, in one world."""

    n: int
    spread: float
    next_one: float
    usual: float
    mean: float
    shrunken: float
    own: float
    narrower: float


def municipalities(n: int, spread: float, rng: np.random.Generator) -> tuple[Floats, Floats, Floats, Floats]:
    """True effects of `n` municipalities; their estimates, standard errors and half margins, as released."""
    truth = rng.normal(MEAN, spread, n)
    teams = rng.integers(4, 21, (2, n))  # on either side
    means = rng.normal(np.stack([np.zeros(n), truth]), TEAM_SPREAD / np.sqrt(teams))
    df = teams - 1
    parts = TEAM_SPREAD**2 * rng.chisquare(df) / df / teams
    se = np.sqrt(parts.sum(axis=0))
    welch = parts.sum(axis=0) ** 2 / (parts**2 / df).sum(axis=0)
    return truth, (means[1] - means[0]).round(2), se.round(3), (stats.t.isf(0.025, welch) * se).round(2)


def covered(n: int, spread: float, sets: int, seed: int) -> Coverage:
    """One row of the page."""
    rng = np.random.default_rng([seed, n, round(1000 * spread)])
    held = np.zeros((sets, 6))
    for at in range(sets):
        truth, estimate, se, reach = municipalities(n, spread, rng)
        found, own = synthesis(estimate, se**2), in_the_light_of_others(estimate, se**2, 0, reach[0])
        assert found is not None
        next_one = rng.normal(MEAN, spread)
        held[at] = (
            found.expected_low <= next_one <= found.expected_high,
            abs(next_one - found.mean) <= stats.t.isf(0.025, n - 1) * np.hypot(found.between, found.se),
            found.low <= MEAN <= found.high,
            own is not None and own.low <= truth[0] <= own.high,
            abs(estimate[0] - truth[0]) <= reach[0],
            np.nan if own is None else 1 - (own.high - own.low) / (2 * reach[0]),
        )
    shares = held[:, :5].mean(axis=0)
    narrower = np.nan if n <= 3 else float(np.median(held[:, 5]))
    return Coverage(n, spread, *shares.tolist(), narrower)


def page(rows: list[Coverage], sets: int) -> str:
    """The page for docs/."""
    asked = [one for one in rows if one.n == 20 and one.spread > 0]
    held = sum(ASKED[0] <= one.next_one <= ASKED[1] for one in asked)
    verdict = f"{held} of {len(asked)} spreads of 20 municipalities lie within what was asked."
    head = PAGE.format(sets=f"{sets:,}", mean=MEAN, team_spread=TEAM_SPREAD, verdict=verdict)
    return "\n".join([head, *map(_row, rows), ""])


def _row(one: Coverage) -> str:
    figures = (one.next_one, one.usual, one.mean, one.shrunken, one.own, one.narrower)
    if one.n <= 3:  # the others are then fewer than three
        figures = (one.next_one, one.usual, one.mean, np.nan, one.own, np.nan)
    told = ["-" if np.isnan(figure) else f"{100 * figure:.1f} %" for figure in figures]
    return f"| {one.n} | {one.spread} | {' | '.join(told)} |"


def main(arguments: list[str]) -> int:
    """Run, write the page; 1 when an interval of 20 municipalities promises too much."""
    parser = argparse.ArgumentParser(prog="benchmarks.synthesis")
    parser.add_argument("--sets", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path)
    options = parser.parse_args(arguments)
    worlds = [(20, 0.0), (20, 0.05), (20, 0.1), (20, 0.2), (20, 0.4), (10, 0.1), (5, 0.1), (4, 0.1), (3, 0.1)]
    rows = [covered(n, spread, options.sets, options.seed) for n, spread in worlds]
    text = page(rows, options.sets)
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    return int(any(one.next_one < ASKED[0] for one in rows if one.n == 20))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
