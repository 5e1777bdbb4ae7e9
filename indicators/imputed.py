"""The same effects with every unexposed client used: what exposed clients would have had is imputed.

Borusyak, Jaravel and Spiess (2024), Revisiting event-study designs, Review of Economic Studies 91:3253-3285: team and
period effects are fitted on unexposed clients only, by weighted least squares on the cells, and subtracted from the
exposed cells. Narrower than a single base period, at the price of asking parallel trends in every period before the
start.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indicators.staggered import MIN_COMPARISON_TEAMS, CellEffects, event_time
from indicators.team_cells import Cells, Floats, TeamCells


def imputed_overall_effect(cells: TeamCells, multiplicity: Floats) -> Floats:
    """(R, K): the mean effect per client who came in under the new approach."""
    effects = imputed_effects(cells, multiplicity)
    return effects.averaged(multiplicity, effects.event_time >= 0)


def imputed_effects(cells: TeamCells, multiplicity: Floats) -> CellEffects:
    """Effects per team and period from the start on; earlier cells have weight 0, as they made the imputation.

    A period counts when at least two teams have unexposed clients in it; a team when it has unexposed clients.
    """
    compared = (cells.unexposed.weight > 0).sum(axis=0) >= MIN_COMPARISON_TEAMS
    unexposed = Cells(cells.unexposed.mean, cells.unexposed.weight * compared)
    period_effect = _period_effects(unexposed, multiplicity, compared)
    team_weight = unexposed.weight.sum(axis=1)
    known = team_weight > 0
    share = np.divide(
        unexposed.weight, team_weight[:, None, :], out=np.zeros_like(unexposed.weight), where=known[:, None, :]
    )
    team_mean = (share * unexposed.mean).sum(axis=1)
    team_effect = team_mean - np.einsum("jtk,rtk->rjk", share, period_effect)
    effect = cells.exposed.mean - team_effect[:, :, None, :] - period_effect[:, None, :, :]
    return CellEffects(effect, cells.exposed.weight * compared * known[:, None, :], event_time(cells))


def _period_effects(unexposed: Cells, multiplicity: Floats, compared: NDArray[np.bool_]) -> Floats:
    """(R, T, K) period effects, summing to zero over the periods that count; 0 elsewhere.

    Team effects are swept out of the normal equations first, which leaves one small system per replicate and outcome.
    """
    weight, mean = unexposed.weight, unexposed.mean
    total = weight.sum(axis=1)
    share = np.divide(weight, total[:, None, :], out=np.zeros_like(weight), where=total[:, None, :] > 0)
    n_periods = weight.shape[1]
    swept = -np.einsum("jtk,jsk->jkts", weight, share)
    swept[..., np.arange(n_periods), np.arange(n_periods)] += np.moveaxis(weight, 1, 2)
    target = np.moveaxis(weight * (mean - (share * mean).sum(axis=1)[:, None, :]), 1, 2)
    matrix = np.tensordot(multiplicity, swept, axes=1)
    solution = _solved(matrix, np.tensordot(multiplicity, target, axes=1), compared.sum(axis=0) - 1)
    return np.moveaxis(solution, 1, 2)


def _solved(matrix: Floats, right: Floats, n_identified: NDArray[np.int64]) -> Floats:
    """(R, K, T) of matrix (R, K, T, T) and right (R, K, T); NaN where no chain of teams connects all periods."""
    size, direction = np.linalg.eigh(matrix)
    is_known = size > 1e-10 * size[..., -1:]
    inverse = np.divide(1, size, out=np.zeros_like(size), where=is_known)
    solution = (direction @ (inverse[..., None] * (np.swapaxes(direction, -1, -2) @ right[..., None])))[..., 0]
    return np.where((is_known.sum(axis=-1) < n_identified)[..., None], np.nan, solution)
