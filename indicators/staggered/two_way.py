"""Team and period effects by weighted least squares, and the two-way figure that is shown only beside the others.

With teams that start at different moments the two-way figure also compares late starters with teams that already work
the new way, so that the effects of some clients count negatively (Goodman-Bacon 2021, Journal of Econometrics
225:254-277). The share of negative weight explains why it differs.
"""

from __future__ import annotations

import numpy as np

from indicators.arrays import Floats
from indicators.effects.team_cells import EXPOSED, TeamCells

ROUNDING = 1e-9  # of the exposed clients: less than that is left of nothing by rounding


def two_way_weights(cells: TeamCells, multiplicity: Floats) -> Floats:
    """(R, 2, J, T): weights of the exposure coefficient in a regression on team, period and exposure, all cells.

    NaN where teams and periods say who is exposed, as when all teams start at once.
    """
    both = cells.weight.sum(axis=0)
    exposed = np.divide(cells.weight[EXPOSED], both, out=np.zeros_like(both), where=both > 0)
    count = multiplicity[:, :, None] * both
    share = share_of_team(count)
    team_mean = (share * exposed).sum(axis=2)
    period = period_effects(count, (count * (exposed - team_mean[:, :, None])).sum(axis=1))
    fitted = (team_mean - np.einsum("rjt,rt->rj", share, period))[:, :, None] + period[:, None, :]
    clients = multiplicity[:, None, :, None] * cells.weight
    weights = clients * np.stack([-fitted, 1 - fitted], axis=1)
    mass, of_exposed = (each[:, EXPOSED].sum(axis=(1, 2)) for each in (weights, clients))
    return np.asarray(weights / np.where(mass > ROUNDING * of_exposed, mass, np.nan)[:, None, None, None])


def negative_share(weights: Floats) -> float:
    """Share of the weight on exposed clients that is negative, in the first replicate: 0 where the figure is a mean."""
    of_exposed = weights[0, EXPOSED]
    return float(-of_exposed[of_exposed < 0].sum() / np.abs(of_exposed).sum())


def share_of_team(weight: Floats) -> Floats:
    """(R, J, T): each cell's share in its team's weight."""
    of_team = weight.sum(axis=2, keepdims=True)
    return np.divide(weight, of_team, out=np.zeros_like(weight), where=of_team > 0)


def period_effects(weight: Floats, right: Floats) -> Floats:
    """(R, T): solution of the period effects' normal equations, team effects swept out, for right side `right` (R, T).

    Zero where a period has no weight; NaN where no chain of teams connects all periods that have.
    """
    diagonal = np.einsum("rt,ts->rts", weight.sum(axis=1), np.eye(weight.shape[2]))
    size, direction = np.linalg.eigh(diagonal - np.swapaxes(weight, 1, 2) @ share_of_team(weight))
    is_known = size > 1e-10 * size[:, -1:]
    inverse = np.divide(1, size, out=np.zeros_like(size), where=is_known)
    along = np.einsum("rus,ru->rs", direction, right)
    n_connected = (weight.sum(axis=1) > 0).sum(axis=1) - 1
    solution = np.einsum("rts,rs->rt", direction, inverse * along)
    return np.where((is_known.sum(axis=1) < n_connected)[:, None], np.nan, solution)
