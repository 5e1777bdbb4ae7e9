"""What the new approach did, from teams that started at different moments: group-time effects.

Callaway and Sant'Anna (2021), Difference-in-differences with multiple time periods, Journal of Econometrics
225:200-230, for repeated cross-sections of new clients, with the not-yet-started teams as comparison. A team's change
since its base period is held against the change over the same two periods in teams that had not started. The base is
the last period in which nobody in the team had met the new approach: partly exposed periods lie between base and
start (their 'anticipation').

Differences are taken within a team first, so that a comparison group in which one team grows does not look like a
trend. Every figure is a weighted sum of cell means; these functions give the weights, (R, 2, J, T) for the R
replicates in `multiplicity` (R, J), which tells how often each team counts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.arrays import Flags, Floats, Integers
from indicators.effects.team_cells import EXPOSED, UNEXPOSED, TeamCells

# A comparison of one team cannot be left out of itself, so no interval exists for it.
MIN_COMPARISON_TEAMS = 2


@dataclass(frozen=True, slots=True)
class GroupTimes:
    """Which cells of one outcome can be held against which: the shape of the design, before any outcome is seen.

    `event_time` (J, T) counts periods since the team's first exposed period, `since_base` (J, T) since its base;
    `weight` (J, T) is the clients of a comparable cell, exposed or before the base, and 0 elsewhere. `first` (J,) is
    the index of the first exposed period, T for none; teams with one value are one group.
    """

    first: Integers
    base: Integers
    event_time: Integers
    since_base: Integers
    weight: Floats
    precision: Floats


def overall_weights(cells: TeamCells, multiplicity: Floats) -> Floats:
    """Weights of the mean effect per client who came in under the new approach."""
    times = group_times(cells)
    target = np.where(times.event_time >= 0, times.weight, 0.0)
    return _cell_weights(cells, times, multiplicity, target, target)


def event_weights(cells: TeamCells, multiplicity: Floats, event_time: int) -> Floats:
    """Weights of the mean effect so many periods after the start; before it, a placebo effect."""
    times = group_times(cells)
    target = np.where(times.event_time == event_time, times.weight, 0.0)
    return _cell_weights(cells, times, multiplicity, target, target)


def placebo_weights(cells: TeamCells, multiplicity: Floats, since_base: int) -> Floats:
    """Weights of the placebo effect so many (a negative number of) periods from the base."""
    times = group_times(cells)
    target = np.where((times.since_base == since_base) & (times.event_time < 0), times.weight, 0.0)
    return _cell_weights(cells, times, multiplicity, target, target)


def pre_trend_weights(cells: TeamCells, multiplicity: Floats) -> Floats:
    """Weights of the drift per period of the starting teams against the others, before the base.

    The least-squares line through the placebo effects and the base itself. One number tests parallel trends with more
    power than a test on each early period apart, which a dozen teams cannot carry.
    """
    times = group_times(cells)
    weight = np.where(times.event_time < 0, times.weight, 0.0)
    return _cell_weights(cells, times, multiplicity, weight * times.since_base, weight * times.since_base**2)


def group_times(cells: TeamCells) -> GroupTimes:
    """The comparable cells of one outcome: exposed cells, and cells before the base for placebo effects.

    A cell is comparable when at least two teams that start at another moment are unexposed in it and in the base.
    """
    n_periods = cells.periods.size
    exposed = cells.weight[EXPOSED] > 0
    usable = np.where(cells.whole, cells.weight[UNEXPOSED], 0.0)
    first = np.where(exposed.any(axis=1), exposed.argmax(axis=1), n_periods)
    base = n_periods - 1 - (usable[:, ::-1] > 0).argmax(axis=1)
    at_base, at_period = usable[:, :, None], usable[:, None, :]
    both = (at_base > 0) & (at_period > 0)
    precision = np.divide(at_base * at_period, at_base + at_period, out=np.zeros(both.shape), where=both)
    n_others = np.stack([both[first != one].sum(axis=0)[start] for one, start in zip(first, base, strict=True)])
    own = np.where(exposed, cells.weight[EXPOSED], np.where(np.arange(n_periods) < base[:, None], usable, 0.0))
    has_base = (usable > 0).any(axis=1) & (first < n_periods)
    weight = np.where(has_base[:, None] & (n_others >= MIN_COMPARISON_TEAMS), own, 0.0)
    since_start, since_base = (
        cells.periods - cells.periods[np.minimum(start, n_periods - 1)][:, None] for start in (first, base)
    )
    return GroupTimes(first, base, since_start, since_base, weight, precision)


def _cell_weights(cells: TeamCells, times: GroupTimes, multiplicity: Floats, target: Floats, mass: Floats) -> Floats:
    """Weights of sum(target x effect) / sum(mass) over the (J, T) cells, NaN where the mass is 0."""
    total = multiplicity @ mass.sum(axis=1)
    scale = np.divide(multiplicity, total[:, None], out=np.full_like(multiplicity, np.nan), where=total[:, None] > 0)
    share = scale[:, :, None] * target
    exposed = cells.weight[EXPOSED] > 0
    weights = np.zeros((len(multiplicity), 2, *target.shape))
    weights[:, EXPOSED] = np.where(exposed, share, 0.0)
    weights[:, UNEXPOSED] = np.where(exposed, 0.0, share)
    weights[:, UNEXPOSED, np.arange(times.base.size), times.base] -= share.sum(axis=2)
    for group in np.unique(times.first[times.weight.any(axis=1)]):
        inside = times.first == group
        weights[:, UNEXPOSED, ~inside] -= _comparison(times, multiplicity, share, inside)
    return weights


def _comparison(times: GroupTimes, multiplicity: Floats, share: Floats, inside: Flags) -> Floats:
    """(R, J outside, T) weights of the change in the teams outside one group, from its teams' bases to its periods.

    A team's change counts with the precision of a difference of its two cells, 1 / (1/w_base + 1/w_period).
    """
    precision, count = times.precision[~inside], multiplicity[:, ~inside]
    wanted = np.einsum("rjt,jb->rbt", share[:, inside], np.eye(share.shape[2])[times.base[inside]])
    mass = np.tensordot(count, precision, axes=1)
    ratio = np.divide(wanted, mass, out=np.zeros_like(wanted), where=(mass > 0) & (wanted != 0))
    at_period = np.einsum("cbt,rbt->rct", precision, ratio)
    at_base = np.einsum("cbt,rbt->rcb", precision, ratio)
    return np.asarray(count[:, :, None] * (at_period - at_base))
