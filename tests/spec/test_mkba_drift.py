"""The drift before the start that could not be excluded: one drift of the balance, and no amount beyond it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from data_contracts.tables.assumptions import Assumptions
from data_contracts.tables.mkba import mkba_frames
from mkba.binding.effects import drift_seen
from mkba.tables.rows import mkba_rows
from tests.mkba_case import appraised, case, line, released, sourced

ANNUITY = 4.679453  # five years at 2.25 %, at the end of each
NIGHT = 100 * 500 * ANNUITY  # euros per night fewer in each of 500 client-years
EURO = 500 * ANNUITY


def drifting(correlation: float = 0.5, care_mean: float = -60.0, **moved: tuple[float, float]) -> Any:
    """By effect how far the drift that is not excluded moves it, and how much of that was seen before the start."""
    given = released(care=care_mean)
    effects = tuple(
        replace(one, under_drift=one.mean + moved[one.id][0], drift_seen=moved[one.id][1]) if one.id in moved else one
        for one in given.effects.effects
    )
    covariance = given.effects.covariance.copy()
    covariance[0, 1] = covariance[1, 0] = correlation * np.sqrt(covariance[0, 0] * covariance[1, 1])
    return replace(given, effects=replace(given.effects, effects=effects, covariance=covariance))


def with_costs(euros: float) -> dict[str, Any]:
    data = case()
    line(data, "staff")["quantity"] = sourced(euros) | {"kind": "declared", "unit": "eur", "price_year": 2024}
    return data


def drift_row(given: Any, costs: float = 20_000.0) -> pd.Series:
    stress = mkba_frames(mkba_rows(appraised(with_costs(costs), given)))["out_mkba__stress"]
    return stress.query("alternative == 'go_on' and test == 'drift'").iloc[0]


def test_under_the_drift_that_is_not_excluded_benefits_shrink_and_losses_stay() -> None:
    found = drift_row(drifting(care_mean=+10.0, care=(-5.0, 0.0), nights=(+0.1, 0.0)), costs=1_000.0)
    # Of 0.4 nights fewer 0.3 are left; care was a loss already, and drift does not make it better.
    assert found["difference_eur"] == pytest.approx(-0.1 * NIGHT, rel=0.01)
    assert not found["changes_sign"]
    assert pd.isna(found["turns_at_share"])


@pytest.mark.parametrize(("correlation", "together"), [(1.0, 2.0), (0.5, 3**0.5), (0.0, 2**0.5)])
def test_margins_of_two_drifts_add_up_as_the_effects_hang_together(correlation: float, together: float) -> None:
    # Each by itself may take 10 euros per client-year: 0.1 nights of 100 euros, and 10 euros of care.
    found = drift_row(drifting(correlation, nights=(+0.1, 0.0), care=(+10.0, 0.0)))
    assert found["difference_eur"] == pytest.approx(-10 * together * EURO, rel=0.01)


def test_what_was_seen_of_a_drift_adds_up_whole_and_its_margin_does_not() -> None:
    seen = drift_row(drifting(0.0, nights=(+0.1, 0.1), care=(+10.0, 10.0)))
    assert seen["difference_eur"] == pytest.approx(-20 * EURO, rel=0.01)
    # A drift that was seen the other way: it hid 5 euros of care, and its margin reaches 15 further.
    other_way = drift_row(drifting(0.0, nights=(+0.1, 0.0), care=(+10.0, -5.0)))
    assert other_way["difference_eur"] == pytest.approx(-(-5 + (10**2 + 15**2) ** 0.5) * EURO, rel=0.01)


def test_a_drift_that_turns_the_balance_gives_the_share_of_it_at_which_it_is_nought_and_no_amount() -> None:
    base = float(appraised(with_costs(20_000.0), drifting()).results[0].balance.npv.mean())
    found = drift_row(drifting(nights=(+4.0, 0.0)))
    # Four nights more per client-year take ten times what the nights yield: the balance is nought long before.
    assert found["changes_sign"]
    assert found[["npv_mean_eur", "difference_eur", "prob_npv_positive"]].isna().all()
    assert found["turns_at_share"] == pytest.approx(base / (4.0 * NIGHT), rel=0.01)


def test_a_balance_below_nought_gets_no_amount_under_drift_either() -> None:
    given = drifting(care_mean=-1.0, nights=(+4.0, 0.0))
    found = drift_row(given, costs=90_000.0)
    assert not found["changes_sign"]
    assert found[["npv_mean_eur", "difference_eur", "turns_at_share"]].isna().all()


def test_the_part_that_was_seen_comes_from_the_figures_of_the_check() -> None:
    checks: Any = {
        "pre_trend": {"holds": True, "slope_per_period": -150.0},
        "drift_not_excluded": {"holds": False, "per_period": -1900.0, "estimate": 6500.0},
    }
    assert drift_seen(Assumptions(checks), -540.0) == pytest.approx(150 / 1900 * (6500 + 540))
    checks["drift_not_excluded"] = {"holds": True, "per_period": 0.0, "estimate": -540.0}
    assert drift_seen(Assumptions(checks), -540.0) == 0.0
    assert np.isnan(drift_seen(Assumptions({}), -540.0))
