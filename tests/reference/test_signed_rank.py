"""The signed-rank test equals R coin: Pratt's zeros, normal and exact, with ties. Values made by signed_rank.R."""

from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from indicators.change.signed_rank import rank_biserial, signed_rank

EXPECTED = pd.read_csv(Path(__file__).with_name("signed_rank.csv")).set_index("name")
UP = EXPECTED[[f"d{k}" for k in (1, 2, 3, 4)]].to_numpy(np.int64)
DOWN = EXPECTED[[f"d-{k}" for k in (1, 2, 3, 4)]].to_numpy(np.int64)
FOUND = signed_rank(UP, DOWN, EXPECTED["d0"].to_numpy(np.int64))


def test_z_and_normal_p_equal_coin() -> None:
    assert FOUND.z == pytest.approx(EXPECTED["z"].to_numpy(), abs=1e-10)
    normal = ~FOUND.is_exact
    # abs: coin's own p underflows to 0 beyond z = 8.3
    assert FOUND.p_value[normal] == pytest.approx(EXPECTED["p_normal"].to_numpy()[normal], rel=1e-9, abs=1e-15)
    assert normal.sum() == 3 and FOUND.p_value[normal].max() > 0.1


def test_exact_p_equals_coin() -> None:
    exact = EXPECTED["p_exact"].notna().to_numpy()
    assert (FOUND.is_exact == exact).all() and exact.sum() == 8
    assert FOUND.p_value[exact] == pytest.approx(EXPECTED["p_exact"].to_numpy()[exact], abs=1e-11)


def test_scipy_s_exact_would_be_wrong_here() -> None:
    differences = np.repeat([-1, 0, 1, 2], [1, 9, 8, 2])
    wrong = stats.wilcoxon(differences, zero_method="pratt", method="exact").pvalue
    assert EXPECTED.loc["ties_and_zeros", "p_exact"] == 0.009765625
    assert abs(wrong - 0.009765625) > 0.05


def test_exact_equals_the_published_table_without_ties_and_zeros() -> None:
    """Hollander and Wolfe, depression: V = 40 of nine pairs, p = 0.0390625; ranks 1 to 9 as levels moved."""
    up, down = np.ones((1, 9), np.int64), np.zeros((1, 9), np.int64)
    up[0, [1, 2]], down[0, [1, 2]] = 0, 1
    found = signed_rank(up, down, np.zeros(1, np.int64))
    assert found.p_value == pytest.approx([0.0390625])


def test_effect_size_equals_effectsize_of_r() -> None:
    assert rank_biserial(UP, DOWN) == pytest.approx(EXPECTED["rank_biserial"].to_numpy(), abs=1e-11)


def test_nothing_is_claimed_when_nobody_moved() -> None:
    zeros = np.zeros((1, 4), np.int64)
    found = signed_rank(zeros, zeros, np.array([10]))
    assert np.isnan(found.p_value).all() and np.isnan(found.z).all() and np.isnan(rank_biserial(zeros, zeros)).all()


@pytest.mark.parametrize(
    ("up", "down", "equal"),
    [([3, 0, 2], [1, 0, 1], 4), ([0, 2, 1], [0, 1, 1], 0), ([2, 0, 0], [1, 0, 2], 3), ([0, 0, 3], [0, 0, 1], 5),
     ([1, 0, 0, 2], [0, 0, 0, 2], 1), ([2, 1, 1], [0, 0, 0], 2)],
)  # fmt: skip
def test_exact_p_counts_every_way_in_which_those_who_moved_could_have_risen(
    up: list[int], down: list[int], equal: int
) -> None:
    """Also where nobody moved one distance and somebody moved a longer one."""
    sizes = np.repeat(np.arange(len(up) + 1), [equal, *np.add(up, down)])
    rank = stats.rankdata(sizes)[equal:]
    seen = abs(sum(rank * np.repeat(np.tile([1, -1], len(up)), np.column_stack([up, down]).ravel())))
    every = [abs(sum(rank * signs)) >= seen - 1e-9 for signs in product([1, -1], repeat=len(rank))]
    found = signed_rank(np.array([up]), np.array([down]), np.array([equal]))
    assert found.p_value == pytest.approx([np.mean(every)])
