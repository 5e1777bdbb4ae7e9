"""One outcome of a study with all that its precision follows from: who could be compared, and the noise."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.planned import Choice
from data_contracts.study import Study
from indicators.arrays import Floats
from indicators.comparison.margins import difference_weights
from indicators.designs.clients import Scored
from indicators.effects.estimates import Outcome, differ_too_little, values_of
from indicators.effects.few_teams import Weights
from indicators.effects.team_cells import EXPOSED, UNEXPOSED
from indicators.planning.layout import (
    BETWEEN,
    Layout,
    another_year,
    drawn_order,
    everybody_twice,
    twice_as_many_teams,
)
from indicators.planning.noise import Noise, assumed_noise, noise_of
from indicators.planning.precision import Precision, precision_of
from indicators.planning.unequal_start import scales_apart
from indicators.staggered.imputed import imputed_weights

N_DRAWS = 20
_WEIGHTS: dict[str, Weights] = {"staggered": imputed_weights, "comparison": difference_weights}
COMPARES = frozenset(_WEIGHTS)
_CHANGES: dict[Choice, Callable[[Layout], Layout]] = {
    "everybody_twice": everybody_twice,
    "another_year": another_year,
    "twice_as_many_teams": twice_as_many_teams,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One outcome with all that its precision follows from; `own` is None where the design compares nobody.

    `apart`: how far the two figures lie apart that the margin of a comparison holds (`unequal_start`).
    """

    outcome: Outcome
    kind: str
    own: Layout | None
    everybody: Layout
    noise: Noise | None
    noise_of_draw: Noise | None
    is_score: bool
    apart: float = 0.0

    def precisions(self, choice: Choice, seed: int) -> list[Precision]:
        """How precise the estimate is under one choice: once, or once per draw; empty where there is none."""
        if choice in ("drawn_order", "drawn_order_and_teams"):
            everybody = twice_as_many_teams(self.everybody) if choice == "drawn_order_and_teams" else self.everybody
            return self._drawn(everybody, seed)
        if self.own is None or self.noise is None or (choice == "everybody_twice" and not self.is_score):
            return []
        layout = _CHANGES[choice](self.own) if choice in _CHANGES else self.own
        found = precision_of(_WEIGHTS[self.kind], layout.cells, self.noise)
        return [found.over_two(self.apart)] if found else []

    def _drawn(self, everybody: Layout, seed: int) -> list[Precision]:
        """One per draw; none at all where one draw in ten leaves nothing to compare."""
        if self.noise_of_draw is None:
            return []
        found, rng = [], np.random.default_rng(seed)
        for _ in range(N_DRAWS):
            layout = drawn_order(everybody, rng)
            precision = precision_of(imputed_weights, layout.cells, self.noise_of_draw) if layout else None
            found += [precision] if precision else []
        return found if len(found) > 0.9 * N_DRAWS else []

    def smallest(self, choice: Choice, level: float, seed: int) -> float | None:
        """The smallest difference under one choice, of the middle draw.

        None where it comes with a margin that leaves the scale: then the estimate is refused.
        """
        found = sorted(self.precisions(choice, seed), key=lambda one: one.standard_error)
        if not found:
            return None
        middle = found[len(found) // 2]
        size = middle.smallest_difference(level)
        return size if size + middle.half_width <= self.outcome.widest else None

    @property
    def n_clients(self) -> tuple[int, int]:
        """How many clients have the outcome (of a rate, came in), before and under the new approach.

        Where the design compares nobody, all of them and nobody; where no first year is over, who came in.
        """
        layout = self.own if self.own is not None else self.everybody
        table = layout.came_in if self.outcome.years else layout.counted
        table = table if layout.came_in.any() else layout.not_over
        if self.own is None:
            return int(table.sum()), 0
        return int(table[UNEXPOSED].sum()), int(table[EXPOSED].sum())

    @property
    def is_assumed(self) -> bool:
        """Whether the noise rests on first scores and an assumption."""
        noise = self.noise or self.noise_of_draw
        return noise is not None and noise.is_assumed


def asked_of(
    study: Study, clients: pd.DataFrame, compared: pd.DataFrame, outcome: Outcome, scored: Scored | None
) -> Asked:
    """One outcome; `compared` are the clients whom the design compares, `clients` all who could take part in a draw."""
    kind = study.design.kind
    has_own = kind in COMPARES
    noise = noise_of_draw = None
    if has_own:
        noise = _noise(compared, outcome, scored, study.design.headline_measure, has_team_level=kind == "staggered")
        noise_of_draw = _noise(compared, outcome, scored, "effect", has_team_level=True)
    if scored is not None and noise_of_draw is None:
        noise_of_draw = assumed_noise(clients["team_no"].to_numpy(np.int64), _column(clients, scored.before))
        noise = noise or noise_of_draw
    own = _layout(compared, outcome, scored) if has_own and not compared.empty else None
    apart = scales_apart(compared, scored, study.design) if own is not None and scored is not None else 0.0
    return Asked(outcome, kind, own, _layout(clients, outcome, scored), noise, noise_of_draw, scored is not None, apart)


def _noise(
    clients: pd.DataFrame, outcome: Outcome, scored: Scored | None, measure: str, *, has_team_level: bool
) -> Noise | None:
    """From clients who had not met the new approach; none where they hardly differ, as the estimate is refused then."""
    before = clients[clients["exposed"].eq(UNEXPOSED).fillna(value=False)]
    values, weights = (column[:, 0] for column in values_of(before, [outcome]))
    if measure == "effect_ancova" and scored is not None:
        values = _beside_the_start(_column(before, scored.before), _column(before, scored.after))
    if differ_too_little(values[~np.isnan(values)], is_score=outcome.is_score):
        return None
    team, period = (before[name].to_numpy(np.int64) for name in ("team_no", "intake_period"))
    return noise_of(team, period, values, weights, has_team_level=has_team_level)


def _beside_the_start(before: Floats, after: Floats) -> Floats:
    """(N,) later scores less what the starting score tells of them."""
    known = ~np.isnan(before) & ~np.isnan(after)
    if known.sum() < 2 or np.ptp(before[known]) == 0:
        return after
    return np.asarray(after - np.polyfit(before[known], after[known], 1)[0] * before)


def _layout(clients: pd.DataFrame, outcome: Outcome, scored: Scored | None) -> Layout:
    """Who came in and who has the outcome; a score needs a first score, and its first year to be over."""
    if scored is not None:
        clients = clients[clients[scored.before].notna()]
    teams, team = np.unique(clients["team_no"].to_numpy(np.int64), return_inverse=True)
    period = clients["intake_period"].to_numpy(np.int64)
    period = period - period.min() if period.size else period
    side = clients["exposed"].fillna(BETWEEN).to_numpy(np.int64)
    over = clients["first_year_complete"].to_numpy(bool)
    _, weights = values_of(clients, [outcome])
    has = clients[outcome.column].notna().to_numpy(bool) & ~np.isnan(weights[:, 0]) & over
    shape = (3, teams.size, int(period.max(initial=-1)) + 1)

    def summed(chosen: np.ndarray, weight: Floats) -> Floats:
        place = np.ravel_multi_index((side[chosen], team[chosen], period[chosen]), shape)
        return np.bincount(place, weight[chosen], int(np.prod(shape))).astype(float).reshape(shape)

    one = np.ones(team.size)
    return Layout(summed(over, one), summed(~over, one), summed(has, weights[:, 0]))


def _column(clients: pd.DataFrame, name: str) -> Floats:
    return clients[name].to_numpy(np.float64, na_value=np.nan)
