"""The noise floor equals a bivariate normal in R. Values made by noise_floor.R."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from indicators.change.noise_floor import observed_correlation, unchanged_cells
from indicators.counts.pair_counts import PAIR
from tools.noise_of_start import noise_floor

EXPECTED = pd.read_csv(Path(__file__).with_name("noise_floor.csv"))
STARTS = {"mild": [5, 12, 23, 30, 30], "low": [30, 35, 20, 10, 5], "gap": [20, 0, 50, 30, 0]}


@pytest.mark.parametrize("row", list(EXPECTED.itertuples()), ids=lambda row: f"{row.name}-{row.reliability}")
def test_expected_movement_without_change_equals_r(row) -> None:
    """R cuts two normal scores that correlate by `reliability`; ours is how the cut scores correlate then."""
    key = dict(zip(PAIR, ("zrm", "finances", "all", "all", "first", "last"), strict=True))
    start = pd.DataFrame({"score_from": range(1, 6), "score_to": 3, "n_clients": STARTS[row.name]}).assign(**key)
    start.loc[4, "score_to"] = 5
    shares = np.array([STARTS[row.name]]) / sum(STARTS[row.name])
    observed = float(observed_correlation(unchanged_cells(shares, row.reliability))[0])
    assert observed < row.reliability
    table = noise_floor(start[start["n_clients"] > 0], [observed])
    found = table[["share_up_by_noise", "share_down_by_noise", "share_up_by_noise_low", "mean_gain_by_noise_low"]]
    assert found.iloc[0].to_numpy() == pytest.approx([row.up, row.down, row.up_from_low, row.gain_from_low], abs=1e-7)


def test_halves_of_a_bivariate_normal() -> None:
    """P(both below the median) = 1/4 + asin(r) / 2 pi (Sheppard 1899)."""
    cells = unchanged_cells(np.array([[0.5, 0, 0, 0, 0.5]]), 0.7)[0]
    assert cells[0, 0] == pytest.approx(0.25 + np.arcsin(0.7) / (2 * np.pi), abs=1e-8)


def test_nobody_moves_when_all_start_alike_and_the_start_shares_come_back() -> None:
    assert unchanged_cells(np.array([[0, 0, 1.0, 0, 0]]), 0.8)[0][2, 2] == pytest.approx(1)
    start = np.array([[0.1, 0.2, 0.3, 0.25, 0.15]])
    assert unchanged_cells(start, 0.8).sum(axis=1) == pytest.approx(start, abs=1e-6)
