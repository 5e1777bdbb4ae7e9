"""A second opinion for few teams: would the effect stand out if the teams' courses were laid upside down by lot?

The restricted wild cluster bootstrap (Cameron, Gelbach and Miller 2008, Review of Economics and Statistics 90:414-427;
with the jackknife error in both places MacKinnon, Nielsen and Webb 2023, Journal of Applied Econometrics 38:671-694).
Without an effect a cell differs from its team and its period by chance; those differences keep or change sign, a team
at a time. Estimate and error are weighted sums of the cell means, so that every draw is one multiplication.
"""

from __future__ import annotations

import numpy as np

from indicators.arrays import Floats
from indicators.effects.few_teams import Weights, left_out_weights
from indicators.effects.team_cells import TeamCells
from indicators.staggered.two_way import period_effects, share_of_team

MAX_ENUMERATED = 12  # up to so many teams every pattern of signs is tried
N_DRAWS = 4095


def wild_p_value(weights_of: Weights, cells: TeamCells) -> float:
    """Two-sided p-value against no effect, for one outcome; NaN where the effect or its error cannot be known.

    For weights to which team and period effects are nothing, as those of every design with teams over time. With J
    teams it cannot be below 2 / 2^J.
    """
    weights, left_out = left_out_weights(weights_of, cells)
    mean = cells.mean.ravel()
    error = np.sqrt(((left_out @ mean) ** 2).sum())
    if not error > 0:
        return float("nan")
    by_team = _without_effect(cells)
    signs = _signs(len(by_team))
    drawn = signs @ (by_team @ weights)
    errors = np.sqrt(((signs @ (by_team @ left_out.T)) ** 2).sum(axis=1))
    # A draw that equals what was found, but for the last digit, counts.
    as_far = np.abs(drawn) * error >= np.abs(weights @ mean) * errors * (1 - 1e-9)
    return float(as_far.mean())


def _without_effect(cells: TeamCells) -> Floats:
    """(J, cells): what team and period leave of each cell mean when there is no effect, a row per team."""
    count = cells.weight.sum(axis=0)[None]
    mean = np.divide((cells.weight * cells.mean).sum(axis=0), count, out=np.zeros_like(count), where=count > 0)
    share = share_of_team(count)
    of_team = (share * mean).sum(axis=2, keepdims=True)
    of_period = period_effects(count, (count * (mean - of_team)).sum(axis=1))[:, None, :]
    fitted = of_team + of_period - (share * of_period).sum(axis=2, keepdims=True)
    left = np.where(cells.weight > 0, cells.mean - fitted, 0.0)
    n_teams = cells.teams.size
    return np.asarray(np.einsum("sjt,jk->ksjt", left, np.eye(n_teams)).reshape(n_teams, -1))


def _signs(n_teams: int) -> Floats:
    """(draws, J) of -1 and 1; the first is what was found. A fixed lot, so that the same data give the same answer."""
    if n_teams <= MAX_ENUMERATED:
        return 1.0 - 2.0 * ((np.arange(2**n_teams)[:, None] >> np.arange(n_teams)) & 1)
    lots = np.random.default_rng(0).choice([-1.0, 1.0], (N_DRAWS, n_teams))
    return np.vstack([np.ones(n_teams), lots])
