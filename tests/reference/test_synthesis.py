"""The synthesis of municipalities equals R metafor (Paule-Mandel, Hartung-Knapp, Q-profile): values by synthesis.R."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.errors import ContractBroken
from indicators.synthesis.elsewhere import in_the_light_of_others
from indicators.synthesis.expectation import spreads
from indicators.synthesis.features import feature_difference
from indicators.synthesis.random_effects import synthesis

EXPECTED = pd.read_csv(Path(__file__).with_name("synthesis.csv"))


def given(name: str) -> tuple[np.ndarray, np.ndarray, pd.Series]:
    rows = EXPECTED[EXPECTED["name"] == name]
    return rows["estimate"].to_numpy(), rows["variance"].to_numpy(), rows.iloc[0]


@pytest.mark.parametrize("name", EXPECTED["name"].unique())
def test_mean_interval_and_spread_equal_metafor(name: str) -> None:
    estimates, variances, expected = given(name)
    found = synthesis(estimates, variances)
    assert found is not None
    figures = ("between", "mean", "se", "low", "high", "p_value")
    # statsmodels stops at 1e-5 of its estimating equation
    assert [getattr(found, one) for one in figures] == pytest.approx(expected[list(figures)].tolist(), rel=1e-5)


@pytest.mark.parametrize("name", EXPECTED["name"].unique())
def test_the_doubt_about_the_spread_equals_the_q_profile_of_metafor(name: str) -> None:
    estimates, variances, expected = given(name)
    high, low = np.sqrt(spreads(estimates, variances, np.array([0.025, 0.975])))
    # read from a grid: a hundredth off at most
    assert (low, high) == pytest.approx((expected["between_low"], expected["between_high"]), rel=0.01)


def test_a_next_trial_of_cisapride_may_expect_what_was_published() -> None:
    """Nagashima e.a. 2019 on Hartung and Knapp 2001: odds ratio 4.141, of a next trial 0.533 to 33.692.

    By another estimator of the spread (DerSimonian and Laird) and by lot, so close and not equal; with one value for
    the spread it would be 0.61 to 27.9 here.
    """
    of_treated = [(15, 16), (12, 16), (29, 34), (42, 56), (14, 22), (44, 54), (14, 17), (29, 58), (10, 14), (17, 26)]
    of_others = [(9, 16), (1, 16), (18, 34), (31, 56), (6, 22), (17, 55), (7, 15), (23, 58), (3, 15), (6, 27)]
    of_treated += [(38, 44), (19, 29), (21, 38)]
    of_others += [(12, 45), (22, 30), (19, 38)]
    (better, treated), (better_too, others) = np.array(of_treated).T, np.array(of_others).T
    cells = np.stack([better, treated - better, better_too, others - better_too]) + 0.5
    odds = np.log(cells)
    found = synthesis(odds[0] - odds[1] - odds[2] + odds[3], (1 / cells).sum(axis=0))
    assert found is not None
    assert np.exp(found.mean) == pytest.approx(4.141, rel=0.005)
    assert (found.expected_low, found.expected_high) == pytest.approx(np.log([0.533, 33.692]), abs=0.06)


def test_the_difference_between_two_kinds_of_trials_equals_metafor() -> None:
    estimates, variances, _ = given("bcg")
    by_lot = np.array([1, 1, 1, 1, 0, 0, 1, 1, 1, 0, 0, 0, 0], dtype=bool)
    found = feature_difference(estimates, variances, by_lot)
    (expected,) = pd.read_csv(Path(__file__).with_name("synthesis_feature.csv")).to_dict("records")
    assert found is not None
    assert (found.n_with, found.n_without) == (7, 6)
    assert {name: getattr(found, name) for name in expected} == pytest.approx(expected, rel=1e-6)


def test_nobody_knows_a_next_one_better_than_the_mean() -> None:
    for name in EXPECTED["name"].unique():
        found = synthesis(*given(name)[:2])
        assert found is not None
        assert found.expected_low <= found.low < found.high <= found.expected_high


@pytest.mark.parametrize("variance", [np.nan, np.inf, 0.0, -1.0])
@pytest.mark.parametrize(
    "weigh",
    [
        synthesis,
        lambda estimates, variances: feature_difference(estimates, variances, np.arange(6) > 2),
        lambda estimates, variances: in_the_light_of_others(estimates, variances, 3, 1.0),
    ],
    ids=["all together", "a feature", "one beside the others"],
)
def test_a_figure_that_cannot_be_weighed_is_never_weighed(variance: float, weigh: Callable[..., object]) -> None:
    with pytest.raises(ContractBroken, match="zonder marge"):
        weigh(np.arange(6.0), np.array([variance, *[1.0] * 5]))
