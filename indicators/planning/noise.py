"""How much clients, and teams in a half-year, differ by themselves: known before anybody looks at an effect.

Only outcomes of clients who had not met the new approach enter here. Within a team and half-year they give the
variance between clients. What their cell means differ more than that, once team and half-year are taken out, is what a
team shares in a half-year (a moment estimator: the expected weighted sum of squares of the residuals, solved).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.arrays import Floats, Integers
from indicators.effects.team_cells import UNEXPOSED, TeamCells, team_cells

# Under so many clients a variance says little; then what is known of first scores stands in for it.
FEWEST_FOR_NOISE = 30
# How far two scores of one client go together when nothing tells: half. A change then varies as a first score does.
SCORES_GO_TOGETHER = 0.5


@dataclass(frozen=True, slots=True)
class Noise:
    """Variances: between clients of one cell (per unit of weight), and shared by a team in one period.

    `is_assumed` where no unexposed client has the outcome yet, so that it rests on first scores and an assumption.
    """

    of_client: float
    of_team_period: float = 0.0
    is_assumed: bool = False


def noise_of(
    team: Integers, period: Integers, values: Floats, weights: Floats | None = None, *, has_team_level: bool = True
) -> Noise | None:
    """The noise in values (N,) of unexposed clients; None when fewer than FEWEST_FOR_NOISE have one, or all the same.

    With `has_team_level` the level of a team is taken out, as a staggered design does; without, teams are compared as
    they are and what they differ is noise.
    """
    known = ~np.isnan(values)
    if weights is not None:
        known &= ~np.isnan(weights)
    if int(known.sum()) < FEWEST_FOR_NOISE:
        return None
    weight = np.ones(int(known.sum())) if weights is None else weights[known]
    team, period, values = team[known], period[known], values[known]
    cells = team_cells(team, period, np.zeros(team.size, np.int8), values[:, None], weight[:, None]).outcome(0)
    mean, mass = cells.mean[UNEXPOSED], cells.weight[UNEXPOSED]
    at = np.searchsorted(cells.teams, team), np.searchsorted(cells.periods, period)
    freedom = team.size - int((mass > 0).sum())
    if freedom < FEWEST_FOR_NOISE // 2:
        return None
    of_client = float((weight * (values - mean[at]) ** 2).sum()) / freedom
    if not of_client > 0:
        return None
    return Noise(of_client, _of_team_period(cells, of_client, has_team_level=has_team_level))


def assumed_noise(team: Integers, first: Floats) -> Noise | None:
    """What a change will vary, from first scores (N,) alone: 2 (1 - r) times their variance within teams."""
    found = noise_of(team, np.zeros_like(team), first)
    return Noise(2 * (1 - SCORES_GO_TOGETHER) * found.of_client, is_assumed=True) if found else None


def _of_team_period(cells: TeamCells, of_client: float, *, has_team_level: bool) -> float:
    """The variance of what a team shares in a period; 0 where the cells do not differ more than their clients do."""
    filled = cells.weight[UNEXPOSED] > 0
    row, column = np.nonzero(filled)
    mass, mean = cells.weight[UNEXPOSED][filled], cells.mean[UNEXPOSED][filled]
    columns = [np.eye(cells.periods.size)[column]]
    if has_team_level:
        columns.append(np.eye(cells.teams.size)[row])
    fitted = np.hstack(columns) * np.sqrt(mass)[:, None]
    rest = np.eye(mass.size) - fitted @ np.linalg.pinv(fitted)
    total = float(((rest @ (np.sqrt(mass) * mean)) ** 2).sum())
    share = float(np.trace(rest * mass))
    if share <= 1e-9 * mass.sum():
        return 0.0
    return max(0.0, (total - of_client * float(np.trace(rest))) / share)
