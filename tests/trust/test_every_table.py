"""All tables of a release in the hands of one reader: what one table hides, no other gives away."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from every_table import narrow, told
from linked_releases import a_town, n_shown, one_by_one, together, two_releases

QUICK, TOWNS = (1,), range(3)
EACH = [pytest.param(seed, marks=[] if seed in QUICK else pytest.mark.slow) for seed in TOWNS]


@pytest.mark.parametrize("seed", EACH)
def test_no_small_count_is_told_by_all_tables_together(seed: int) -> None:
    exact, types = a_town(seed)
    found = told([together(exact, types)], exact, types)
    assert len(found) > 100
    assert narrow(found).empty, narrow(found).to_string()


@pytest.mark.parametrize("seed", EACH)
def test_nor_by_the_release_before_in_which_a_slice_did_not_stand_yet(seed: int) -> None:
    exact, types = a_town(seed)
    assert narrow(told(two_releases(exact, types), exact, types)).empty


def test_tables_that_are_each_safe_tell_small_counts_together() -> None:
    """Without the audit of all of them the attacker succeeds: otherwise the test above would prove nothing."""
    successes = 0
    for seed in QUICK:
        exact, types = a_town(seed)
        out = one_by_one(exact, types)
        assert all(narrow(told([out], exact, types, only=name)).empty for name in out)
        successes += len(narrow(told([out], exact, types)))
    assert successes >= 3


@pytest.mark.slow
def test_little_more_is_hidden_than_each_table_hides_by_itself() -> None:
    shown = np.array([[n_shown(way(*a_town(seed))) for way in (together, one_by_one)] for seed in TOWNS])
    assert shown[:, 0].sum() >= 0.92 * shown[:, 1].sum()


def test_the_order_of_tables_and_rows_changes_nothing() -> None:
    exact, types = a_town(1)
    turned = {name: frame.iloc[::-1].reset_index(drop=True) for name, frame in reversed(exact.items())}
    usual = together(exact, types)
    for name, frame in together(turned, types).items():
        pd.testing.assert_frame_equal(frame, usual[name])
