"""The wild bootstrap by team: a second opinion where teams are few."""

import numpy as np
import pytest

from indicators.effects.team_cells import TeamCells, team_cells
from indicators.staggered.imputed import imputed_weights
from indicators.staggered.two_way import two_way_weights
from indicators.staggered.wild_bootstrap import wild_p_value


def teams(n_teams: int, n_started: int, effect: float, n_outcomes: int = 1) -> TeamCells:
    """Teams with a level and half-years with a level of their own; those that start do so at period 2 or 4."""
    rng = np.random.default_rng(3)
    size = rng.integers(2, 12, (n_teams, 6))
    team, period = (np.repeat(index.ravel(), size.ravel()) for index in np.indices(size.shape))
    exposed = (team < n_started) & (period >= np.where(team % 2, 2, 4))
    level = rng.normal(0, 2, n_teams)[team] + rng.normal(0, 2, 6)[period]
    shock = rng.normal(0, 0.3, (n_teams, 6, n_outcomes))[team, period]
    values = (level + effect * exposed)[:, None] + shock + rng.normal(0, 1, (team.size, n_outcomes))
    return team_cells(team, period, exposed.astype(np.int8), values, np.ones_like(values))


@pytest.mark.parametrize("n_teams", [8, 14])
def test_without_an_effect_it_warns_as_often_as_it_says(n_teams: int) -> None:
    cells = teams(n_teams, n_teams // 2, effect=0.0, n_outcomes=200)
    p_values = [wild_p_value(imputed_weights, cells.outcome(at)) for at in range(200)]
    assert np.mean(np.array(p_values) < 0.05) == pytest.approx(0.05, abs=4 * np.sqrt(0.05 * 0.95 / 200))


def test_a_large_effect_stands_out_and_the_same_data_give_the_same_answer() -> None:
    cells = teams(14, 7, effect=3.0).outcome(0)
    assert wild_p_value(two_way_weights, cells) < 0.01
    assert wild_p_value(two_way_weights, cells) == wild_p_value(two_way_weights, cells)


def test_levels_of_teams_and_periods_are_nothing_to_it() -> None:
    cells = teams(7, 4, effect=0.5).outcome(0)
    rng = np.random.default_rng(8)
    other = cells.mean + rng.normal(0, 9, (7, 1)) + rng.normal(0, 9, (1, 6))
    moved = TeamCells(cells.teams, cells.periods, np.where(cells.weight > 0, other, 0), cells.weight, cells.whole)
    assert wild_p_value(imputed_weights, moved) == wild_p_value(imputed_weights, cells)


def test_an_effect_that_cannot_be_known_has_no_p_value() -> None:
    cells = teams(6, 3, effect=0.0).outcome(0)
    nobody_before = cells.weight * np.array([0, 1])[:, None, None]
    nothing = TeamCells(cells.teams, cells.periods, cells.mean * (nobody_before > 0), nobody_before, cells.whole)
    assert np.isnan(wild_p_value(imputed_weights, nothing))


def test_a_half_year_in_which_a_team_saw_nobody_says_nothing() -> None:
    cells = teams(8, 4, effect=0.8).outcome(0)
    weight = cells.weight.copy()
    weight[:, 1, 3] = 0  # a team that started before and saw nobody then
    mean = np.where(weight > 0, cells.mean, 0.0)
    nonsense = np.where(weight > 0, cells.mean, 99.0)
    said, other = (
        wild_p_value(imputed_weights, TeamCells(cells.teams, cells.periods, one, weight, cells.whole))
        for one in (mean, nonsense)
    )
    assert said == other and 0 < said < 1
