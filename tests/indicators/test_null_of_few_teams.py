"""Nothing happens, in few teams of unequal size whose people are alike: how often does a margin leave out zero?"""

from __future__ import annotations

import numpy as np
import pytest

from indicators.effects.before_after_estimates import _inference
from indicators.effects.few_teams import TeamInference, team_inference
from indicators.effects.team_cells import EXPOSED, UNEXPOSED, team_cells
from indicators.staggered.imputed import imputed_weights

WORLDS = 600
MOST = 0.05 + 3 * (0.05 * 0.95 / WORLDS) ** 0.5  # three Monte Carlo errors above what a 95 % margin may
NEVER = 99
ALIKE = 0.05
PERIODS = 8


def left_out_zero(found: TeamInference) -> float:
    return float((np.abs(found.estimate) > found.half_width()).mean())


@pytest.mark.parametrize("alike", [0.0, 0.05, 0.2])
@pytest.mark.parametrize(
    "sizes", [[30, 40, 50, 400], [20, 25, 30, 30, 35, 400], [10, 20, 20, 30, 40, 60, 80, 120, 200]]
)
def test_a_mean_of_nothing_leaves_out_zero_as_seldom_as_it_says(sizes: list[int], alike: float) -> None:
    rng, team = np.random.default_rng(5), np.repeat(np.arange(len(sizes)), sizes)
    of_team = rng.standard_normal((len(sizes), WORLDS)) * alike**0.5
    values = of_team[team] + rng.standard_normal((team.size, WORLDS)) * (1 - alike) ** 0.5
    assert left_out_zero(_inference(team, values, np.ones_like(values))) < MOST


@pytest.mark.parametrize(
    ("sizes", "starts"),
    [
        ([120] * 6, [4, 5, 6, NEVER, NEVER, NEVER]),
        ([60, 60, 60, 60, 60, 800], [5, NEVER, NEVER, NEVER, NEVER, 4]),
        ([30, 40, 60, 80, 120, 160, 200, 60, 60], [4, 5, 6, 4, NEVER, 5, NEVER, NEVER, NEVER]),
        ([100] * 10, [3, 4, 5, 6, 7, *[NEVER] * 5]),
    ],
)
def test_a_staggered_start_of_nothing_does_too_where_half_years_of_a_team_hang_together(
    sizes: list[int], starts: list[int]
) -> None:
    rng, team = np.random.default_rng(6), np.repeat(np.arange(len(sizes)), sizes)
    period, start = rng.integers(0, PERIODS, team.size), np.array(starts)[team]
    # Half-years of a team by a chain that keeps 0.8, on top of a level of the team that stays.
    chain = rng.standard_normal((len(sizes), PERIODS, WORLDS))
    for at in range(1, PERIODS):
        chain[:, at] = 0.8 * chain[:, at - 1] + 0.6 * chain[:, at]
    values = (rng.standard_normal((len(sizes), 1, WORLDS)) + chain)[team, period] * ALIKE**0.5
    values += rng.standard_normal(values.shape) + 0.05 * period[:, None]
    exposed = np.where(period >= start, EXPOSED, np.where(period <= start - 3, UNEXPOSED, -1)).astype(np.int8)
    cells = team_cells(team, period, exposed, values, np.ones_like(values))
    assert left_out_zero(team_inference(imputed_weights, cells)) < MOST
