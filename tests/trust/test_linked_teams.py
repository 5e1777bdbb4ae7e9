"""What team-years tell of a tree, attacked by its exact people: no figure moves by a few of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from linked_teams import (
    THRESHOLD,
    People,
    distance,
    few_corrected,
    few_gone,
    few_moved,
    figure_of,
    left,
    many_corrected,
    some_people,
)

SEEDS = [range(1), pytest.param(range(1, 5), marks=pytest.mark.slow)]
KINDS = [few_corrected, few_moved, few_gone]
NOT_FIGURES = ["status", "held_from"]


def attacked(
    kind: Callable[[People, np.random.Generator], People], seeds: range, *, with_ledger: bool
) -> tuple[int, int]:
    """Figures that moved by a few people, and figures that were shown anew where enough differ."""
    told = anew = 0
    for seed in seeds:
        rng, people = np.random.default_rng(seed), some_people(seed)
        states, shown = [], []
        for one in (people, kind(people, rng), many_corrected(people, rng)):
            left(one, states, shown, with_ledger=with_ledger)
        for table in range(2):
            rows = [{row["key"]: row for row in release[table].cells.to_dict("records")} for release in shown]
            frames = [release[table].frame for release in shown]
            for key in rows[0]:
                figure = figure_of(str(rows[0][key]["table_name"]), key)
                d = [distance(states[0].get(figure, {}), state.get(figure, {})) for state in states]
                at = list(rows[0]).index(key)
                figures = [frame.drop(columns=NOT_FIGURES).iloc[at].astype(str).tolist() for frame in frames]
                told += 0 < d[1] < THRESHOLD and figures[1] != figures[0]
                anew += d[2] >= THRESHOLD and figures[2] != figures[0]
    return told, anew


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_no_link_test_or_spread_moves_by_a_few_people(kind: Callable[..., People], seeds: range) -> None:
    told, anew = attacked(kind, seeds, with_ledger=True)
    assert (told, anew > 0) == (0, True)


@pytest.mark.parametrize("seeds", SEEDS)
@pytest.mark.parametrize("kind", KINDS)
def test_the_same_attack_succeeds_without_the_ledger(kind: Callable[..., People], seeds: range) -> None:
    assert attacked(kind, seeds, with_ledger=False)[0] > 0


def test_a_figure_that_is_held_says_so_and_of_which_release_it_is() -> None:
    people, states, shown = some_people(1), [], []
    for one in (people, few_corrected(people, np.random.default_rng(1))):
        tests, spread = left(one, states, shown, with_ledger=True)
    moved = tests.frame[tests.frame["n_team_years"] > 0]
    assert moved[NOT_FIGURES].to_numpy().tolist() == [["held", "release-0"]] * len(moved)
    assert set(spread.frame["status"]) == {"held", "released"}
