"""Design D: one series, one step, never more than an indication."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import ESTIMATES
from indicators.effects.estimates import Outcome
from indicators.series.estimates import series_estimate

SERIES = pd.read_csv(Path(__file__).parents[1] / "reference" / "causal" / "series.csv")
REFERRALS = Outcome("referrals", "provisions", "referral", what="wmo", moment_from="before", moment_to="after")


def estimated(values: np.ndarray, start: int = 36) -> pd.DataFrame:
    return series_estimate(values, start, REFERRALS, 500, np.arange(values.size) % 12)


def test_a_planted_step_is_found_and_stamped_an_indication() -> None:
    found = estimated(SERIES["value"].to_numpy())
    assert broken_rules(ESTIMATES, found) == {}
    assert found.loc[0, ["stamp", "n_clients"]].tolist() == ["indication", 500]
    assert found["ci_low"][0] < -4 < found["ci_high"][0] < 0


def test_periods_that_are_left_out_do_not_bend_the_trend_into_a_step() -> None:
    month = np.delete(np.arange(72), np.arange(36, 48))
    rising = 50 + 0.5 * month + np.random.default_rng(4).normal(0, 0.5, 60)
    blind, aware = (series_estimate(rising, 36, REFERRALS, 500, left_out=gap) for gap in (0, 12))
    assert blind["ci_low"][0] > 2
    assert aware["ci_low"][0] < 0 < aware["ci_high"][0]


def test_a_step_where_nothing_happened_is_no_larger_than_at_placebo_starts() -> None:
    quiet = np.random.default_rng(8).normal(50, 1, 60)
    assert json.loads(estimated(quiet)["assumptions"][0])["placebo_starts"]["holds"] is False


def test_the_true_start_is_no_placebo_and_one_placebo_can_show_nothing() -> None:
    """Nine months before: one other start is possible. Its step is not as large, and that is 0 of 1, not half."""
    values = np.random.default_rng(8).normal(50, 1, 40) - 8 * (np.arange(40) >= 9)
    checks = json.loads(series_estimate(values, 9, REFERRALS, 500)["assumptions"][0])
    assert checks["placebo_starts"] == {"holds": None, "n_starts": 1, "n_as_large": 0, "p_value": 0.5}


@pytest.mark.parametrize(
    ("values", "reason"), [(np.arange(40.0), "te kort"), (np.ones(60), "verandert nergens")], ids=["short", "flat"]
)
def test_a_series_that_cannot_show_a_step_is_refused(values: np.ndarray, reason: str) -> None:
    assert reason in estimated(values)["refused_because"][0]
