"""Worlds for what people use: counts in the first year, by teams that start and beside teams that never do.

Who needs more uses more, clients differ beyond chance, and teams and half-years have rates of their own. The approach
multiplies a rate; the truth is the difference per client that this makes for the clients in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from benchmarks.truth_other import Interval
from benchmarks.truth_worlds import World, municipality
from indicators.comparison.estimates import comparison_estimates
from indicators.comparison.known_at_start import known_at_start
from indicators.effects.estimates import Outcome
from indicators.effects.few_teams import TeamInference, inference_of
from indicators.effects.team_cells import EXPOSED, team_cells
from indicators.staggered.group_times import overall_weights
from indicators.staggered.imputed import imputed_weights

USED = Outcome("used", "events", "event", what="huisuitzetting")
_STAGGERED = {"imputed": imputed_weights, "group_time": overall_weights}


@dataclass(frozen=True, slots=True)
class UseWorld:
    """Use in a kind of municipality: `ratio` = rate with the approach / rate without, `need` per point worse."""

    people: World = field(default_factory=lambda: World(dip=0.6))
    rate: float = 0.6
    ratio: float = 0.7
    need: float = 0.4
    between_teams: float = 0.15
    between_periods: float = 0.1
    between_clients: float = 0.5  # the variance of a gamma with mean 1


def use_municipality(world: UseWorld, rng: np.random.Generator) -> list[Interval]:
    """Differences in use per client: by the staggered start, or beside teams that never start."""
    found = municipality(world.people, rng)
    n_periods = int(found.period.max()) + 1
    rate = world.rate * np.exp(
        -world.need * (found.before - 3)
        + rng.normal(0, world.between_teams, world.people.n_teams)[found.team]
        + rng.normal(0, world.between_periods, n_periods)[found.period]
    )
    exposed = found.exposed == EXPOSED
    own = rng.gamma(1 / world.between_clients, world.between_clients, rate.size)
    used = rng.poisson(rate * own * np.where(exposed, world.ratio, 1.0)).astype(float)
    truth = float((rate * (world.ratio - 1))[exposed].mean())
    if world.people.allocation == "staggered":
        cells = team_cells(found.team, found.period, found.exposed, used[:, None], np.ones((used.size, 1))).outcome(0)
        inferred = {name: TeamInference.of([inference_of(of, cells)]) for name, of in _STAGGERED.items()}
        return [
            (name, truth, one.estimate[0], *(one.estimate[0] + side * one.half_width()[0] for side in (-1, 1)))
            for name, one in inferred.items()
        ]
    clients = pd.DataFrame({"client_no": np.arange(used.size), "team_no": found.team, "intake_period": found.period})
    clients = clients.assign(exposed=found.exposed, before=found.before, used=used)
    known = known_at_start(clients, domains=["before"], declared=[], others=[], traits=[])
    clients = clients.join(known)
    rows = comparison_estimates(
        clients, [USED], [None], headline="effect_ancova", known_at_start=list(map(str, known))
    ).estimates
    figures = rows.set_index("measure").loc["effect_ancova", ["estimate", "ci_low", "ci_high"]]
    shares = [clients[clients["exposed"] == way]["used"] for way in (1, 0)]
    apart = float(shares[0].mean() - shares[1].mean())
    error = float(np.sqrt(sum(one.var() / one.size for one in shares)))
    return [("at_equal_start", truth, *figures), ("as_they_came", truth, apart, apart - 2 * error, apart + 2 * error)]
