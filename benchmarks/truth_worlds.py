"""Municipalities with a known truth, light enough to make thousands of them.

Scores are 1 to 5, cut from a latent self-reliance. Each client has two outcomes, with and without the new approach,
from the same noise: their difference is the truth, on the scale that the estimators see. What the options switch on
is what makes evaluations go wrong: intake at a low point, rater noise, ceilings, drop-out, teams that start because
they were on the way up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.arrays import Floats
from indicators.effects.team_cells import EXPOSED, PARTLY, UNEXPOSED

CUTS = np.array([-1.6, -0.8, 0.0, 0.9])
N_PERIODS = 8


@dataclass(frozen=True, slots=True)
class World:
    """What is true in a kind of municipality; effects and shifts are in latent standard deviations."""

    effect: float = 0.0
    effect_growth: float = 0.0
    effect_spread: float = 0.0
    n_teams: int = 40
    n_started: int = 24
    clients: tuple[int, int] = (400, 4000)
    dip: float = 0.0
    rater_noise: float = 0.5
    level: float = 0.0
    period_shift: float = 0.1
    drift: float = 0.0
    lost: str = "nobody"
    unscored: float = 0.0
    mid_period: bool = False
    allocation: str = "staggered"
    gap: float = 0.0
    odd: float = 0.0


@dataclass(frozen=True, slots=True)
class Municipality:
    """Clients (N,): codes, starting score, later score (NaN when not measured again), and the true effect on it.

    `odd` clients were with a team in the approach and with one without: half of the gain, whoever counts them.
    """

    team: np.ndarray
    period: np.ndarray
    exposed: np.ndarray
    before: Floats
    after: Floats
    effect: Floats
    odd: np.ndarray

    @property
    def change(self) -> Floats:
        """(N,)."""
        return self.after - self.before


def municipality(world: World, rng: np.random.Generator) -> Municipality:
    """One municipality; who is in it, when teams start and every score are drawn anew."""
    n = int(rng.integers(world.clients[0], world.clients[1] + 1))
    team = rng.choice(world.n_teams, n, p=rng.dirichlet(np.full(world.n_teams, 8.0)))
    period = rng.integers(0, N_PERIODS, n)
    start = _starts(world, rng)
    need = world.level + rng.normal(0, 1, n)
    if world.allocation != "by score":
        need = need + rng.normal(0, 0.3, world.n_teams)[team] - world.gap * (team < world.n_started)
    before = _cut(need - world.dip + rng.normal(0, world.rater_noise, n))
    if world.allocation == "by score":
        low = rng.random(n) < 1 / (1 + np.exp(0.6 * (before - 3)))
        team = np.where(low, rng.integers(0, world.n_started, n), rng.integers(world.n_started, world.n_teams, n))
    exposed = np.where(period >= start[team], EXPOSED, UNEXPOSED)
    course = rng.normal(0, world.period_shift, N_PERIODS)[period] + world.drift * period * (team < world.n_started)
    gain = world.effect + world.effect_growth * np.maximum(period - start[team], 0)
    gain = gain + rng.normal(0, world.effect_spread, world.n_teams)[team]
    noise = rng.normal(0, world.rater_noise, n)
    without, with_it = _cut(need + course + noise), _cut(need + course + gain + noise)
    after = np.where(exposed == EXPOSED, with_it, without)
    if world.mid_period:
        exposed = np.where(period == start[team] - 1, PARTLY, exposed)
        after = np.where(exposed == PARTLY, _cut(need + course + gain / 2 + noise), after)
    odd = np.zeros(n, np.bool_)
    if world.odd:
        odd = rng.random(n) < world.odd
        after = np.where(odd, _cut(need + course + gain / 2 + noise), after)
    after = np.where(rng.random(n) < _chance_of_loss(world, before, after, exposed), np.nan, after)
    before = np.where(rng.random(n) < world.unscored * (before >= 4), np.nan, before)
    return Municipality(team, period, exposed.astype(np.int8), before, after, with_it - without, odd)


def _starts(world: World, rng: np.random.Generator) -> np.ndarray:
    """(n_teams,) first period in the approach, 99 for never; unrelated to anything else."""
    start = np.full(world.n_teams, 99)
    start[: world.n_started] = rng.integers(2, 7, world.n_started) if world.allocation == "staggered" else 0
    return start


def _cut(latent: Floats) -> Floats:
    return 1.0 + np.searchsorted(CUTS, latent)


def _chance_of_loss(world: World, before: Floats, after: Floats, exposed: np.ndarray) -> Floats:
    """(N,) probability of not being measured again; the approach loses other clients than its absence does."""
    if world.lost == "nobody":
        return np.zeros(before.size)
    if world.lost == "by start":
        return 1 / (1 + np.exp(1.0 - np.where(exposed == EXPOSED, 0.6, -0.4) * (before - 3)))
    return 1 / (1 + np.exp(1.0 + np.where(exposed == EXPOSED, 0.6, 0.2) * (after - 3)))
