"""How far people are from the step that they want to reach themselves."""

from __future__ import annotations

import numpy as np

from data_contracts.contract import broken_rules
from data_contracts.tables.estimate_companions import GROWTH_POTENTIAL
from indicators.counts.growth_potential import growth_potential, growth_potential_contributions
from tests.spec.panels import panel

LADDER = panel(
    """
    client | day | edition | all
    1      | 0   | classic | 2
    1      | 200 | classic | 4
    2      | 0   | classic | 3
    2      | 200 | classic | 3
    3      | 0   | classic | 5
    3      | 200 | classic | 6
    4      | 0   | classic | 1
    5      | 0   | classic | 2
    5      | 200 | classic | 2
    """,
    subject="ladder",
)
GOAL = np.array([4, 4, 4, 4, 5, 5, 6, 0, 0])  # 4 was measured once; 5 has no goal
PAIRS = [("first", "last")]


def test_steps_to_go_are_of_the_same_people_before_and_after_and_only_of_those_with_a_goal() -> None:
    found = growth_potential(LADDER, GOAL, PAIRS)
    assert broken_rules(GROWTH_POTENTIAL, found) == {}
    counts = found.set_index("steps_at")[["n_clients", "n_reached", "n_one_step", "n_more_steps"]]
    assert counts.loc["before"].tolist() == [3, 1, 1, 1]
    assert counts.loc["after"].tolist() == [3, 2, 1, 0]


def test_without_any_goal_there_is_no_row() -> None:
    assert growth_potential(LADDER, np.zeros(9, np.int8), PAIRS).empty


def test_the_ledger_sees_every_client_who_counts_once_per_figure() -> None:
    before, after = growth_potential_contributions(LADDER, GOAL, PAIRS, 30)
    assert before.outcome != after.outcome
    assert before.client_no.tolist() == after.client_no.tolist() == [1, 2, 3]
    assert (before.contribution - after.contribution).tolist() == [2, 0, 1]
