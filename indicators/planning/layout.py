"""Who could be compared with whom, in numbers only: the layout of a study, and what it would be otherwise.

A layout holds clients per team and period of intake, and how many of them have the outcome. No outcome stands in it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from indicators.arrays import Floats
from indicators.effects.team_cells import EXPOSED, UNEXPOSED, TeamCells

BETWEEN = 2
# An outcome takes a year: of clients who came in over these half-years before a start it is neither before nor after.
PERIODS_BETWEEN = 2
PERIODS_A_YEAR = 2


@dataclass(frozen=True, slots=True)
class Layout:
    """All are (3, J, T), of clients unexposed, exposed, and between: `came_in` those whose first year is over,
    `not_over` the others, `counted` the weight of the outcome, known of those whose year is over.
    """

    came_in: Floats
    not_over: Floats
    counted: Floats

    @property
    def kept(self) -> float:
        """Which share of the clients whose year is over has the outcome; all of them where none is over yet."""
        came_in = float(self.came_in.sum())
        return float(self.counted.sum()) / came_in if came_in > 0 else 1.0

    @property
    def cells(self) -> TeamCells:
        """The cells that an estimate would rest on, without any outcome."""
        weight = self.counted[:BETWEEN]
        whole = (weight[UNEXPOSED] > 0) & (weight[EXPOSED] == 0)
        _, n_teams, n_periods = weight.shape
        return TeamCells(np.arange(n_teams), np.arange(n_periods), np.zeros_like(weight), weight, whole)


def everybody_twice(now: Layout) -> Layout:
    """Nobody drops out: everyone with a first score, whose year is over, is measured again."""
    return replace(now, counted=now.came_in.copy())


def another_year(now: Layout) -> Layout:
    """A year on, in which as many come in as before: one more year of clients has the outcome.

    They are those who are under way now. Where the delivery ends a year after its last intake there are none; then as
    many as came in over the last year, each by the way in which the team works now.
    """
    if now.not_over.any():
        counted = now.counted + now.kept * now.not_over
        return Layout(now.came_in + now.not_over, np.zeros_like(now.not_over), counted)
    of_last_year = now.came_in.sum(axis=0)[:, -PERIODS_A_YEAR:]
    started = (now.came_in[EXPOSED] > 0).any(axis=1)
    fresh = np.zeros((3, *of_last_year.shape))
    fresh[EXPOSED, started], fresh[UNEXPOSED, ~started] = of_last_year[started], of_last_year[~started]
    came_in = np.concatenate([now.came_in, fresh], axis=2)
    return Layout(came_in, np.zeros_like(came_in), np.concatenate([now.counted, now.kept * fresh], axis=2))


def twice_as_many_teams(now: Layout) -> Layout:
    """Another set of teams like these, as when a second municipality joins."""
    return Layout(*(np.concatenate([one, one], axis=1) for one in (now.came_in, now.not_over, now.counted)))


def drawn_order(now: Layout, rng: np.random.Generator) -> Layout | None:
    """The same clients, had a draw decided which half of the teams starts halfway, while the others wait.

    The others start when the outcomes of all who are counted here are known. None with so few periods that nobody would
    be seen before a start, or with a single team. Where nobody's first year is over, they are those who came in.
    """
    total = (now.came_in if now.came_in.any() else now.not_over).sum(axis=0)
    n_teams, n_periods = total.shape
    start = max(PERIODS_BETWEEN + 1, n_periods // 2)
    if n_periods <= start or n_teams < 2:
        return None
    starts = np.where(rng.permutation(n_teams) < n_teams // 2, start, n_periods + PERIODS_BETWEEN)[:, None]
    period = np.arange(n_periods)
    is_before = period < starts - PERIODS_BETWEEN
    way = np.where(period >= starts, EXPOSED, np.where(is_before, UNEXPOSED, BETWEEN))
    came_in = np.stack([np.where(way == side, total, 0.0) for side in range(3)])
    return Layout(came_in, np.zeros_like(came_in), now.kept * came_in)
