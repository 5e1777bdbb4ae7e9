"""The team jackknife: right on average under equal noise, and honest about how few teams started."""

import numpy as np
import pytest

from indicators.effects.before_after_estimates import mean_weights
from indicators.effects.few_teams import Weights, team_inference
from indicators.effects.team_cells import TeamCells, team_cells
from indicators.staggered.group_times import overall_weights
from indicators.staggered.imputed import imputed_weights
from indicators.staggered.two_way import two_way_weights


def noise(n_started: int, n_teams: int = 12, n_outcomes: int = 400) -> TeamCells:
    """Many outcomes of pure noise on one design with unequal teams; those that start do so at period 2 or 4."""
    rng = np.random.default_rng(11)
    size = rng.integers(2, 12, (n_teams, 6))
    team, period = (np.repeat(index.ravel(), size.ravel()) for index in np.indices(size.shape))
    exposed = (team < n_started) & (period >= np.where(team % 2, 2, 4))
    values = rng.normal(0, 1, (team.size, n_outcomes))
    return team_cells(team, period, exposed.astype(np.int8), values, np.ones_like(values))


@pytest.mark.parametrize("weights", [imputed_weights, overall_weights, two_way_weights, mean_weights])
def test_the_squared_error_is_the_variance_on_average_even_with_few_teams(weights: Weights) -> None:
    found = team_inference(weights, noise(n_started=8))
    ratio = (found.standard_error**2).mean() / found.estimate.var()
    assert ratio == pytest.approx(1, abs=4 * np.sqrt(2 / 400 + 2 / (400 * found.degrees_of_freedom[0])))


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    found = team_inference(imputed_weights, noise(n_started=6))
    covered = (np.abs(found.estimate) < found.half_width()).mean()
    assert covered == pytest.approx(0.95, abs=4 * np.sqrt(0.95 * 0.05 / 400))


def test_few_started_teams_leave_few_degrees_of_freedom_however_many_did_not_start() -> None:
    few, many = (team_inference(imputed_weights, noise(n, 40, 1)).degrees_of_freedom[0] for n in (3, 20))
    assert few < 4
    assert many > 12
