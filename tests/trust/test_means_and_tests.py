"""Means, intervals and tests never tell more than the counts beside them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from municipality import one_block


def with_means(n: int, up: int, equal: int, down: int, **figures: float) -> pd.DataFrame:
    frame = one_block([("all", "all", n, up, equal, down)])
    usual = {"mean_before": 2.512, "mean_after": 2.934, "mean_change": 0.4219, "mean_change_low": 0.151}
    usual |= {"mean_change_high": 0.649, "effect_size": 0.4444, "p_value": 0.00002}
    return frame.assign(**(usual | figures), method="pratt_normal")


def means_of(n: int, before: int, after: int) -> dict[str, float]:
    """The means of clients whose scores add up to these."""
    return {"mean_before": before / n, "mean_after": after / n, "mean_change": (after - before) / n}


def test_means_have_one_decimal_and_two_from_fifty_clients(gate) -> None:
    few = gate(with_means(48, 20, 16, 12)).frame.iloc[0]
    many = gate(with_means(60, 25, 20, 15, **means_of(60, 152, 177))).frame.iloc[0]
    assert (few["mean_before"], few["mean_change"]) == (2.5, 0.4)
    assert (many["mean_before"], many["mean_change"]) == (2.53, 0.42)


def test_means_that_go_with_one_number_of_clients_lose_a_decimal(gate) -> None:
    """Of 58 to 62 clients only 60 can have 2.52 before, 2.93 after and 0.42 between, in whole scores."""
    shown = gate(with_means(60, 25, 20, 15, **means_of(60, 151, 176))).frame.iloc[0]
    assert (shown["mean_before"], shown["mean_after"], shown["mean_change"]) == (2.5, 2.9, 0.4)


def test_means_that_go_with_one_number_also_in_one_decimal_stay_away(gate) -> None:
    """Of 25 to 29 clients only 27 has 2.1 before, 3.1 after and 0.9 between; of 10 to 12 only 11 has 2.4, 2.6, 0.3."""
    for n, before, after in ((27, 58, 83), (11, 26, 29)):
        shown = gate(with_means(n, n, 0, 0, **means_of(n, before, after))).frame.iloc[0]
        assert shown[["mean_before", "mean_after", "mean_change", "mean_change_low"]].isna().all()
        assert shown["n_clients"] == n // 5 * 5 + 5 * (n % 5 > 2)


def test_an_interval_is_rounded_outward(gate) -> None:
    shown = gate(with_means(48, 20, 16, 12)).frame.iloc[0]
    assert (shown["mean_change_low"], shown["mean_change_high"]) == (0.1, 0.7)


def test_beside_a_hidden_part_a_mean_has_one_decimal_and_no_test_is_shown(gate) -> None:
    shown = gate(with_means(60, 30, 25, 5)).frame.iloc[0]
    assert shown["n_down_status"] == "below"
    assert shown["mean_change"] == 0.4
    assert shown[["p_value", "effect_size"]].isna().all()
    assert shown["method"] == "none"


def test_the_smallest_p_value_that_is_shown_is_one_in_a_thousand(gate) -> None:
    shown = gate(with_means(60, 25, 20, 15)).frame.iloc[0]
    assert (shown["p_value"], shown["effect_size"]) == (0.001, 0.4)


def test_no_interval_where_nearly_all_went_the_same_way(gate) -> None:
    shown = gate(with_means(60, 55, 3, 2, mean_change=1.0, mean_change_low=1.0, mean_change_high=1.0)).frame.iloc[0]
    assert shown["n_up_status"] == "above"
    assert np.isnan(shown["mean_change_low"])


@pytest.mark.parametrize(("mean", "is_shown"), [(1.0, False), (1.15, False), (1.5, True), (4.5, True), (5.0, False)])
def test_a_mean_at_the_end_of_its_scale_is_not_shown(gate, mean: float, is_shown: bool) -> None:
    # 60 clients at 1.15 are 9 points from all having the lowest score.
    sufficient = round(60 * (mean - 1) / 4)
    frame = with_means(60, 25, 20, 15, mean_before=mean).assign(n_sufficient_before=sufficient)
    assert pd.notna(gate(frame).frame["mean_before"].iloc[0]) == is_shown


@pytest.mark.parametrize("subject", ["zrm_youth", "zrm_household"])
def test_a_mean_of_youth_or_households_is_held_against_its_scale_too(gate, subject: str) -> None:
    frame = with_means(60, 25, 20, 15, mean_before=1.0).assign(n_sufficient_before=0, subject=subject)
    assert pd.isna(gate(frame).frame["mean_before"].iloc[0])


def test_a_mean_that_gives_a_hidden_part_away_is_not_shown(gate) -> None:
    # At most 42 clients at 1.35 have 14.7 points above 1, and sufficient takes three: 0 to 4 are sufficient.
    tells = with_means(40, 15, 13, 12, mean_before=1.26).assign(n_sufficient_before=2)
    tells_little = with_means(40, 15, 13, 12, mean_before=2.4).assign(n_sufficient_before=2)
    assert pd.isna(gate(tells).frame["mean_after"].iloc[0])
    assert gate(tells_little).frame["mean_before"].iloc[0] == 2.4


def test_a_mean_that_its_own_counts_contradict_is_not_shown(gate) -> None:
    frame = with_means(60, 25, 20, 15, mean_before=1.5).assign(n_sufficient_before=40)
    assert pd.isna(gate(frame).frame["mean_before"].iloc[0])
