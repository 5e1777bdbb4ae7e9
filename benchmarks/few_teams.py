"""With few teams: how often do the intervals hold the truth? `python -m benchmarks.few_teams [number]` (2,000: minutes)

Invented municipalities of docs/truth_bench.md, with shocks that a team shares in a half-year and effects that differ by
team: what makes clients of one team alike. Ours beside the plain jackknife and the wild bootstrap (its test at the
truth, which is its interval's coverage). Prints markdown.
"""

from __future__ import annotations

import sys
from functools import partial
from multiprocessing import Pool

import numpy as np
from scipy import stats

from benchmarks.truth_worlds import N_PERIODS, World, municipality
from indicators.effects.few_teams import TeamInference, inference_of, left_out_weights
from indicators.effects.team_cells import EXPOSED, TeamCells, team_cells
from indicators.staggered.imputed import imputed_weights
from indicators.staggered.wild_bootstrap import wild_p_value

SIZES = ((6, 3), (12, 8), (40, 24))
SHOCKS, SPREADS = (0.0, 0.15, 0.4), (0.0, 0.3)
METHODS = ("t interval of the product", "plain jackknife, t of teams - 1", "wild bootstrap")


def held(world: World, shock: float, seed: int) -> list[bool] | None:
    """Per method, whether its interval holds the mean effect on the exposed; None where no effect can be known."""
    rng = np.random.default_rng([world.n_teams, seed])
    found = municipality(world, rng)
    exposed = found.exposed == EXPOSED
    truth = float(found.effect[exposed].mean())
    shocks = rng.normal(0, shock, (world.n_teams, N_PERIODS))[found.team, found.period]
    # With the truth taken off, the right answer is zero and the wild bootstrap can be asked for it.
    left = (found.change + shocks - truth * exposed)[:, None]
    cells = team_cells(found.team, found.period, found.exposed, left, np.ones_like(left)).outcome(0)
    ours = TeamInference.of([inference_of(imputed_weights, cells)])
    if not np.isfinite(ours.estimate[0]):
        return None
    return [
        bool(abs(ours.estimate[0]) < ours.half_width()[0]),
        _plain_jackknife_holds_zero(cells),
        wild_p_value(imputed_weights, cells) > 0.05,
    ]


def _plain_jackknife_holds_zero(cells: TeamCells) -> bool:
    weights, left_out = left_out_weights(imputed_weights, cells)
    mean = cells.mean.ravel()
    error = np.sqrt(((left_out @ mean) ** 2).sum())
    return bool(abs(weights @ mean) < stats.t.ppf(0.975, cells.teams.size - 1) * error)


def main(n: int) -> None:
    print(f"| teams (started) | shock | effects differ | {' | '.join(METHODS)} |\n|---|---|---|---|---|---|")
    with Pool(2) as pool:
        for n_teams, n_started in SIZES:
            for shock in SHOCKS:
                for spread in SPREADS:
                    world = World(effect=0.4, effect_spread=spread, dip=0.6, n_teams=n_teams, n_started=n_started)
                    results = [one for one in pool.map(partial(held, world, shock), range(n)) if one]
                    shares = " | ".join(f"{share:.3f}" for share in np.mean(results, axis=0))
                    print(f"| {n_teams} ({n_started}) | {shock} | {spread} | {shares} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 2000)
