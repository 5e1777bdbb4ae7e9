"""Period effects are found where teams connect the periods, and nowhere else."""

import numpy as np
import pytest

from indicators.staggered.two_way import period_effects, share_of_team

TEAM, PERIOD = np.array([[1.0], [3.0]]), np.array([0.0, 0.5, 1.5, 2.0])


def solved(weight: np.ndarray) -> np.ndarray:
    """The effects of the periods from scores that are exactly team plus period."""
    scores = TEAM + PERIOD
    of_team = (share_of_team(weight[None])[0] * scores).sum(axis=1, keepdims=True)
    return period_effects(weight[None], (weight * (scores - of_team)).sum(axis=0)[None])[0]


def test_effects_of_periods_that_one_team_connects_are_found_also_with_little_weight() -> None:
    found = solved(np.array([[0.25, 0.25, 0.25, 0.25], [0, 0, 0.5, 0.5]]))
    assert found - found[0] == pytest.approx(PERIOD, abs=1e-12)


def test_a_period_without_weight_does_not_count() -> None:
    found = solved(np.array([[1.0, 1, 0, 1], [1, 1, 0, 0]]))
    assert found[[1, 3]] - found[0] == pytest.approx([0.5, 2.0], abs=1e-12)


def test_nothing_is_said_of_periods_that_no_chain_of_teams_connects() -> None:
    assert np.isnan(solved(np.array([[1.0, 1, 0, 0], [0, 0, 1, 1]]))).all()
