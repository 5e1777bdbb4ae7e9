"""Figures of effects that can be worked out on paper: who counts in which cell, how sure, and who is filled in."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy

from data_contracts.tables.assumptions import Assumptions
from data_contracts.vocabulary.field import Stamp
from indicators.effects.before_after_estimates import before_after_estimates, mean_weights
from indicators.effects.demonstrable import with_demonstrable
from indicators.effects.estimates import Basis, Outcome, differ_too_little, rounded
from indicators.effects.evidence import stamp_of
from indicators.effects.exposure import whole_years
from indicators.effects.few_teams import TeamInference, inference_of, left_out_weights
from indicators.effects.group_differences import GroupEffect, compared, difference, margin
from indicators.effects.logistic import fitted_probability
from indicators.effects.missing import imputations, pooled, weights_of_measured
from indicators.effects.team_cells import TeamCells, exposure_of, half_year_of, team_cells


def of_teams(values: list[float], clients: list[float]) -> TeamCells:
    """One period, nobody in the new way."""
    mean = np.stack([np.array(values), np.zeros(len(values))])[:, :, None]
    weight = np.stack([np.array(clients), np.zeros(len(values))])[:, :, None]
    whole = np.ones((len(values), 1), dtype=bool)
    return TeamCells(np.arange(len(values)), np.arange(1), mean, weight, whole)


def test_over_equal_teams_the_interval_is_that_of_one_sample() -> None:
    """Student (1908): mean, sd / sqrt(n), n - 1 degrees of freedom."""
    values = [1.0, 4.0, 2.0, 7.0, 3.5]
    found = TeamInference.of([inference_of(mean_weights, of_teams(values, [6.0] * 5))])
    assert found.estimate == pytest.approx([3.5])
    assert found.standard_error == pytest.approx([np.std(values, ddof=1) / np.sqrt(5)])
    assert found.degrees_of_freedom == pytest.approx([4])
    assert found.half_width() == pytest.approx(2.776445 * found.standard_error)
    assert found.p_value == pytest.approx([scipy.stats.ttest_1samp(values, 0).pvalue])


def test_leaving_out_a_team_moves_the_mean_to_that_of_the_others() -> None:
    """Of 10, 30 and 60 clients at 1, 2 and 4 the mean is 3.1; without the last it is 1.75."""
    cells = of_teams([1.0, 2.0, 4.0], [10.0, 30.0, 60.0])
    weights, left_out = left_out_weights(mean_weights, cells)
    assert weights @ cells.mean.ravel() == pytest.approx(3.1)
    assert left_out @ cells.mean.ravel() + 3.1 == pytest.approx([300 / 90, 250 / 70, 70 / 40])


def test_of_no_outcomes_there_are_no_figures() -> None:
    nothing = TeamInference.of([])
    assert nothing.estimate.size == nothing.standard_error.size == nothing.p_value.size == 0


def test_a_cell_holds_clients_of_one_team_one_half_year_and_one_side() -> None:
    team, period = np.array([7, 7, 7, 9, 9, 9]), np.array([1, 1, 2, 1, 2, 2])
    exposed = np.array([0, 0, 1, 0, -1, 0], dtype=np.int8)
    values = np.array([[1.0], [3.0], [5.0], [np.nan], [9.0], [2.0]])
    cells = team_cells(team, period, exposed, values, np.ones_like(values)).outcome(0)
    assert (cells.teams.tolist(), cells.periods.tolist()) == ([7, 9], [1, 2])
    assert cells.mean.tolist() == [[[2, 0], [0, 2]], [[0, 5], [0, 0]]]
    assert cells.weight.tolist() == [[[2, 0], [0, 1]], [[0, 1], [0, 0]]]
    # Somebody in team 9 had met the new approach in part, somebody in team 7 whole.
    assert cells.whole.tolist() == [[True, False], [True, False]]


def test_a_rate_is_events_over_years() -> None:
    """Two events in half a year and one in a year and a half: three in two years."""
    values, years = np.array([[4.0], [1 / 1.5]]), np.array([[0.5], [1.5]])
    both = np.zeros(2, dtype=np.int64)
    cells = team_cells(both, both, both, values, years).outcome(0)
    assert (cells.mean[0, 0, 0], cells.weight[0, 0, 0]) == pytest.approx((1.5, 2.0))


@pytest.mark.parametrize(
    ("intake", "expected"),
    [("2023-07-01", 1), ("2023-06-30", None), ("2022-07-02", None), ("2022-07-01", 0), ("2020-01-01", 0)],
)
def test_who_comes_in_on_the_day_is_in_and_who_was_done_on_it_is_out(intake: str, expected: int | None) -> None:
    """A start on 1 July 2023 and a year until the outcome."""
    found = exposure_of(pd.Series(pd.to_datetime([intake])), pd.Series(pd.to_datetime(["2023-07-01"])), 12)
    assert found.isna().item() if expected is None else found.item() == expected


def test_who_is_in_a_team_that_never_starts_is_out() -> None:
    assert exposure_of(pd.Series(pd.to_datetime(["2023-07-01"])), pd.Series([pd.NaT]), 12).item() == 0


def test_the_second_half_year_begins_in_july() -> None:
    days = pd.Series(pd.to_datetime(["2021-01-01", "2021-06-30", "2021-07-01", "2021-12-31", "2022-01-01"]))
    assert half_year_of(days).tolist() == [4042, 4042, 4043, 4043, 4044]


def test_a_year_is_whole_with_its_first_and_its_last_quarter() -> None:
    days = pd.to_datetime(["2020-04-01", "2020-12-31", "2021-03-31", "2021-10-01", "2022-01-01", "2022-09-30"])
    assert whole_years(pd.Series(days)) == {2021}


@pytest.mark.parametrize(("freedom", "stamp"), [(4.0, Stamp.STRONG_COMPARISON), (3.9, Stamp.COMPARISON)])
def test_a_staggered_start_stands_from_four_degrees_of_freedom(freedom: float, stamp: Stamp) -> None:
    assert stamp_of("staggered", Assumptions({"teams": {"holds": None, "degrees_of_freedom": freedom}})) is stamp


def test_a_check_that_fails_leaves_an_indication_and_an_unknown_one_lowers_nothing() -> None:
    for holds, stamp in ((False, Stamp.INDICATION), (None, Stamp.STRONG_COMPARISON), (True, Stamp.STRONG_COMPARISON)):
        assert stamp_of("staggered", Assumptions({"pre_trend": {"holds": holds}})) is stamp
        # What is asked of another design says nothing here.
        assert stamp_of("staggered", Assumptions({"overlap": {"holds": holds}})) is Stamp.STRONG_COMPARISON


def test_nine_who_differ_are_too_few_in_a_score_and_one_is_enough_in_use() -> None:
    def values(different: int) -> np.ndarray:
        return np.append(np.zeros(100), np.arange(1.0, different + 1))

    assert (differ_too_little(values(9)), differ_too_little(values(10))) == (True, False)
    assert differ_too_little(values(0), is_score=False) and not differ_too_little(values(1), is_score=False)
    assert differ_too_little(np.array([]))


def test_a_figure_has_four_decimals_or_is_not_there() -> None:
    assert rounded(1.23456) == 1.2346
    assert rounded(float("nan")) is None and rounded(float("inf")) is None and rounded(None) is None
    assert rounded(0.0) == 0.0


@pytest.mark.parametrize(
    ("outcome", "widest"),
    [
        (Outcome("a", "zrm", "points", "finances"), 4.0),
        (Outcome("a", "zrm", "share", "finances"), np.inf),
        (Outcome("a", "solutions", "share"), 1.0),
        (Outcome("a", "events", "event"), np.inf),
    ],
)
def test_two_scores_of_one_to_five_differ_by_at_most_four(outcome: Outcome, widest: float) -> None:
    assert outcome.widest == widest


def test_before_and_after_of_one_team_is_the_paired_t_test_over_its_clients() -> None:
    change = np.tile([1.0, 0, 2, -1, 1, 0, 1, 2, 0, 1, -1, 2, 0, 1, 1], 2)
    clients = pd.DataFrame({"client_no": range(30), "team_no": 3, "change": change})
    (row,) = before_after_estimates(clients, [Outcome("change", "zrm", "points", "finances")]).estimates.to_dict(
        "records"
    )
    error = change.std(ddof=1) / np.sqrt(30)
    assert (row["estimate"], row["se"]) == pytest.approx((change.mean(), error))
    assert row["ci_high"] - row["estimate"] == pytest.approx(2.045230 * error)
    assert Assumptions.of(row["assumptions"]).number("teams", "total") == 1


def test_with_one_yes_or_no_the_chance_is_the_share_among_those_alike() -> None:
    alike = np.repeat([0.0, 1.0], [10, 20])
    happened = np.concatenate([np.arange(10) < 4, np.arange(20) < 5])
    assert fitted_probability(alike[:, None], happened) == pytest.approx(np.where(alike == 0, 0.4, 0.25))
    assert np.isnan(fitted_probability(alike[:, None], alike == 1)).all()


def test_who_was_measured_stands_for_those_alike_who_were_not() -> None:
    """Of 100 low 50 were measured and of 100 high all but 20: 65 % of all over 50 % and over 80 %."""
    low = np.repeat([1.0, 0.0], 100)
    measured = np.concatenate([np.arange(100) < 50, np.arange(100) < 80])
    weights = weights_of_measured(low[:, None], measured)
    assert np.isnan(weights[~measured]).all()
    assert weights[measured] == pytest.approx(np.where(low == 1, 0.65 / 0.5, 0.65 / 0.8)[measured])
    assert weights_of_measured(low[:, None], np.ones(200, dtype=bool)).tolist() == [1] * 200


def filled(known: list[float], at: float, **options: Any) -> np.ndarray:
    """What a client at `at` gets, where the value is exactly the predictor."""
    predictors = np.array([*known, at])[:, None]
    values = np.array([*known, np.nan])
    return imputations(predictors, values, seed=4, **options)[:, -1]


def test_a_gap_is_filled_by_one_of_the_five_nearest_each_as_likely() -> None:
    """Little (1988). At 4.2 among 0 to 9 these are 2 to 6; of a thousand draws each has about two hundred."""
    drawn, times = np.unique(filled([float(at) for at in range(10)], 4.2, n_imputations=1_000), return_counts=True)
    assert drawn.tolist() == [2, 3, 4, 5, 6]
    assert times == pytest.approx([200] * 5, abs=4 * np.sqrt(1_000 * 0.2 * 0.8))


def test_with_fewer_than_five_measured_each_may_give_its_value() -> None:
    assert set(filled([0.0, 1.0, 2.0], 9.0, n_imputations=200)) == {0, 1, 2}
    assert set(filled([3.0], 9.0, n_imputations=5)) == {3}


def test_what_differs_between_imputations_is_added_to_the_variance() -> None:
    """Rubin (1987): within 4, between 2 over two imputations: 4 + 1.5 x 2."""
    found = pooled(np.array([1.0, 3.0]), np.array([3.0, 5.0]), 50)
    assert (found.estimate, found.variance) == pytest.approx((2.0, 7.0))
    share = 3 / 7
    old, seen = 1 / share**2, 51 / 53 * 50 * (1 - share)
    assert found.degrees_of_freedom == pytest.approx(old * seen / (old + seen))
    alike = pooled(np.array([2.0, 2.0]), np.array([4.0, 4.0]), 50)
    assert (alike.variance, alike.degrees_of_freedom) == pytest.approx((4.0, 51 / 53 * 50))


def group(moves: list[float], weight: float, estimate: float) -> GroupEffect:
    """An effect on four teams of two clients; each team moves it so much when it is left out."""
    clients, weights = np.full(4, 2.0), np.full(4, 0.25)
    left_out = (1 - np.eye(4)) / 3 - weights
    return GroupEffect(estimate, np.array(moves), weights, left_out, clients, weight)


def test_where_groups_do_not_differ_each_has_the_effect_and_the_margin_of_the_whole() -> None:
    whole = group([0.1, -0.2, 0.1, 0.0], 30, 0.4)
    found = compared([group([0.3, -0.3, 0.2, -0.2], 10, 0.41), group([0.2, 0.1, -0.2, -0.1], 20, 0.39)], whole)
    half_width, freedom = margin(whole)
    assert freedom == pytest.approx(3)
    assert found.effect == pytest.approx([0.4, 0.4])
    assert found.half_width == pytest.approx([half_width] * 2)
    assert found.p_value[0] == found.p_value[1] > 0.5


def test_a_group_is_held_against_the_mean_of_the_others_by_their_people() -> None:
    """1.0 beside 0.5 on ten people and 0.2 on twenty: 1.0 - 0.3."""
    of = [group([0.1, -0.1, 0.2, -0.2], weight, effect) for weight, effect in ((5, 1.0), (10, 0.5), (20, 0.2))]
    assert difference(of, 0).estimate == pytest.approx([0.7])
    assert difference(of, 2).estimate == pytest.approx([0.2 - (5 * 1.0 + 10 * 0.5) / 15])
    # What all groups have in common falls out of the difference.
    assert difference(of, 0).standard_error == pytest.approx([0], abs=1e-12)


def test_a_part_that_is_its_whole_is_no_outcome_more() -> None:
    """Two parts of p = 0.02 beside a third that is the whole: Holm over two gives 0.04, over three 0.06."""
    whole = Outcome("all", "provisions", "eur", what="alles")
    parts = [Outcome(name, "provisions", "eur", what=name, part_of="all") for name in ("copy", "one", "other")]
    freedom = 40.0
    estimate = scipy.stats.t.isf(np.array([0.03, 0.03, 0.02, 0.02]) / 2, freedom)
    deviation = np.array([[0.6, 0.6, 0.8, 0.0], [0.8, 0.8, 0.6, 1.0]])
    found = TeamInference(estimate, deviation, np.full(4, freedom))
    bases = with_demonstrable([whole, *parts], found, [Basis(100, None)] * 4)
    after = [basis.checks["demonstrable"] for basis in bases]
    assert [one["p_value"] for one in after] == pytest.approx([0.03, 0.03, 0.02, 0.02])
    assert [one["p_value_adjusted"] for one in after] == pytest.approx([0.03, 0.03, 0.04, 0.04])
    assert all(one["holds"] for one in after)
    # As soon as it differs in one team it is a part like any other.
    apart = TeamInference(estimate, deviation + np.array([[0, 0.001, 0, 0], [0, 0, 0, 0]]), np.full(4, freedom))
    held = [
        one.checks["demonstrable"]["holds"] for one in with_demonstrable([whole, *parts], apart, [Basis(9, None)] * 4)
    ]
    assert held == [True, False, False, False]
