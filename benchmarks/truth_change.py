"""A world for the margins of change itself: clients of one team are alike, and the change of all teams is the truth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from benchmarks.truth_other import Interval
from benchmarks.truth_worlds import CUTS
from indicators.change.domains import change_by_domain
from indicators.change.shares import with_shares

_ABOUT = {"subject": "zrm", "life_domain": "finances", "slice": "all", "slice_value": "all"}
_ABOUT |= {"moment_from": "first", "moment_to": "last"}
_KEY = ["score_from", "score_to"]


@dataclass(frozen=True, slots=True)
class ChangeWorld:
    """Clients who change by `gain` on average, in teams whose changes differ by `between_teams`."""

    gain: float = 0.3
    between_teams: float = 0.3
    n_teams: int = 40
    clients: tuple[int, int] = (400, 4000)


def change_municipality(world: ChangeWorld, rng: np.random.Generator) -> list[Interval]:
    """The mean change and the share that rose, as a report gives them, and the mean as if clients stood alone."""
    n = int(rng.integers(world.clients[0], world.clients[1] + 1))
    team = rng.choice(world.n_teams, n, p=rng.dirichlet(np.full(world.n_teams, 8.0)))
    before, after = _scores(world, rng, team, world.n_teams)
    table = pd.DataFrame({"team_no": team, "score_from": before, "score_to": after})
    counts = table.groupby(_KEY).size().rename("n_clients").reset_index().assign(**_ABOUT)
    by_team = table.groupby(["team_no", *_KEY]).size().rename("n_clients").reset_index().assign(**_ABOUT)
    clustered = with_shares(change_by_domain(counts, by_team)).iloc[0]
    alone = change_by_domain(counts).iloc[0]
    mean, share = _truth(world)
    figures = ["mean_change", "mean_change_low", "mean_change_high"]
    return [
        ("mean_change_in_report", mean, *clustered[figures]),
        ("share_up_in_report", share, *clustered[["share_up", "share_up_low", "share_up_high"]]),
        ("mean_change_by_client", mean, *alone[figures]),
    ]


@cache
def _truth(world: ChangeWorld) -> tuple[float, float]:
    """Mean change and share that rises over all teams that could have been, from four million clients."""
    rng = np.random.default_rng(1)
    team = np.repeat(np.arange(400_000), 10)
    before, after = _scores(world, rng, team, 400_000)
    return float((after - before).mean()), float((after > before).mean())


def _scores(
    world: ChangeWorld, rng: np.random.Generator, team: np.ndarray, n_teams: int
) -> tuple[np.ndarray, np.ndarray]:
    need = rng.normal(0, 1, team.size)
    gain = world.gain + rng.normal(0, world.between_teams, n_teams)[team]
    seen = [level + rng.normal(0, 0.5, team.size) for level in (need, need + gain)]
    before, after = (1 + np.searchsorted(CUTS, one) for one in seen)
    return before, after
