"""Mee-Chua over a range of means equals lm() in R on the published language test. Values: regression_to_mean.R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.change.regression_to_mean import regression_to_mean
from indicators.counts.pair_counts import PAIR

EXPECTED = pd.read_csv(Path(__file__).with_name("regression_to_mean.csv"))
KEY = dict(zip(PAIR, ("zrm", "finances", "all", "all", "first", "last"), strict=True))


def test_language_test_of_mee_and_chua_1991() -> None:
    before, after = (45, 52, 63, 68, 57, 55, 60, 59), (49, 50, 70, 71, 53, 61, 62, 67)
    people = pd.DataFrame({"score_from": before, "score_to": after, "n_clients": 1}).assign(**KEY)
    found = regression_to_mean(people, EXPECTED["mean"].tolist())
    assert found["change_beyond_regression"].to_numpy() == pytest.approx(EXPECTED["change"].to_numpy())
    assert found["p_value"].to_numpy() == pytest.approx(EXPECTED["p_value"].to_numpy(), abs=1e-8)
    assert found[["change_low", "change_high"]].to_numpy() == pytest.approx(EXPECTED[["low", "high"]].to_numpy())
    assert found["p_value"].iloc[0] == pytest.approx(0.103579, abs=1e-6)


def test_nothing_is_said_without_spread_before() -> None:
    alike = pd.DataFrame({"score_from": [2, 2], "score_to": [2, 4], "n_clients": [9, 9]}).assign(**KEY)
    assert regression_to_mean(alike)[["change_beyond_regression", "p_value"]].isna().all().all()


def test_pure_regression_is_not_called_change() -> None:
    """True scores do not move; at the true mean the test rejects about as often as it should."""
    rng = np.random.default_rng(11)
    n_runs, rejected = 200, 0
    for _ in range(n_runs):
        true = rng.normal(3, 1, 300)
        first, second = (np.clip(np.rint(true + rng.normal(0, 0.6, 300)), -1, 7).astype(int) for _ in range(2))
        low = first <= 2
        people = pd.DataFrame({"score_from": first[low] + 1, "score_to": second[low] + 1}).value_counts()
        counts = people.rename("n_clients").reset_index().assign(**KEY)
        rejected += regression_to_mean(counts, [4.0])["p_value"].iloc[0] < 0.05
    # Of clients with a low first score the plain paired test would reject nearly always;
    # 200 runs have a standard error of 0.015.
    assert rejected / n_runs < 0.05 + 3 * 0.015
