"""Weights of a staggered start in designs so small that they can be counted."""

import numpy as np
import pytest
import scipy

from indicators.effects.estimates import FEW_TEAMS
from indicators.effects.few_teams import TeamInference, inference_of
from indicators.effects.team_cells import EXPOSED, UNEXPOSED, TeamCells
from indicators.staggered.checks import _wild_bootstrap, checks_of_figure
from indicators.staggered.drift import _moved_per_slope, drift_checks, power_of_t
from indicators.staggered.event_study import breakdown_value, interval_under_drift, pre_trend_p_value
from indicators.staggered.group_times import (
    event_weights,
    group_times,
    overall_weights,
    placebo_weights,
    pre_trend_weights,
)
from indicators.staggered.imputed import imputed_target, imputed_weights
from indicators.staggered.two_way import negative_share, two_way_weights

ONCE = np.ones((1, 2))
# Levels of teams and of periods, which no figure may see.
TEAM, PERIOD = np.array([[2.0], [5.0], [3.0], [7.0]]), np.array([0.0, 1.0, -2.0, 4.0, 0.5])


def cells(clients: list[list[float]], first: list[int], effect: float = 1.0) -> TeamCells:
    """Teams with these numbers of clients a period; each starts at `first` and is exposed from then on."""
    count = np.array(clients)
    n_teams, n_periods = count.shape
    exposed = np.arange(n_periods) >= np.array(first)[:, None]
    weight = np.stack([np.where(exposed, 0.0, count), np.where(exposed, count, 0.0)])
    mean = TEAM[:n_teams] + PERIOD[:n_periods] + np.stack([np.zeros_like(count), np.full_like(count, effect)])
    at = np.arange(n_teams), np.arange(n_periods)
    return TeamCells(at[0], at[1], np.where(weight > 0, mean, 0.0), weight, np.ones(count.shape, dtype=bool))


def value(weights: np.ndarray, of: TeamCells) -> float:
    return float((weights[0] * of.mean).sum())


def test_two_teams_that_both_start_weigh_as_published() -> None:
    """One team starts in period 2 and one in period 3 of three: 1, -1/2 and 1/2.

    De Chaisemartin and D'Haultfoeuille (2020), American Economic Review 110:2964-2996, section I.
    """
    both = cells([[1.0, 1, 1], [1, 1, 1]], [2, 1])
    weights = two_way_weights(both, ONCE)
    assert weights[0, EXPOSED] == pytest.approx(np.array([[0, 0, 0.5], [0, 1, -0.5]]))
    assert negative_share(weights) == pytest.approx(0.25)
    assert value(weights, both) == pytest.approx(1.0)


def test_where_one_team_never_starts_no_client_counts_negatively() -> None:
    weights = two_way_weights(cells([[3.0, 3], [3, 3]], [1, 9]), ONCE)
    assert weights[0, EXPOSED] == pytest.approx(np.array([[0, 1], [0, 0]]), abs=1e-12)
    assert negative_share(weights) == pytest.approx(0)


@pytest.mark.parametrize("n_clients", [0.5, 1.0, 2.0, 40.0])
def test_however_few_clients_the_effect_is_that_beside_two_teams_that_did_not_start(n_clients: float) -> None:
    one = cells([[n_clients] * 3] * 3, [2, 9, 9], effect=0.7)
    everyone = np.ones((1, 3))
    for weights in (overall_weights(one, everyone), imputed_weights(one, everyone), event_weights(one, everyone, 0)):
        assert value(weights, one) == pytest.approx(0.7)
        assert weights[0, EXPOSED] == pytest.approx(np.array([[0, 0, 1], [0, 0, 0], [0, 0, 0]]))
        assert weights[0].sum(axis=(0, 2)) == pytest.approx(np.zeros(3), abs=1e-12)


def test_the_change_beside_counts_with_the_precision_of_a_difference() -> None:
    """Teams of 2 and 6 a period: 1 / (1/2 + 1/2) = 1 and 1 / (1/6 + 1/6) = 3, a quarter and three quarters."""
    one = cells([[4.0, 4, 4], [2, 2, 2], [6, 6, 6]], [2, 9, 9])
    weights = overall_weights(one, np.ones((1, 3)))[0, UNEXPOSED]
    assert weights == pytest.approx(np.array([[0, -1, 0], [0, 0.25, -0.25], [0, 0.75, -0.75]]))


def test_a_placebo_effect_is_the_change_before_the_base_beside_the_same_change_elsewhere() -> None:
    one = cells([[4.0, 4, 4], [2, 2, 2], [6, 6, 6]], [2, 9, 9])
    weights = placebo_weights(one, np.ones((1, 3)), -1)[0, UNEXPOSED]
    assert weights == pytest.approx(np.array([[1, -1, 0], [-0.25, 0.25, 0], [-0.75, 0.75, 0]]))


def test_one_team_that_has_not_started_is_no_comparison() -> None:
    """In the last period only the last team has not started: nobody's effect in it can be told."""
    one = cells([[5.0, 5, 5, 5]] * 4, [2, 3, 3, 9])
    target = imputed_target(one)
    assert target.tolist() == [[0, 0, 5, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    assert (group_times(one).weight[:, 3] == 0).all()
    assert value(imputed_weights(one, np.ones((1, 4))), one) == pytest.approx(1.0)
    assert np.isnan(imputed_weights(cells([[5.0, 5]] * 2, [1, 9]), ONCE)).all()


def test_a_team_that_nobody_saw_before_its_start_has_no_effect() -> None:
    one = cells([[0.0, 0, 5], [5, 5, 5], [5, 5, 5]], [2, 9, 9])
    assert imputed_target(one).sum() == 0
    assert group_times(one).weight.sum() == 0


def test_of_two_teams_that_start_the_larger_counts_more() -> None:
    one = cells([[3.0, 3, 3], [1, 1, 1], [4, 4, 4], [4, 4, 4]], [1, 1, 9, 9])
    for weights in (overall_weights, imputed_weights):
        exposed = weights(one, np.ones((1, 4)))[0, EXPOSED]
        assert exposed[:, 1:] == pytest.approx(np.array([[0.375, 0.375], [0.125, 0.125], [0, 0], [0, 0]]))


def placebos(estimates: list[float], errors: list[float], freedom: float) -> float | None:
    """The test of independent placebo effects, beside an effect that has no part in it."""
    found = TeamInference(np.array([*estimates, 9.0]), np.diag([*errors, 1.0]), np.full(len(errors) + 1, freedom))
    return pre_trend_p_value(found, np.array([*range(-1 - len(errors), -1), 0]))


def test_one_placebo_effect_is_tested_by_students_t() -> None:
    assert placebos([0.6], [0.3], 7) == pytest.approx(2 * scipy.stats.t.sf(2, 7))


def test_two_placebo_effects_are_tested_by_hotelling() -> None:
    """T squared = 4 + 1; F = 5 x (7 - 1) / (7 x 2) with 2 and 6 degrees of freedom (Hotelling 1931)."""
    assert placebos([0.6, 0.3], [0.3, 0.3], 7) == pytest.approx(scipy.stats.f.sf(5 * 6 / 14, 2, 6))


def test_placebo_effects_need_more_than_one_degree_of_freedom_to_spare() -> None:
    assert placebos([0.6, 0.3], [0.3, 0.3], 3) is not None
    assert placebos([0.6, 0.3], [0.3, 0.3], 2) is None
    assert placebos([], [], 7) is None


def test_a_test_of_a_truth_of_nothing_rejects_as_often_as_it_may() -> None:
    assert power_of_t(0.0, 9) == pytest.approx(0.05)
    assert power_of_t(50.0, 9) == pytest.approx(1.0)
    # Two and a half errors away with many degrees of freedom: the normal beyond 1.96 - 2.5.
    assert power_of_t(2.5, 1e6) == pytest.approx(scipy.stats.norm.sf(1.959964 - 2.5), abs=1e-4)


def noisy(drift: float = 0.0, every: int = 1) -> TeamCells:
    """Four teams, of which two start in the fifth period and drift from the others by so much a period."""
    rng = np.random.default_rng(5)
    one = cells([[8.0] * 5] * 4, [4, 4, 9, 9], effect=0.5)
    apart = rng.normal(0, 0.1, (4, 5)) + drift * np.arange(5) * np.array([[1], [1], [0], [0]])
    return TeamCells(one.teams, every * one.periods, one.mean + apart * (one.weight > 0), one.weight, one.whole)


def test_bounds_under_drift_are_the_same_whatever_a_period_is_called() -> None:
    steps = np.array([0.0, 0.5, 2.0])
    assert interval_under_drift(noisy(every=2), steps) == pytest.approx(interval_under_drift(noisy(), steps))


def test_drift_away_from_the_effect_feigns_nothing() -> None:
    found = drift_checks(noisy(drift=-3.0), overall_weights, effect=0.5)
    assert found["pre_trend"]["slope_per_period"] == pytest.approx(-3, abs=0.2)
    assert found["drift_not_excluded"] == {"holds": True, "per_period": 0.0, "estimate": 0.5}


def test_the_drift_that_is_not_excluded_is_the_end_of_its_interval() -> None:
    """Half the width of a 95 % interval beyond the slope, on the side that feigns the effect."""
    of = noisy()
    slope = TeamInference.of([inference_of(pre_trend_weights, of)])
    effect = value(overall_weights(of, np.ones((1, 4))), of)
    found = drift_checks(of, overall_weights, effect)
    assert found["pre_trend"]["slope_per_period"] == pytest.approx(slope.estimate[0], abs=1e-4)
    assert found["pre_trend"]["p_value"] == pytest.approx(slope.p_value[0], abs=1e-4)
    # A line in time moves the effect, one period from the base, by its slope: drift upwards feigns it.
    assert found["pre_trend"]["slope_explaining"] == pytest.approx(effect, abs=1e-4)
    end = slope.estimate[0] + slope.half_width()[0]
    assert found["drift_not_excluded"]["per_period"] == pytest.approx(end, abs=1e-4)
    assert found["drift_not_excluded"]["estimate"] == pytest.approx(effect - end, abs=2e-4)


@pytest.mark.parametrize("n_teams", [2, 3, 4])
def test_where_all_teams_start_at_once_no_two_way_figure_is_told(n_teams: int) -> None:
    """Exposure is then the period itself; what rounding leaves of nothing is no figure."""
    for first in (1, 2):
        counts = np.random.default_rng(n_teams).integers(1, 40, (n_teams, 4)).astype(float)
        weights = two_way_weights(cells(counts.tolist(), [first] * n_teams), np.ones((1, n_teams)))
        assert np.isnan(weights).all()
    assert np.isnan(two_way_weights(cells([[3.0, 3]] * n_teams, [9] * n_teams), np.ones((1, n_teams)))).all()


def test_a_placebo_effect_is_about_its_own_period_only_and_never_about_one_after_the_start() -> None:
    """Four periods, start in the last: from the third, two and one period back."""
    one = cells([[4.0] * 4, [4.0] * 4, [4.0] * 4], [3, 9, 9])
    for back in (-1, -2):
        weights = placebo_weights(one, np.ones((1, 3)), back)[0]
        expected = np.zeros((3, 4))
        expected[0, [2 + back, 2]] = 1, -1
        expected[1:, [2 + back, 2]] = -0.5, 0.5
        assert weights[UNEXPOSED] == pytest.approx(expected)
        assert not weights[EXPOSED].any()
        assert event_weights(one, np.ones((1, 3)), back - 1)[0] == pytest.approx(weights)


def test_an_effect_of_nothing_is_not_kept_standing_by_the_drift_that_is_not_excluded() -> None:
    found = drift_checks(noisy(), overall_weights, effect=0.0)["drift_not_excluded"]
    assert found == {"holds": False, "per_period": 0.0, "estimate": 0.0}


def figure(n_teams: int, effect: float, n_periods: int = 3, noise: float = 0.1) -> TeamCells:
    """Half of the teams start in the last period; a little noise."""
    first = [n_periods - 1] * (n_teams // 2) + [99] * (n_teams - n_teams // 2)
    exposed = np.arange(n_periods) >= np.array(first)[:, None]
    weight = 8.0 * np.stack([~exposed, exposed])
    apart = np.random.default_rng(2).normal(0, noise, exposed.shape)
    mean = (apart + effect * exposed) * (weight > 0)
    return TeamCells(np.arange(n_teams), np.arange(n_periods), mean, weight, np.ones(exposed.shape, bool))


@pytest.mark.parametrize("noise", [0.03, 0.05])
def test_the_drift_that_undoes_a_result_is_the_largest_that_it_survives(noise: float) -> None:
    of = figure(8, 0.5, n_periods=6, noise=noise)
    least = breakdown_value(of)

    def survives(m_bar: float) -> bool:
        low, high = interval_under_drift(of, np.array([m_bar]))[0]
        return low > 0 or high < 0

    assert 0 < least < 5
    assert survives(least) and not survives(least + 0.05)
    assert breakdown_value(of, largest=least) == pytest.approx(least)
    assert breakdown_value(TeamCells(of.teams, of.periods, -of.mean, of.weight, of.whole)) == least


@pytest.mark.parametrize(
    ("effect", "p_value", "holds"), [(2.0, 0.01, True), (2.0, 0.2, False), (0.0, 0.01, False), (0.0, 0.2, True)]
)
def test_a_second_opinion_holds_where_both_find_something_or_both_find_nothing(
    effect: float, p_value: float, holds: bool
) -> None:
    found = _wild_bootstrap(figure(8, effect), imputed_weights, 8, p_value)
    assert found["holds"] is holds
    assert (found["p_value"] < 0.05) == (effect > 0)


@pytest.mark.parametrize(("n_teams", "is_asked"), [(5, False), (6, True), (FEW_TEAMS - 1, True), (FEW_TEAMS, False)])
def test_a_second_opinion_is_asked_where_teams_are_few_and_can_tell(n_teams: int, is_asked: bool) -> None:
    """Of five teams no order of signs is rarer than one in sixteen."""
    found = _wild_bootstrap(figure(6, 2.0), imputed_weights, n_teams, 0.01)
    assert (found["p_value"] is not None) == is_asked and (found["holds"] is not None) == is_asked


def drifting(*apart: float) -> TeamCells:
    """Two of four teams start in the last period with an effect of a half, and were so far apart before and then."""
    n = len(apart)
    one = cells([[8.0] * n] * 4, [n - 1, n - 1, 9, 9], effect=0.5)
    away = np.array([[1.0], [1.0], [0.0], [0.0]]) * np.array(apart)
    return TeamCells(one.teams, one.periods, one.mean + away * (one.weight > 0), one.weight, one.whole)


@pytest.mark.parametrize(
    ("apart", "estimate", "largest"),
    [
        ((0.0, 0.2, 0.4, 0.6, 0.8), 0.7, 0.2),  # a line of 0.2 a period, which feigns 0.2 of the effect
        ((0.0, 0.0, 0.0, 0.3, 0.3), 0.5, 0.3),  # one step, just before the base
        ((0.0, 0.3, 0.3, 0.3, 0.3), 0.5, 0.3),  # the same long before it
    ],
)
def test_bounds_reach_as_far_as_the_largest_step_before_the_start(
    apart: tuple[float, ...], estimate: float, largest: float
) -> None:
    """Without noise the interval is the figure, give or take so many times the largest step."""
    found = interval_under_drift(drifting(*apart), np.array([0.0, 1.0, 2.0]))
    expected = [[estimate - m * largest, estimate + m * largest] for m in (0, 1, 2)]
    assert found == pytest.approx(np.array(expected), abs=1e-9)


def test_with_one_period_before_the_start_no_drift_can_be_seen() -> None:
    assert interval_under_drift(drifting(0.0, 0.0), np.array([1.0])) is None
    assert breakdown_value(drifting(0.0, 0.0)) is None


@pytest.mark.parametrize(("n_teams", "holds"), [(FEW_TEAMS - 2, False), (FEW_TEAMS, True)])
def test_as_many_teams_as_are_called_enough_are_enough(n_teams: int, holds: bool) -> None:
    of = figure(n_teams, 0.5)
    found = checks_of_figure(of, overall_weights, TeamInference.of([inference_of(overall_weights, of)]), 0)
    assert found["teams"]["holds"] is holds and found["teams"]["total"] == n_teams


def test_the_drift_before_the_start_is_the_slope_there_whatever_happens_after() -> None:
    of = drifting(0.0, 0.2, 0.4, 0.6, 9.0)
    weights = pre_trend_weights(of, np.ones((1, 4)))
    assert value(weights, of) == pytest.approx(0.2)
    assert not weights[0, EXPOSED].any()


def test_where_all_teams_start_a_line_that_all_follow_is_no_drift() -> None:
    of = cells([[8.0] * 5] * 4, [2, 3, 4, 4])
    assert np.isnan(_moved_per_slope(of, overall_weights))
