"""Discounting against closed forms and published cases."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mkba.balance.discounting import (
    Timing,
    annuity,
    discount_factor,
    equivalent_annual,
    yearly_factors,
)


def present_value(amounts: list[float], rate: float, timing: Timing = "end") -> float:
    """Of one amount a year, the first in the base year."""
    return float(np.asarray(amounts) @ yearly_factors(len(amounts), rate, timing))


def test_annuity_is_the_closed_form_at_every_timing() -> None:
    rate, years = 0.0225, 10
    closed = (1 - (1 + rate) ** -years) / rate
    assert annuity(rate, years, "end") == pytest.approx(closed, abs=1e-12)
    assert annuity(rate, years, "mid") == pytest.approx(closed * (1 + rate) ** 0.5, abs=1e-12)
    assert annuity(rate, years, "start") == pytest.approx(closed * (1 + rate), abs=1e-12)
    assert [annuity(rate, years, when) for when in ("end", "mid", "start")] == pytest.approx(
        [8.866216, 8.965406, 9.065706], abs=5e-7
    )


@pytest.mark.parametrize(
    ("rate", "years", "value"),
    [
        (0.0225, 5, 4.679453),
        (0.0225, 20, 15.963712),
        (0.0225, 30, 21.645330),
        (0.055, 10, 7.537626),
        (0.03, 10, 8.530203),
        (0.016, 10, 9.173518),
        (0.029, 10, 8.573902),
        (0.035, 30, 18.3920454),
    ],
)
def test_annuities_of_the_method_note(rate: float, years: int, value: float) -> None:
    assert annuity(rate, years) == pytest.approx(value, abs=5e-7)


def test_factors_at_the_dutch_rate() -> None:
    assert discount_factor([1, 5, 10, 20], 0.0225) == pytest.approx(
        [0.977995110, 0.894712320, 0.800510130, 0.640816470], abs=5e-9
    )


def test_greenbook_case_of_an_investment_and_five_payments() -> None:
    value = present_value([-100, 30, 30, 30, 30, 30], 0.035, "start")
    assert value == pytest.approx(35.4515713, abs=5e-8)
    assert equivalent_annual(value, 0.035, 5) == pytest.approx(7.8518627, abs=5e-8)


def test_greenbook_appraisal_with_optimism_bias_and_excess_burden() -> None:
    costs = 100 * (1 + 0.20 * (1 - 0.5)) * 1.20
    benefits = present_value([0.0] + [10.0] * 29, 0.035, "start")
    assert costs == pytest.approx(132)
    assert benefits == pytest.approx(180.357670, abs=5e-7)
    assert benefits - costs == pytest.approx(48.357670, abs=5e-7)
    assert benefits / costs == pytest.approx(1.366346, abs=5e-7)


def test_a_rate_of_zero_counts_years_and_a_negative_rate_lets_value_grow() -> None:
    assert annuity(0.0, 7) == 7
    assert discount_factor(10, -0.01) > 1
    with pytest.raises(ValueError, match="above -1"):
        discount_factor(1, -1.0)


@given(st.floats(-0.05, 0.2), st.integers(1, 60))
def test_present_value_of_one_a_year_is_the_annuity(rate: float, years: int) -> None:
    assert present_value([1.0] * years, rate) == pytest.approx(annuity(rate, years), rel=1e-12)
    assert yearly_factors(years, rate, "start")[0] == 1
