"""What holds for any table: hiding grows with the threshold, and other people's data never uncover a group."""

from __future__ import annotations

from random import Random

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from municipality import change_table, clients, team_types
from plain_ledger import Remembered, released, remembered

from data_contracts.contract import require
from data_contracts.gate.exact import exact_table
from data_contracts.gate.rounding import bin_of, outward, rounded_count, rounded_to_step
from data_contracts.gate.specs import SPECS
from data_contracts.gate.table import Part, Row, first_decision
from data_contracts.protection import Thresholds
from data_contracts.tables.released import CHANGE

COUNTS = ["n_clients", "n_up", "n_equal", "n_down", "n_sufficient_before", "n_sufficient_after"]
FEW = settings(max_examples=10, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
sizes = st.lists(st.integers(1, 45), min_size=2, max_size=5)
seeds = st.integers(0, 10_000)


def release(people: pd.DataFrame, ledger: Remembered | None = None) -> tuple[pd.DataFrame, Remembered]:
    table = change_table(people, slices=("all", "team_type", "team"))
    out = released(table, ledger=ledger, team_types=team_types(people))
    return out.frame, remembered(out)


@FEW
@given(seeds, sizes)
def test_what_leaves_is_rounded_and_about_enough_people(seed: int, team_sizes: list[int]) -> None:
    frame, _ = release(clients(seed, team_sizes))
    require(CHANGE, frame)
    shown = frame[COUNTS].astype("Float64").to_numpy(np.float64, na_value=np.nan)
    known = shown[~np.isnan(shown)]
    assert (known >= 10).all()
    assert (known % 5 == 0).all()
    assert frame.loc[frame["n_clients"].isna(), ["n_up", "mean_before", "mean_change", "p_value"]].isna().all(axis=None)


@FEW
@given(seeds, sizes)
def test_released_twice_is_released_once(seed: int, team_sizes: list[int]) -> None:
    people = clients(seed, team_sizes)
    first, entries = release(people)
    again, _ = release(people, entries)
    pd.testing.assert_frame_equal(first, again)


@pytest.mark.slow
@FEW
@given(seeds, sizes, st.randoms(use_true_random=False))
def test_the_same_rows_in_another_order_are_released_alike(seed: int, team_sizes: list[int], chance: Random) -> None:
    table = change_table(clients(seed, team_sizes), slices=("all", "team_type", "team"))
    shuffled = table.iloc[chance.sample(range(len(table)), len(table))]
    types = team_types(clients(seed, team_sizes))
    first, again = (released(one, team_types=types).frame for one in (table, shuffled))
    assert first.to_csv() == again.to_csv()


@FEW
@given(seeds, sizes, st.data())
def test_a_new_client_never_uncovers_a_group_that_the_client_is_not_in(seed: int, team_sizes: list, data) -> None:
    people = clients(seed, team_sizes)
    first, entries = release(people)
    newcomer = people.loc[[data.draw(st.sampled_from(people.index.to_list()))]].assign(client=9_999)
    later, _ = release(pd.concat([people, newcomer], ignore_index=True), entries)
    apart = ~later["slice_value"].isin(["all", "overig", *newcomer["team"], *newcomer["team_type"]])
    both = later[apart].merge(first, on=["slice", "slice_value"], suffixes=("_later", ""), validate="one_to_one")
    for count in COUNTS:
        assert not (both[count].isna() & both[f"{count}_later"].notna()).any()


@FEW
@given(seeds, sizes, st.integers(10, 30), st.integers(1, 15))
def test_a_higher_threshold_hides_all_that_a_lower_one_hides(
    seed: int, team_sizes: list[int], threshold: int, more: int
) -> None:
    table = change_table(clients(seed, team_sizes)).drop(columns="people")

    def hidden(clients_needed: int) -> np.ndarray:
        decision = first_decision(exact_table(SPECS[CHANGE.name], table, Thresholds(clients=clients_needed), {}))
        return (decision.row != Row.SHOWN)[:, None] | (decision.part != Part.SHOWN)

    assert (hidden(threshold) <= hidden(threshold + more)).all()


@given(st.lists(st.integers(0, 100_000), min_size=1), st.sampled_from([5, 10]))
def test_a_count_lies_in_the_bin_of_its_rounding_and_rounding_again_changes_nothing(counts: list, base: int) -> None:
    rounded = rounded_count(counts, base)
    low, high = bin_of(rounded, base)
    assert ((low <= counts) & (counts <= high)).all()
    assert (rounded_count(low, base) == rounded).all()
    assert (rounded_count(high, base) == rounded).all()
    assert (rounded_count(rounded, base) == rounded).all()
    assert (high - low == base - 1).all()


@given(st.lists(st.floats(-1e4, 1e4), min_size=1), st.sampled_from([0.01, 0.1, 0.5, 2.0, 500.0]))
def test_rounding_to_steps_is_stable_and_an_interval_only_grows(values: list, step: float) -> None:
    once = rounded_to_step(values, step)
    assert (rounded_to_step(once, step) == once).all()
    assert (np.abs(once - values) <= step / 2 + 1e-9).all()
    assert (outward(values, step, np.floor) <= np.asarray(values) + 1e-6 * step).all()
    assert (outward(values, step, np.ceil) >= np.asarray(values) - 1e-6 * step).all()
