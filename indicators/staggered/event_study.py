"""Effects by time since the start, placebo effects before it, and how far the trends may differ before a result falls.

The bounds follow Rambachan and Roth (2023), A more credible approach to parallel trends, Review of Economic Studies
90:2555-2591, relative magnitudes: between two periods after the base the trends may drift apart at most `m_bar`
times as much as the largest drift between two periods before it. Their hybrid test needs a linear programme per
point; here the interval is the union over which early drift was the largest of ordinary intervals for the bound under
it. That is valid, and wider than theirs.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import scipy

from indicators.arrays import Flags, Floats, Integers
from indicators.effects.few_teams import TeamInference, inference_of
from indicators.effects.team_cells import TeamCells
from indicators.staggered.group_times import event_weights, group_times, overall_weights, placebo_weights


def event_times(cells: TeamCells) -> Integers:
    """Times since the start of which at least two teams can speak in one outcome; negative ones are placebo."""
    times = group_times(cells)
    return _of_two_teams(times.event_time, times.weight > 0)


def event_study(cells: TeamCells, times: Integers) -> TeamInference:
    """Effects of one outcome at `times` since the start, with their joint covariance: the K axis is time."""
    found = [inference_of(partial(event_weights, event_time=int(time)), cells) for time in times]
    return TeamInference.of(found)


def pre_trend_p_value(study: TeamInference, times: Integers) -> float | None:
    """Wald test of all placebo effects at once, Hotelling's small-sample F; None where the teams cannot carry it."""
    before = times < 0
    n_effects = int(before.sum())
    if n_effects == 0:
        return None
    freedom = float(study.degrees_of_freedom[before].min())
    residual = freedom - n_effects + 1
    covariance = study.covariance[np.ix_(before, before)]
    if not residual > 1 or np.linalg.matrix_rank(covariance, hermitian=True) < n_effects:
        return None
    wald = float(study.estimate[before] @ np.linalg.solve(covariance, study.estimate[before]))
    return float(scipy.stats.f.sf(wald * residual / (freedom * n_effects), n_effects, residual))


def breakdown_value(cells: TeamCells, largest: float = 5.0) -> float | None:
    """The largest `m_bar`, in steps of 0.05 up to `largest`, at which the interval of the overall effect leaves out 0.

    0 when the effect cannot be told from 0 even under parallel trends; None without two periods before the start.
    """
    steps = np.arange(0, largest + 0.025, 0.05)
    bounds = interval_under_drift(cells, steps)
    if bounds is None:
        return None
    holds = (bounds[:, 0] > 0) | (bounds[:, 1] < 0)
    return float(steps[holds.argmin() - 1]) if not holds.all() and holds[0] else float(steps[-1] * holds[0])


def interval_under_drift(cells: TeamCells, m_bar: Floats, confidence: float = 0.95) -> Floats | None:
    """(M, 2): interval of the overall group-time effect of one outcome for each of `m_bar` (M,)."""
    times = group_times(cells)
    placebo = _of_two_teams(times.since_base, (times.weight > 0) & (times.event_time < 0))
    if placebo.size == 0:
        return None
    found = [inference_of(overall_weights, cells)]
    found += [inference_of(partial(placebo_weights, since_base=int(time)), cells) for time in placebo]
    joint = TeamInference.of(found)
    after = np.where(times.event_time >= 0, times.weight, 0.0)
    distance = float((after * times.since_base).sum() / after.sum())
    # Placebo effects count from the base, so that successive drifts are their differences, the base itself being 0.
    gap = np.diff(np.append(placebo, 0))
    drift = np.diff(np.append(joint.estimate[1:], 0.0)) / gap
    deviation = np.diff(np.pad(joint.deviation[:, 1:], ((0, 0), (0, 1)))) / gap
    moved = np.concatenate([drift, -drift])[None, :] * m_bar[:, None] * distance
    spread = np.concatenate([deviation, -deviation], axis=1)[None] * m_bar[:, None, None] * distance
    critical = float(scipy.stats.t.ppf((1 + confidence) / 2, joint.degrees_of_freedom[0]))
    lower, upper = (
        joint.estimate[0]
        + side * (moved + critical * np.sqrt(((joint.deviation[:, :1] + side * spread) ** 2).sum(axis=1)))
        for side in (-1, 1)
    )
    return np.column_stack([lower.min(axis=1), upper.max(axis=1)])


def _of_two_teams(times: Integers, speaks: Flags) -> Integers:
    found, n_teams = np.unique(times[speaks], return_counts=True)
    return found[n_teams > 1]
