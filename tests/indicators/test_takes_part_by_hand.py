"""Whom a figure of the staggered start rests on, in a municipality small enough to point at them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from indicators.effects.estimates import Outcome
from indicators.staggered.estimates import cells_of, takes_part, takes_part_at
from indicators.staggered.group_times import group_times

STARTS = {1: 2, 2: 3, 3: 9, 4: 9, 5: 9}
OUTCOME = Outcome("y", "zrm", "point")


def clients() -> pd.DataFrame:
    """Two clients per team and half-year, one more of whom the team is not known, and one who is under both ways."""
    rows = [
        (team, period, int(period >= start)) for team, start in STARTS.items() for period in range(4) for _ in range(2)
    ]
    frame = pd.DataFrame([*rows, (None, 2, 1), (1, 2, None)], columns=["team_no", "intake_period", "exposed"])
    frame = frame.astype({"team_no": "Int64", "intake_period": "Int64", "exposed": "Int8"})
    return frame.assign(client_no=range(len(frame)), y=np.random.default_rng(1).normal(size=len(frame)))


def who(taken: np.ndarray) -> set[tuple[int, int]]:
    found = clients()[taken]
    return set(zip(found["team_no"].astype(int), found["intake_period"].astype(int), strict=True))


BESIDE = {(team, period) for team, start in STARTS.items() for period in range(4) if period < start}


def test_the_effect_rests_on_all_who_came_in_after_the_start_and_all_they_stand_beside() -> None:
    assert who(takes_part(clients(), OUTCOME)) == BESIDE | {(1, 2), (1, 3), (2, 3)}


@pytest.mark.parametrize(("time", "own"), [(0, {(1, 2), (2, 3)}), (1, {(1, 3)}), (7, set())])
def test_the_effect_so_long_after_the_start_rests_on_who_came_in_then(time: int, own: set[tuple[int, int]]) -> None:
    taken = takes_part_at(clients(), OUTCOME, time)
    assert who(taken) == BESIDE | own
    assert not taken[-2:].any()


def test_a_client_without_this_outcome_has_no_part_in_it() -> None:
    frame = clients()
    frame.loc[[0, 5], "y"] = np.nan
    for taken in (takes_part(frame, OUTCOME), takes_part_at(frame, OUTCOME, 0)):
        assert not taken[[0, 5]].any() and taken[1]


def test_where_too_few_teams_stand_beside_nobody_has_a_weight() -> None:
    frame = clients()
    cells, _, _ = cells_of(frame[frame["team_no"].isin([1, 3])], [OUTCOME])
    assert not group_times(cells.outcome(0)).weight.any()
