"""The same effects with every unexposed client used: what exposed clients would have had is imputed.

Borusyak, Jaravel and Spiess (2024), Revisiting event-study designs, Review of Economic Studies 91:3253-3285: team and
period effects are fitted on unexposed clients only, by weighted least squares on the cells, and subtracted from the
exposed cells. Narrower than a single base period, at the price of asking parallel trends in every period before the
start. The weights of the cell means follow in closed form; shapes as in `staggered`.
"""

from __future__ import annotations

import numpy as np

from indicators.arrays import Floats
from indicators.effects.team_cells import EXPOSED, UNEXPOSED, TeamCells
from indicators.staggered.group_times import MIN_COMPARISON_TEAMS
from indicators.staggered.two_way import period_effects, share_of_team


def imputed_target(cells: TeamCells) -> Floats:
    """(J, T) clients in the exposed cells that can be imputed: two teams not started then, and the team seen before."""
    compared = _compared(cells) > 0
    return cells.weight[EXPOSED] * compared.any(axis=0) * compared.any(axis=1, keepdims=True)


def _compared(cells: TeamCells) -> Floats:
    """(J, T) clients who had not met the approach, in periods in which enough teams had not started."""
    unexposed = cells.weight[UNEXPOSED]
    return unexposed * ((unexposed > 0).sum(axis=0) >= MIN_COMPARISON_TEAMS)


def imputed_weights(cells: TeamCells, multiplicity: Floats) -> Floats:
    """Weights of the mean effect per client who came in under the new approach; NaN where it cannot be known."""
    target = imputed_target(cells)
    unexposed = multiplicity[:, :, None] * _compared(cells)
    share = share_of_team(unexposed)
    total = multiplicity @ target.sum(axis=1)
    scale = np.divide(multiplicity, total[:, None], out=np.full_like(multiplicity, np.nan), where=total[:, None] > 0)
    of_cell = scale[:, :, None] * target
    of_team = of_cell.sum(axis=2, keepdims=True) * share
    effect = period_effects(unexposed, of_cell.sum(axis=1) - of_team.sum(axis=1))
    within = effect[:, None, :] - np.einsum("rjt,rt->rj", share, effect)[:, :, None]
    return np.stack([-of_team - unexposed * within, of_cell], axis=1)
