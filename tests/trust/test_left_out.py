"""Who is left out of a slice for the name of a small group is hidden too: no finer mean stands beside it."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pandas as pd
from left_out import AREAS, WITH_AREAS, exact, told, town
from plain_ledger import remembered

TELLS = "data_contracts.gate.figures.leaves_few"
SEEDS = range(12)


def sizes(seed: int) -> list[int]:
    return np.random.default_rng(seed).integers(90, 130, 2).tolist()


def decimals(out: pd.DataFrame) -> int:
    means = out[["mean_before", "mean_after", "mean_change"]].to_numpy(np.float64)
    return 1 if np.allclose(means * 10, np.round(means * 10), equal_nan=True) else 2


def test_nobody_learns_a_score_of_the_one_who_is_left_out(gate) -> None:
    """Also not who knows how many clients each group has; with two decimals both do, for some."""
    found: dict[str, list[bool]] = {"on": [], "off": []}
    for seed in SEEDS:
        table, last = exact(town(seed, sizes(seed))), town(seed, sizes(seed)).iloc[-1]
        known = dict(zip(table["slice_value"], table["n_clients"], strict=True))
        on = gate(table, slices=WITH_AREAS).frame
        with mock.patch(TELLS, lambda one: np.zeros(len(one.block), np.bool_)):
            off = gate(table, slices=WITH_AREAS).frame
        for way, out in (("on", on), ("off", off)):
            for numbers in (None, known):
                one = told(out, numbers)
                assert (last["before"], last["after"]) in one.possible
                found[way].append(one.one_score or one.the_step)
    assert sum(found["on"]) == 0
    assert sum(found["off"]) >= 2


def test_a_finer_mean_stands_beside_groups_that_are_everybody_or_leave_enough_over(gate) -> None:
    for n_left_out, finer in ((0, 2), (1, 1), (9, 1), (10, 2)):
        out = gate(exact(town(0, [200, 200], n_left_out)), slices=WITH_AREAS).frame
        assert decimals(out) == finer, n_left_out


def test_who_has_no_group_at_all_is_left_out_too(gate) -> None:
    people = town(0, [200, 200], 3)
    table = exact(people)
    nobody = table[table["slice_value"] != "Wijk 02"]
    assert decimals(gate(nobody, slices=WITH_AREAS).frame) == 1


def test_a_finer_mean_that_was_told_stays_when_a_question_opens_areas_beside_it(gate) -> None:
    """And the two releases together tell no score of who is left out of the areas."""
    n_finer = 0
    for seed in SEEDS:
        people = town(seed, sizes(seed))
        last, table = people.iloc[-1], exact(people)
        first = gate(table[table["slice"] == "all"], slices=WITH_AREAS)
        second = gate(table, slices=WITH_AREAS, ledger=remembered(first)).frame
        means = ["mean_before", "mean_after", "mean_change", "mean_change_low", "mean_change_high"]
        everybody = second[second["slice"] == "all"]
        assert everybody[means].to_numpy().tolist() == first.frame[means].to_numpy().tolist()
        assert decimals(second[second["slice"] == AREAS]) == 1
        n_finer += decimals(first.frame) == 2
        known = dict(zip(table["slice_value"], table["n_clients"], strict=True))
        for numbers in (None, known):
            one = told(second, numbers)
            assert (last["before"], last["after"]) in one.possible
            assert not one.one_score and not one.the_step
    assert n_finer >= 10
