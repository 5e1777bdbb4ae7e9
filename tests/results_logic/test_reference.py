"""Statistics of the results logic against outside numbers; made by tests/reference/logic.R."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from pydantic import TypeAdapter

from indicators.pooling import pooled
from indicators.results_logic.findings.association import TeamYears, ratio_of_sums, slope
from indicators.results_logic.tree.measures import AnyMeasure
from indicators.results_logic.values.formulas import values
from indicators.results_logic.values.released import Released
from tests.results_logic.figures import USE, rows_of

# Cases and others in the thirteen BCG vaccine trials (Colditz and others, 1994).
BCG_TREATED = (
    *((4, 119), (6, 300), (3, 228), (62, 13536), (33, 5036), (180, 1361), (8, 2537), (505, 87886)),
    *((29, 7470), (17, 1699), (186, 50448), (5, 2493), (27, 16886)),
)
BCG_CONTROL = (
    *((11, 128), (29, 274), (11, 209), (248, 12619), (47, 5761), (372, 1079), (10, 619), (499, 87892)),
    *((45, 7232), (65, 1600), (141, 27197), (3, 2338), (29, 17825)),
)
EXACT = 1e-6  # R prints eight decimals


def test_fieller_keeps_what_a_paired_t_test_does_not_refuse() -> None:
    upper = np.array([1.2, 0.4, 2.9, -0.3, 1.8, 0.9, 2.2, 0.1])
    lower = np.array([2.0, 0.7, 3.1, 0.2, 2.6, 1.1, 2.4, 0.5])
    assert ratio_of_sums(upper, lower, 0.95) == pytest.approx((0.73015873, 0.33179378, 0.87770438), abs=EXACT)


def test_fieller_has_no_bounds_when_the_lower_sum_may_be_zero() -> None:
    estimate, low, high = ratio_of_sums(np.array([1.0, -1.0, 0.5]), np.array([0.5, -0.4, 0.2]), 0.95)
    assert (low, high) == (-np.inf, np.inf)
    assert estimate == pytest.approx(0.5 / 0.3)


def test_the_interval_of_a_rate_is_that_of_a_poisson_regression() -> None:
    years = rows_of(
        USE,
        {"n_clients": 40, "total": 40.0, "client_years": 100.0},
        {"n_clients": 25, "total": 25.0, "client_years": 120.0, "n_clients_base": 240, "slice_value": "2023"},
    )
    measure = TypeAdapter(AnyMeasure).validate_python(
        {"name": "amount_per_year", "subject": "events", "what": "huisuitzetting"}
    )
    found = values(measure, Released(use=years, round_to=0)).iloc[0]
    assert np.log1p(found["estimate"]) == pytest.approx(-0.65232519, abs=EXACT)
    assert np.log1p(found["ci_high"]) == pytest.approx(-0.65232519 + 1.959964 * 0.25495098, abs=EXACT)


def test_the_interval_of_a_difference_of_shares_is_that_of_agresti_and_caffo() -> None:
    years = rows_of(USE, {}, {"slice_value": "2023", "n_clients": 10})
    measure = TypeAdapter(AnyMeasure).validate_python(
        {"name": "share_using", "subject": "events", "what": "huisuitzetting"}
    )
    found = values(measure, Released(use=years, round_to=0)).iloc[0]
    assert (found["ci_low"], found["ci_high"]) == pytest.approx((-0.10195195, 0.00294205), abs=EXACT)
    rounded = values(measure, Released(use=years, round_to=5)).iloc[0]
    assert rounded["ci_high"] - rounded["ci_low"] > found["ci_high"] - found["ci_low"]


def test_pooling_of_teams_is_that_of_dersimonian_and_laird() -> None:
    treated = np.array(BCG_TREATED, dtype=float)
    control = np.array(BCG_CONTROL, dtype=float)
    risks = treated[:, 0] / treated.sum(1), control[:, 0] / control.sum(1)
    variances = 1 / treated[:, 0] - 1 / treated.sum(1) + 1 / control[:, 0] - 1 / control.sum(1)
    found = pooled(np.log(risks[0] / risks[1]), variances)
    assert (found.between_variance, found.mean) == pytest.approx((0.30876026, -0.71411722), abs=EXACT)
    assert found.mean_variance**0.5 == pytest.approx(0.17874209, abs=EXACT)
    assert found.estimates[[0, 7, 12]] == pytest.approx([-0.79939097, 0.00275444, -0.14819136], abs=EXACT)
    assert found.variances[[0, 7]] ** 0.5 == pytest.approx([0.40852317, 0.06258211], abs=EXACT)


def test_eight_schools_do_not_differ_more_than_chance() -> None:
    found = pooled(np.array([28, 8, -3, 7, -1, 1, 18, 12.0]), np.array([15, 10, 16, 11, 9, 11, 10, 18.0]) ** 2)
    assert found.between_variance == 0
    assert (found.mean, found.mean_variance**0.5) == pytest.approx((7.685617, 4.071919), abs=EXACT)
    assert found.estimates == pytest.approx([found.mean] * 8)


def simulated(seed: int, true_slope: float, halo: float = 0.0) -> tuple[TeamYears, float]:
    """Forty teams over four years, and the true spread of the lower series against its team and its year."""
    rng = np.random.default_rng(seed)
    team, period = np.repeat(np.arange(40), 4), np.tile(np.arange(4), 40)
    moved = 5.0 * (period >= rng.integers(1, 5, 40)[team])
    errors = rng.multivariate_normal([0, 0], [[1, halo], [halo, 1]], 160)
    levels = rng.normal(size=(2, 40))[:, team]
    x = moved + levels[0] + errors[:, 0]
    y = true_slope * moved + levels[1] + 0.5 * period + errors[:, 1]
    table = moved.reshape(40, 4)
    left = table - table.mean(1, keepdims=True) - table.mean(0) + table.mean()
    spread = 2.563103 * float(np.sqrt((left**2).sum() / (160 - 43)))
    ones = np.ones(160)
    return TeamYears(x, y, ones, ones, team, period, np.empty((160, 0))), spread


def test_error_in_the_lower_series_does_not_pull_the_slope_to_zero() -> None:
    slopes = [slope(simulated(seed, 1.0)[0], 0.0, 0.95).estimate for seed in range(40)]
    assert np.mean(slopes) == pytest.approx(1.0, abs=0.05)
    sure = [replace(simulated(seed, 1.0)[0], variance_x=np.full(160, 1e-9)) for seed in range(40)]
    assert np.mean([slope(cells, 0.0, 0.95).estimate for cells in sure]) < 0.85


def test_errors_that_two_scores_share_are_no_association() -> None:
    seen = [simulated(seed, 0.0, halo=0.5)[0] for seed in range(40)]
    assert np.mean([slope(cells, 0.5, 0.95).estimate for cells in seen]) == pytest.approx(0.0, abs=0.03)
    assert np.mean([slope(cells, 0.0, 0.95).estimate for cells in seen]) > 0.05


def test_the_interval_holds_the_true_slope_as_often_as_it_says() -> None:
    found = [slope(simulated(seed, 1.0)[0], 0.0, 0.95) for seed in range(200)]
    held = np.mean([one.low <= 1.0 <= one.high for one in found])
    assert 0.90 <= held <= 0.99  # 200 draws of 0.95 lie within 0.03 of it


def test_the_spread_is_without_the_sampling_error() -> None:
    found = [
        (slope(cells, 0.0, 0.95).spread_x, spread) for cells, spread in (simulated(seed, 1.0) for seed in range(40))
    ]
    assert np.mean([ours for ours, _ in found]) == pytest.approx(np.mean([truth for _, truth in found]), rel=0.03)
