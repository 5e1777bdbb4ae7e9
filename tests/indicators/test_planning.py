"""What a study could show: the power of the product's own estimator, before any outcome is looked at."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.power import TTestPower

from indicators.designs.clients import ClientOutcomes
from indicators.effects.demonstrable import with_demonstrable
from indicators.effects.estimates import Basis
from indicators.effects.few_teams import team_inference
from indicators.effects.team_cells import EXPOSED, UNEXPOSED, team_cells
from indicators.planning.layout import BETWEEN, Layout, another_year, drawn_order, everybody_twice, twice_as_many_teams
from indicators.planning.noise import noise_of
from indicators.planning.plan import asked_outcomes, plan_of_study
from indicators.planning.precision import Precision
from indicators.staggered.imputed import imputed_weights
from tests.indicators.planned_towns import KINDS, SCORED, study, town


@pytest.mark.parametrize("n", [4, 8, 40])
@pytest.mark.parametrize("level", [0.05, 0.0125])
def test_the_smallest_difference_of_a_plain_t_test_is_that_of_statsmodels(n: int, level: float) -> None:
    plain = Precision(n**-0.5, n**-0.5, n - 1, n - 1)
    expected = TTestPower().solve_power(effect_size=None, nobs=n, alpha=level, power=0.8)
    assert plain.smallest_difference(level) == pytest.approx(float(expected), rel=1e-3)


def test_an_error_that_is_shown_too_large_asks_for_a_larger_difference() -> None:
    right, careful = Precision(1, 1, 10, 10), Precision(1, 1.2, 10, 10)
    assert careful.smallest_difference(0.05) > right.smallest_difference(0.05)


def test_no_outcome_of_a_client_under_the_approach_is_read() -> None:
    found = town()
    exposed = found.clients["exposed"].eq(EXPOSED)
    otherwise = found.clients.copy()
    for one in SCORED:
        for column in (one.after, one.change.column):
            otherwise.loc[exposed, column] = otherwise.loc[exposed, column] * 7 + 3
    assert not otherwise.equals(found.clients)
    changed = ClientOutcomes(otherwise, found.scored, found.used)
    assert plan_of_study(changed, study(), 1) == plan_of_study(found, study(), 1)


@pytest.mark.parametrize("design", ["kind: before_after", "kind: series, started_on: 2023-01-01"])
def test_where_everybody_may_have_met_the_approach_no_later_score_is_read_at_all(design: str) -> None:
    found = town()
    otherwise = found.clients.copy()
    for one in SCORED:
        otherwise[one.change.column] = otherwise[one.change.column] * 7
    plan = plan_of_study(found, study(design), 1)
    assert plan_of_study(ClientOutcomes(otherwise, found.scored, ()), study(design), 1) == plan
    assert all(one.is_assumed and one.smallest["now"] is None for one in plan.outcomes)
    assert all(one.smallest["drawn_order_and_teams"] is not None for one in plan.outcomes)


def test_outcomes_are_tested_at_the_level_at_which_the_verdict_begins() -> None:
    assert [level for _, level in asked_outcomes(town(), study(), 1)] == [pytest.approx(0.05 / 4)] * 4


def test_more_teams_and_a_second_measurement_for_everybody_show_a_smaller_difference() -> None:
    for one in plan_of_study(town(), study(), 1).outcomes:
        now, twice, more = (one.smallest[name] for name in ("now", "everybody_twice", "twice_as_many_teams"))
        assert now is not None and twice is not None and more is not None
        assert more < now and twice < now


def test_a_difference_whose_margin_leaves_the_scale_is_none() -> None:
    one, level = asked_outcomes(town(n_teams=6, n_started=2, lost=0.5), study(), 1)[0]
    (found,) = one.precisions("now", 1)
    assert found.smallest_difference(level) < 4 < found.smallest_difference(level) + found.half_width
    assert one.smallest("now", level, 1) is None


def test_noise_is_what_was_planted() -> None:
    rng = np.random.default_rng(5)
    team, period = rng.integers(0, 60, 30_000), rng.integers(0, 8, 30_000)
    shared = rng.normal(0, 0.4, (60, 8))[team, period] + rng.normal(0, 2, 60)[team]
    found = noise_of(team, period, shared + rng.normal(0, 1.5, team.size))
    assert found is not None
    assert found.of_client == pytest.approx(1.5**2, rel=0.05)
    assert found.of_team_period == pytest.approx(0.4**2, rel=0.2)  # 420 free cells: standard error of 7 %


def test_a_team_as_a_whole_is_noise_only_where_teams_are_compared_as_they_are() -> None:
    rng = np.random.default_rng(7)
    team, period = rng.integers(0, 60, 30_000), rng.integers(0, 8, 30_000)
    values = rng.normal(0, 0.5, 60)[team] + rng.normal(0, 1, team.size)
    within, between = (noise_of(team, period, values, has_team_level=level) for level in (True, False))
    assert within is not None and between is not None
    assert within.of_team == 0 and within.of_team_period < 0.01
    assert between.of_team == pytest.approx(0.25, rel=0.5)  # 59 free teams: standard error of 18 %


def test_teams_that_differ_no_more_than_chance_share_no_noise() -> None:
    rng = np.random.default_rng(8)
    team, period = rng.integers(0, 6, 3000), rng.integers(0, 8, 3000)
    found = [noise_of(team, period, rng.normal(0, 1, 3000), has_team_level=False) for _ in range(200)]
    assert 0.1 < np.mean([one.of_team_period > 0 for one in found if one]) < 0.4  # one in four
    assert np.mean([one.of_team > 0 for one in found if one]) < 0.12  # one in twenty


def test_of_a_rate_the_noise_is_that_of_one_year() -> None:
    rng = np.random.default_rng(6)
    years = rng.uniform(0.5, 1, 20_000)
    events = rng.poisson(0.8 * years) / years
    found = noise_of(rng.integers(0, 20, 20_000), rng.integers(0, 4, 20_000), events, years)
    assert found is not None and found.of_client == pytest.approx(0.8, rel=0.05)


def layout() -> Layout:
    came_in = np.zeros((3, 4, 8))
    came_in[UNEXPOSED], came_in[EXPOSED, :2, 5:] = 10, 10
    came_in[UNEXPOSED, :2, 3:] = 0
    came_in[BETWEEN, :2, 3:5] = 10
    return Layout(came_in, np.zeros_like(came_in), came_in / 2)


def test_each_choice_changes_what_it_says() -> None:
    now = layout()
    assert now.kept == 0.5
    assert everybody_twice(now).kept == 1
    assert twice_as_many_teams(now).counted.sum() == 2 * now.counted.sum()
    year = another_year(now)
    assert year.counted.shape[2] == 10 and year.kept == 0.5
    assert (year.came_in[EXPOSED, :2, 8:] == 10).all() and (year.came_in[UNEXPOSED, 2:, 8:] == 10).all()
    under_way = Layout(now.came_in, now.came_in, now.counted)
    assert another_year(under_way).counted.sum() == 2 * now.counted.sum()


def test_a_draw_lets_half_of_the_teams_start_and_leaves_a_year_between() -> None:
    drawn = drawn_order(layout(), np.random.default_rng(1))
    assert drawn is not None
    started = drawn.came_in[EXPOSED].any(axis=1)
    assert started.sum() == 2
    assert (drawn.came_in[BETWEEN, started, 2:4] == 10).all() and not drawn.came_in[BETWEEN, ~started].any()
    assert drawn.came_in.sum() == layout().came_in.sum()


def test_a_promise_is_reached() -> None:
    """The core of the plan bench: within three simulation errors, six teams, the whole way of the product."""
    n, promised, reached = 60, [], []
    for seed in range(n):
        found = town(seed, n_teams=6, n_started=3, effect=0.7)
        one, level = asked_outcomes(found, study(), 1)[0]
        promised += [each.power(0.7, level) for each in one.precisions("now", 1)]
        reached.append(is_seen(found))
    assert len(promised) == n and 0.3 < np.mean(promised) < 0.95
    error = np.sqrt(np.mean(promised) * (1 - np.mean(promised)) / n)
    assert abs(np.mean(reached) - np.mean(promised)) <= 3 * error


def is_seen(found: ClientOutcomes) -> bool:
    """Whether the verdict over all four outcomes calls the first one demonstrable."""
    outcomes = [one.change for one in SCORED]
    values = found.clients[[one.column for one in outcomes]].to_numpy(float)
    team, period, exposed = (found.clients[name].to_numpy() for name in ("team_no", "intake_period", "exposed"))
    inference = team_inference(imputed_weights, team_cells(team, period, exposed, values, np.ones_like(values)))
    basis = with_demonstrable(outcomes, inference, [Basis(len(values), None)] * len(outcomes))[0]
    return basis.checks["demonstrable"]["holds"] is True


def test_in_a_town_without_second_measurements_first_scores_stand_in() -> None:
    found = town()
    clients = found.clients.copy()
    for one in SCORED:
        clients[[one.after, one.change.column]] = np.nan
    plan = plan_of_study(ClientOutcomes(clients, found.scored, ()), study(), 1)
    assert all(one.is_assumed for one in plan.outcomes)
    assert plan.share_measured_twice == 0


def test_a_study_that_has_just_begun_is_planned_as_if_nobody_will_be_lost() -> None:
    found = town()
    clients = found.clients.assign(first_year_complete=False)
    for one in SCORED:
        clients[[one.after, one.change.column]] = np.nan
    plan = plan_of_study(ClientOutcomes(clients, found.scored, ()), study(), 1)
    assert plan.share_measured_twice is None
    for one in plan.outcomes:
        assert one.smallest["now"] is None and one.is_assumed
        assert one.smallest["another_year"] is not None and one.smallest["drawn_order"] is not None


@pytest.mark.parametrize(
    "otherwise",
    [
        {"team_no": 0},
        {"exposed": pd.array([pd.NA], "Int8")[0]},
        {"intake_period": 3},
        {name: 2.0 for one in SCORED for name in (one.before, one.after)} | {one.change.column: 0.0 for one in SCORED},
    ],
    ids=["one team", "unknown when teams started", "one half-year", "no spread"],
)
@pytest.mark.parametrize("design", KINDS.values(), ids=KINDS)
def test_what_cannot_be_told_is_not_told(otherwise: dict[str, object], design: str) -> None:
    found = town()
    plan = plan_of_study(ClientOutcomes(found.clients.assign(**otherwise), found.scored, ()), study(design), 1)
    told = {choice for one in plan.outcomes for choice, size in one.smallest.items() if size is not None}
    assert "now" not in told or "intake_period" in otherwise
    nobody = plan_of_study(ClientOutcomes(found.clients.iloc[:0], found.scored, ()), study(design), 1)
    assert all(size is None for one in nobody.outcomes for size in one.smallest.values())
