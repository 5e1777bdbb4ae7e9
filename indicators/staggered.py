"""What the new approach did, from teams that started at different moments: group-time effects.

Callaway and Sant'Anna (2021), Difference-in-differences with multiple time periods, Journal of Econometrics
225:200-230, for repeated cross-sections of new clients, with the not-yet-started teams as comparison. A team's change
since its base period is held against the change over the same two periods in teams that had not started. The base is
the last period in which nobody in the team had met the new approach: partly exposed periods lie between base and
start (their 'anticipation').

Differences are taken within a team first, so that a comparison group in which one team grows does not look like a
trend. All functions carry R replicates: `multiplicity` (R, J) tells how often each team counts in each.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indicators.team_cells import Floats, TeamCells

# A comparison of one team cannot be left out of itself, so no interval exists for it.
MIN_COMPARISON_TEAMS = 2


@dataclass(frozen=True, slots=True)
class CellEffects:
    """Per replicate, team, period and outcome what differs from the comparison; weight 0 where there is nothing to say.

    `effect` (R, J, T, K); `weight` (J, T, K), the weight of the cell's own clients; `event_time` (J, T), periods since
    the team's first exposed period, negative before it.
    """

    effect: Floats
    weight: Floats
    event_time: NDArray[np.int64]

    def averaged(self, multiplicity: Floats, chosen: NDArray[np.bool_]) -> Floats:
        """(R, K): the mean over the `chosen` (J, T) cells, weighted by their clients; NaN where there are none."""
        weight = np.where(chosen[..., None], self.weight, 0.0)
        total = np.einsum("rj,jtk,rjtk->rk", multiplicity, weight, self.effect)
        mass = np.einsum("rj,jtk->rk", multiplicity, weight)
        return np.divide(total, mass, out=np.full_like(total, np.nan), where=mass > 0)


def overall_effect(cells: TeamCells, multiplicity: Floats) -> Floats:
    """(R, K): the mean effect per client who came in under the new approach. The declared headline of design C."""
    effects = group_time_effects(cells, multiplicity)
    return effects.averaged(multiplicity, effects.event_time >= 0)


def group_time_effects(cells: TeamCells, multiplicity: Floats) -> CellEffects:
    """Effects per team and period: at and after the start, and placebo effects before the base period.

    Cells count when at least two not-yet-started teams have clients in both the base and the period itself.
    """
    usable = _comparable_weight(cells)
    base, has_base = _base_period(usable, cells)
    first = _first_exposed(cells)
    trend, n_comparison = _comparison_trend(usable, cells.unexposed.mean, multiplicity, first)
    at_base = np.take_along_axis(cells.unexposed.mean, base[:, None, :], axis=1)
    after = cells.exposed.weight > 0
    level = np.where(after, cells.exposed.mean, cells.unexposed.mean) - at_base
    period = np.arange(level.shape[1])[None, :, None]
    group = np.searchsorted(np.unique(first), first)[:, None, None]
    where = (base[:, None, :], period, np.arange(level.shape[2])[None, None, :])
    before = period < base[:, None, :]
    weight = np.where(after, cells.exposed.weight, np.where(before, usable, 0.0))
    weight = weight * (has_base[:, None, :] & (n_comparison[group, *where] >= MIN_COMPARISON_TEAMS))
    return CellEffects(level - np.moveaxis(trend[group, :, *where], -1, 0), weight, event_time(cells))


def _comparable_weight(cells: TeamCells) -> Floats:
    """(J, T, K) weight of unexposed clients where nobody in the team had met the new approach."""
    return np.where(cells.whole[..., None], cells.unexposed.weight, 0.0)


def event_time(cells: TeamCells) -> NDArray[np.int64]:
    """Periods since the team's first exposed period; of a team that never started it has no meaning and no weight."""
    first = np.minimum(_first_exposed(cells), cells.periods.size - 1)
    return np.asarray(cells.periods[None, :] - cells.periods[first][:, None])


def _first_exposed(cells: TeamCells) -> NDArray[np.int64]:
    """(J,) index of the first period with exposed clients, T for a team without: teams with one value are one group."""
    exposed = np.asarray((cells.exposed.weight > 0).any(axis=2))
    return np.where(exposed.any(axis=1), exposed.argmax(axis=1), cells.periods.size)


def _base_period(usable: Floats, cells: TeamCells) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """(J, K) index of the last usable period of a team that starts, and whether there is one before its start."""
    last = usable.shape[1] - 1 - (usable[:, ::-1] > 0).argmax(axis=1)
    return last, (usable > 0).any(axis=1) & cells.has_started


def _comparison_trend(
    usable: Floats, mean: Floats, multiplicity: Floats, first: NDArray[np.int64]
) -> tuple[Floats, NDArray[np.int64]]:
    """(G, R, T, T, K) mean change from base to period in teams not started, and (G, T, T, K) how many those were.

    One comparison per group of teams that start together: the group itself has no part in it, or a placebo effect would
    be held against itself. A team's change counts with the precision of a difference of its two cells.
    """
    at_base, at_period = usable[:, :, None, :], usable[:, None, :, :]
    both = (at_base > 0) & (at_period > 0)
    precision = np.divide(at_base * at_period, at_base + at_period, out=np.zeros(both.shape), where=both)
    change = precision * (mean[:, None, :, :] - mean[:, :, None, :])
    members = [first == group for group in np.unique(first)]
    n_teams = both.sum(axis=0) - np.stack([both[group].sum(axis=0) for group in members])
    total, mass = (_all_but(members, table, multiplicity) for table in (change, precision))
    trend = np.divide(total, mass, out=np.zeros_like(total), where=n_teams[:, None] >= MIN_COMPARISON_TEAMS)
    return trend, np.broadcast_to(n_teams, (len(members), *total.shape[2:]))


def _all_but(members: list[NDArray[np.bool_]], table: Floats, multiplicity: Floats) -> Floats:
    """(G, R, ...): the sum over teams outside each group, each team as often as its replicate says."""
    every = np.tensordot(multiplicity, table, axes=1)
    return every - np.stack([np.tensordot(multiplicity[:, group], table[group], axes=1) for group in members])


def pre_trend_slope(cells: TeamCells, multiplicity: Floats) -> Floats:
    """(R, K): drift per period of the starting teams against the others before the base; NaN when not seen.

    The least-squares line through the placebo effects and the base itself. One number tests parallel trends with more
    power than a test on each early period apart, which a dozen teams cannot carry.
    """
    effects = group_time_effects(cells, multiplicity)
    base, _ = _base_period(_comparable_weight(cells), cells)
    distance = cells.periods[None, :, None] - cells.periods[base][:, None, :]
    weight = np.where((effects.event_time < 0)[..., None], effects.weight, 0.0)
    total = np.einsum("rj,jtk,rjtk->rk", multiplicity, weight * distance, effects.effect)
    mass = np.einsum("rj,jtk->rk", multiplicity, weight * distance**2)
    return np.divide(total, mass, out=np.full_like(total, np.nan), where=mass > 0)
