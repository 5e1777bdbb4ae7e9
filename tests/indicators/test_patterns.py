"""Clients with the same scores are one pattern: against counting them one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.ordinal.likelihood import terms
from indicators.ordinal.patterns import Patterns, patterns

Scores = tuple[tuple[int, int], ...]  # of one client, per moment (a cell) a level


def of_clients(clients: list[Scores], n_levels: int = 3) -> Patterns:
    rows = [(level, cell, client) for client, own in enumerate(clients) for cell, level in own]
    level, cell, client = np.array(rows).T
    return patterns(level, cell, client, n_levels)


def written_out(found: Patterns) -> Counter[Scores]:
    """Scores of each pattern, as often as it occurs."""
    ends = np.append(found.start, len(found.level))[1:]
    counted: Counter[Scores] = Counter()
    for start, end, weight in zip(found.start, ends, found.weight, strict=True):
        rows = zip(found.cell[start:end].tolist(), found.level[start:end].tolist(), strict=True)
        counted[tuple(sorted(rows))] += int(weight)
    assert len(counted) == len(found.start)  # no pattern stands there twice
    return counted


scores = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=3, unique_by=lambda one: one[0])


@settings(max_examples=80, derandomize=True, deadline=None)
@given(st.lists(scores, min_size=1, max_size=12))
def test_every_client_is_in_the_pattern_of_its_own_scores(clients: list[list]) -> None:
    own = [tuple(sorted(one)) for one in clients]
    assert written_out(of_clients(own)) == Counter(own)


@pytest.mark.parametrize("more", [(0, 0), (0, 1), (1, 0), (2, 2)])
def test_a_client_who_was_scored_once_more_is_another_pattern(more: tuple[int, int]) -> None:
    once: Scores = ((0, 0),) if more[0] else ((1, 0),)
    assert of_clients([once, (*once, more)]).weight.tolist() == [1, 1]


def test_observations_know_their_pattern_and_each_has_a_term_per_threshold_beside_it() -> None:
    """Levels 0, 1 and 2 of 3: the lowest has a threshold above it, the highest one below, the middle both."""
    found = of_clients([((0, 0), (1, 1)), ((0, 2),), ((0, 2),)])
    assert found.of_observation.tolist() == [0, 0, 1]
    assert found.weight.tolist() == [1, 2]
    part = terms(found)
    told = sorted(zip(part.owner.tolist(), part.place.tolist(), part.sign.tolist(), part.weight.tolist(), strict=True))
    # place: cell times the two thresholds, plus the threshold
    assert told == [(0, 0, 1.0, 1.0), (0, 2, -1.0, 1.0), (0, 3, 1.0, 1.0), (1, 1, -1.0, 2.0)]
    assert part.start.tolist() == [0, 3]
    assert part.n_between.tolist() == [1.0]
