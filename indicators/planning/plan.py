"""What a study could ever show: per outcome the smallest difference that its own estimator finds in 80 of 100 cases.

Read are dates, teams, who was scored, and outcomes of clients who had not met the new approach; never an outcome of a
client who had. The estimator is that of the declared design, with its team jackknife, its degrees of freedom and the
correction for the number of outcomes that the verdict uses.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.demonstrable import LEVEL
from data_contracts.planned import CHOICES, Choice
from data_contracts.study import Study
from data_contracts.vocabulary.field import ALL
from indicators.arrays import Floats
from indicators.comparison.estimates import difference_weights
from indicators.designs.clients import ClientOutcomes, Scored
from indicators.designs.effect_tables import compared_clients
from indicators.effects.estimates import Outcome, values_of
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
from indicators.planning.precision import precision_of
from indicators.staggered.imputed import imputed_weights

N_DRAWS = 20
_WEIGHTS: dict[str, Weights] = {"staggered": imputed_weights, "comparison": difference_weights}
ALL_EUROS = Outcome("planned_eur", "provisions", "eur", what=ALL, moment_from="intake", moment_to="within_12_months")


@dataclass(frozen=True, slots=True)
class Planned:
    """One outcome: how many clients have it on either side, at which level it is tested, and per choice what shows."""

    outcome: Outcome
    n_unexposed: int
    n_exposed: int
    level: float
    is_assumed: bool
    smallest: dict[Choice, float | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """The outcomes, the euros of all provisions together, and the study in numbers."""

    outcomes: tuple[Planned, ...]
    euros: Planned | None
    n_teams: int
    n_started: int
    n_clients: int
    n_unexposed: int
    share_measured_twice: float
    clients_per_year: float


def plan_of_study(found: ClientOutcomes, study: Study, seed: int) -> Plan:
    """The plan of a study, from one row per client with team, intake and exposure."""
    kind = study.design.kind
    clients = found.clients[found.clients["team_no"].notna() & found.clients["intake_period"].notna()]
    compared = compared_clients(found, study.design)
    compared = compared[compared["client_no"].isin(clients["client_no"])]
    columns = {one.change.column for one in found.scored} | {one.column for one in found.used}
    wholes = [one for one in found.used if one.part_of not in columns]
    every: list[tuple[Outcome, Scored | None]] = [(one.change, one) for one in found.scored]
    every += [(one, None) for one in wholes]
    asked = [_asked(study, clients, compared, outcome, scored) for outcome, scored in every]
    possible = [one.precision_at(LEVEL, "now", seed) is not None for one in asked]
    levels = _levels([outcome for outcome, _ in every], possible if any(possible) else [True] * len(every))
    planned = tuple(one.planned(level, seed) for one, level in zip(asked, levels, strict=True))
    leading = {one.change.column for one in found.leading}
    measured = [one.everybody.kept for one in asked if one.outcome.column in leading]
    years = clients["intake_period"].nunique() / 2
    exposed = clients["exposed"].eq(EXPOSED).fillna(value=False)
    return Plan(
        planned,
        _euros(study, clients, compared, wholes, seed),
        n_teams=int(clients["team_no"].nunique()),
        n_started=int(clients.loc[exposed, "team_no"].nunique()) if kind in _WEIGHTS else 0,
        n_clients=len(clients),
        n_unexposed=int(clients["exposed"].eq(UNEXPOSED).sum()) if kind in _WEIGHTS else 0,
        share_measured_twice=float(np.mean(measured)) if measured else 0.0,
        clients_per_year=len(clients) / years if years else 0.0,
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """One outcome with all that its precision follows from; `own` is None where the design compares nobody."""

    outcome: Outcome
    kind: str
    own: Layout | None
    everybody: Layout
    noise: Noise | None
    noise_of_draw: Noise | None
    is_score: bool

    def precision_at(self, level: float, choice: Choice, seed: int) -> float | None:
        """The smallest difference under one choice; None where there is none to tell."""
        if choice in ("drawn_order", "drawn_order_and_teams"):
            everybody = twice_as_many_teams(self.everybody) if choice == "drawn_order_and_teams" else self.everybody
            return self._drawn(everybody, level, seed)
        change: dict[Choice, Callable[[Layout], Layout]] = {
            "everybody_twice": everybody_twice,
            "another_year": another_year,
            "twice_as_many_teams": twice_as_many_teams,
        }
        if self.own is None or self.noise is None or (choice == "everybody_twice" and not self.is_score):
            return None
        layout = change[choice](self.own) if choice in change else self.own
        if self.kind == "comparison":
            layout = layout.all_at_once
        found = precision_of(_WEIGHTS[self.kind], layout.cells, self.noise)
        return found.smallest_difference(level) if found else None

    def _drawn(self, everybody: Layout, level: float, seed: int) -> float | None:
        """The median over draws; None where one draw in ten leaves nothing to compare."""
        if self.noise_of_draw is None:
            return None
        sizes, rng = [], np.random.default_rng(seed)
        for _ in range(N_DRAWS):
            layout = drawn_order(everybody, rng)
            found = precision_of(imputed_weights, layout.cells, self.noise_of_draw) if layout else None
            sizes += [found.smallest_difference(level)] if found else []
        return float(np.median(sizes)) if len(sizes) > 0.9 * N_DRAWS else None

    def planned(self, level: float, seed: int) -> Planned:
        """What to tell of this outcome; a difference that is wider than its scale is none."""
        sizes = {choice: self.precision_at(level, choice, seed) for choice in CHOICES}
        kept = {choice: size if size and size <= self.outcome.widest else None for choice, size in sizes.items()}
        layout = self.own if self.own is not None else self.everybody
        n_of = layout.counted.sum(axis=(1, 2)) if not self.outcome.years else layout.came_in[:BETWEEN].sum(axis=(1, 2))
        noise = self.noise or self.noise_of_draw
        is_assumed = noise is not None and noise.is_assumed
        return Planned(self.outcome, int(n_of[UNEXPOSED]), int(n_of[EXPOSED]), level, is_assumed, kept)


def _asked(
    study: Study, clients: pd.DataFrame, compared: pd.DataFrame, outcome: Outcome, scored: Scored | None
) -> _Asked:
    kind = study.design.kind
    has_own = kind in _WEIGHTS
    noise = noise_of_draw = None
    if has_own:
        noise = _noise(compared, outcome, scored, study.design.headline_measure, has_team_level=kind == "staggered")
        noise_of_draw = _noise(compared, outcome, scored, "effect", has_team_level=True)
    if scored is not None and noise_of_draw is None:
        noise_of_draw = assumed_noise(clients["team_no"].to_numpy(np.int64), _column(clients, scored.before))
        noise = noise or noise_of_draw
    own = _layout(compared, outcome, scored) if has_own and not compared.empty else None
    return _Asked(outcome, kind, own, _layout(clients, outcome, scored), noise, noise_of_draw, scored is not None)


def _noise(
    clients: pd.DataFrame, outcome: Outcome, scored: Scored | None, measure: str, *, has_team_level: bool
) -> Noise | None:
    """From clients who had not met the new approach."""
    before = clients[clients["exposed"].eq(UNEXPOSED).fillna(value=False)]
    values, weights = (column[:, 0] for column in values_of(before, [outcome]))
    if measure == "effect_ancova" and scored is not None:
        values = _beside_the_start(_column(before, scored.before), _column(before, scored.after))
    team, period = (before[name].to_numpy(np.int64) for name in ("team_no", "intake_period"))
    if not has_team_level:
        period = np.zeros_like(period)
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
    return Layout(summed(over, one), summed(~over, one), summed(has, weights[:, 0])[:BETWEEN])


def _column(clients: pd.DataFrame, name: str) -> Floats:
    return clients[name].to_numpy(np.float64, na_value=np.nan)


def _levels(outcomes: Sequence[Outcome], possible: Sequence[bool]) -> list[float]:
    """Per outcome the level at which it is found when it alone differs: Holm's and Benjamini-Hochberg's first step."""
    families = [(one.subject, one.is_headline) for one in outcomes]
    counted = [family for family, can in zip(families, possible, strict=True) if can]
    return [LEVEL / max(counted.count(family), 1) for family in families]


def _euros(
    study: Study, clients: pd.DataFrame, compared: pd.DataFrame, wholes: Sequence[Outcome], seed: int
) -> Planned | None:
    """All provisions together: less of one and more of another set off. One figure, so tested alone."""
    parts = [one.column for one in wholes if one.subject == "provisions" and one.unit == "eur"]
    if not parts:
        return None

    def with_sum(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.assign(**{ALL_EUROS.column: frame[parts].sum(axis=1, skipna=False)})

    return _asked(study, with_sum(clients), with_sum(compared), ALL_EUROS, None).planned(LEVEL, seed)
