"""Design D: one series, one step, never more than an indication."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import signal, stats

from data_contracts.contract import broken_rules
from data_contracts.demonstrable import NONE, shows
from data_contracts.tables.estimates import ESTIMATES
from indicators.effects.estimates import Outcome
from indicators.series.estimates import series_step, step_rows

SERIES = pd.read_csv(Path(__file__).parents[1] / "reference" / "causal" / "series.csv")
REFERRALS = Outcome("referrals", "provisions", "referral", what="wmo", moment_from="before", moment_to="after")


def estimated(values: np.ndarray, start: int = 36) -> pd.DataFrame:
    return step_rows([REFERRALS], [series_step(values, start, 500, np.arange(values.size) % 12)])


def test_a_planted_step_is_found_and_stamped_an_indication() -> None:
    found = estimated(SERIES["value"].to_numpy())
    assert broken_rules(ESTIMATES, found) == {}
    assert found.loc[0, ["stamp", "n_clients"]].tolist() == ["indication", 500]
    assert found["ci_low"][0] < -4 < found["ci_high"][0] < 0


def test_periods_that_are_left_out_do_not_bend_the_trend_into_a_step() -> None:
    month = np.delete(np.arange(72), np.arange(36, 48))
    rising = 50 + 0.5 * month + np.random.default_rng(4).normal(0, 0.5, 60)
    blind, aware = (step_rows([REFERRALS], [series_step(rising, 36, 500, left_out=gap)]) for gap in (0, 12))
    assert blind["ci_low"][0] > 2
    assert aware["ci_low"][0] < 0 < aware["ci_high"][0]


def test_a_step_where_nothing_happened_is_no_larger_than_at_placebo_starts() -> None:
    quiet = np.random.default_rng(8).normal(50, 1, 60)
    assert json.loads(estimated(quiet)["assumptions"][0])["placebo_starts"]["holds"] is False


def test_the_true_start_is_no_placebo_and_one_placebo_can_show_nothing() -> None:
    """Nine months before: one other start is possible. Its step is not as large, and that is 0 of 1, not half."""
    values = np.random.default_rng(8).normal(50, 1, 40) - 8 * (np.arange(40) >= 9)
    checks = series_step(values, 9, 500)[1].checks
    assert checks["placebo_starts"] == {"holds": None, "n_starts": 1, "n_as_large": 0, "p_value": 0.5}


@pytest.mark.parametrize(
    ("values", "reason"), [(np.arange(40.0), "te kort"), (np.ones(60), "verandert nergens")], ids=["short", "flat"]
)
def test_a_series_that_cannot_show_a_step_is_refused(values: np.ndarray, reason: str) -> None:
    assert reason in estimated(values)["refused_because"][0]


def test_an_interval_holds_the_truth_as_often_as_it_says_when_errors_carry_over_and_a_year_is_left_out() -> None:
    """Satterthwaite's degrees of freedom mind that the correlation is fitted; without them about 88 of 100 hold it."""
    rng, held = np.random.default_rng(11), 0
    for _ in range(300):
        error = signal.lfilter([1], [1, -0.4], rng.normal(size=148))[100:]
        one = step_rows([REFERRALS], [series_step(np.delete(error, np.s_[18:30]), 18, 500, left_out=12)]).iloc[0]
        held += one["ci_low"] <= 0 <= one["ci_high"] or one["refused_because"] is not None
    assert stats.binomtest(held, 300, 0.95, alternative="less").pvalue > 0.05


def test_a_step_is_demonstrable_only_among_all_series_that_were_looked_at() -> None:
    """Of twelve series in which nothing happens one step clears zero by itself; that is no more than chance gives."""
    rng = np.random.default_rng(3)
    outcomes = [replace(REFERRALS, column=f"kind {number}", what=f"kind {number}") for number in range(12)]
    found = step_rows(outcomes, [series_step(rng.normal(size=60), 36, 500) for _ in outcomes])
    assert ((found["ci_low"] > 0) | (found["ci_high"] < 0)).any()
    assert shows(found).tolist() == [NONE] * 12
