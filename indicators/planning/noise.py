"""How much clients, and teams in a half-year, differ by themselves: known before anybody looks at an effect.

Only outcomes of clients who had not met the new approach enter here. Within a team and half-year they give the
variance between clients. What their cell means differ more than that, once team and half-year are taken out, is what a
team shares in a half-year (a moment estimator: the expected weighted sum of squares of the residuals, solved).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy

from indicators.arrays import Floats, Integers
from indicators.effects.team_cells import UNEXPOSED, TeamCells, team_cells

# Under so many clients a variance says little; then what is known of first scores stands in for it.
FEWEST_FOR_NOISE = 30
# A variance that may be chance at this level is taken to be none (Bancroft 1964, Biometrics 20:427-442). Of whole teams
# there are few, and half of them tell: there the usual level of a test, else promises are far too careful.
POOLED, POOLED_TEAMS = 0.25, 0.05
# How far two scores of one client go together when nothing tells: half. A change then varies as a first score does.
SCORES_GO_TOGETHER = 0.5


@dataclass(frozen=True, slots=True)
class Noise:
    """Variances: between clients of one cell (per unit of weight), shared by a team in one period, and by a whole team.

    `is_assumed` where no unexposed client has the outcome yet, so that it rests on first scores and an assumption.
    """

    of_client: float
    of_team_period: float = 0.0
    of_team: float = 0.0
    is_assumed: bool = False


def noise_of(
    team: Integers, period: Integers, values: Floats, weights: Floats | None = None, *, has_team_level: bool = True
) -> Noise | None:
    """The noise in values (N,) of unexposed clients; None when fewer than FEWEST_FOR_NOISE have one, or all the same.

    With `has_team_level` the level of a team is taken out, as a staggered design does; without, teams are compared as
    they are, and what they differ is noise too.
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
    left = _left_over(cells)
    of_team_period = left.of_team_period(of_client)
    return Noise(of_client, of_team_period, 0.0 if has_team_level else left.of_team(of_client, of_team_period))


def assumed_noise(team: Integers, first: Floats) -> Noise | None:
    """What a change will vary, from first scores (N,) alone: 2 (1 - r) times their variance within teams."""
    found = noise_of(team, np.zeros_like(team), first)
    return Noise(2 * (1 - SCORES_GO_TOGETHER) * found.of_client, is_assumed=True) if found else None


@dataclass(frozen=True, slots=True)
class _LeftOver:
    """Weighted sums of squares of cell means, and what one unit of each variance adds to them: (squares, of client,
    of team and period, of team). `within` is what half-years and teams leave, `between` what teams take out.
    """

    within: tuple[float, float, float, float]
    between: tuple[float, float, float, float]

    def of_team_period(self, of_client: float) -> float:
        """What cells differ beyond their clients."""
        squares, freedom, share, _ = self.within
        return _beyond(squares, of_client * freedom, freedom, share, POOLED)

    def of_team(self, of_client: float, of_team_period: float) -> float:
        """What teams differ beyond their cells."""
        squares, freedom, by_period, share = self.between
        return _beyond(squares, of_client * freedom + of_team_period * by_period, freedom, share, POOLED_TEAMS)


def _beyond(squares: float, expected: float, freedom: float, share: float, level: float) -> float:
    """A variance by moments; 0 unless it is more than chance at `level`: of few teams it is mostly chance itself."""
    if freedom < 0.5 or scipy.stats.chi2.sf(squares / expected * freedom, freedom) > level:
        return 0.0
    return (squares - expected) / share


def _left_over(cells: TeamCells) -> _LeftOver:
    filled = cells.weight[UNEXPOSED] > 0
    row, column = np.nonzero(filled)
    mass, mean = cells.weight[UNEXPOSED][filled], cells.mean[UNEXPOSED][filled]
    root = np.sqrt(mass)[:, None]
    of_period, of_team = np.eye(cells.periods.size)[column], np.eye(cells.teams.size)[row]

    def squares(columns: Floats) -> tuple[float, float, float, float]:
        fitted = columns * root
        rest = np.eye(mass.size) - fitted @ np.linalg.pinv(fitted)
        together = (of_team * root).T @ rest @ (of_team * root)
        residual = rest @ (root[:, 0] * mean)
        return (
            float(residual @ residual),
            float(np.trace(rest)),
            float((np.diag(rest) * mass).sum()),
            float(np.trace(together)),
        )

    periods, both = squares(of_period), squares(np.hstack([of_period, of_team]))
    return _LeftOver(both, tuple(one - other for one, other in zip(periods, both, strict=True)))  # type: ignore[arg-type]
