"""Did teams drift apart before the start, what would the check have seen, and what does it leave possible?

A falsification test is not adjusted for the number of outcomes: that would make it blind. It fails when the line
through the placebo effects is too steep for chance, or when all placebo effects together are too large; each by itself
at 5 %, so that it warns in at most one of ten cases without drift. A check that finds nothing may have been unable to
(Roth 2022, American Economic Review: Insights 4:305-322), so its power stands beside it, and the effect under the drift
that it could not exclude.
"""

from __future__ import annotations

import numpy as np
import scipy

from data_contracts.demonstrable import LEVEL
from data_contracts.tables.assumptions import Checks
from indicators.arrays import Floats
from indicators.effects.estimates import rounded
from indicators.effects.few_teams import Inferred, TeamInference, Weights, inference_of
from indicators.effects.team_cells import EXPOSED, TeamCells
from indicators.staggered.event_study import event_study, event_times, pre_trend_p_value
from indicators.staggered.group_times import pre_trend_weights


def drift_checks(cells: TeamCells, weights_of: Weights, effect: float) -> Checks:
    """'pre_trend' and 'drift_not_excluded' of one figure; null where too little lies before the start to tell.

    `weights_of` are the weights of the figure `effect`. Drift is a line in time that starting teams follow and others
    do not. `slope_explaining` is the slope that the check would show if drift alone made the whole effect; `power` is
    how often it would then have failed by its slope.
    """
    slope, error, freedom = _slope(inference_of(pre_trend_weights, cells))
    together = _all_periods(cells)
    p_slope = float(2 * scipy.stats.t.sf(abs(slope / error), freedom)) if error > 0 else np.nan
    known = [one for one in (p_slope, together) if one is not None and np.isfinite(one)]
    per_slope = _moved_per_slope(cells, weights_of)
    explaining = effect / per_slope
    seen = power_of_t(abs(explaining) / error, freedom) if error > 0 else np.nan
    furthest = _not_excluded(slope, error, freedom, np.sign(explaining))
    left = effect - furthest * per_slope
    return {
        "pre_trend": {
            "holds": min(known) >= LEVEL if known else None,
            "slope_per_period": rounded(slope),
            "p_value": rounded(p_slope),
            "p_value_all_periods": rounded(together),
            "slope_explaining": rounded(explaining),
            "power": rounded(seen),
        },
        "drift_not_excluded": {
            "holds": bool(left * effect > 0) if np.isfinite(left) else None,
            "per_period": rounded(furthest),
            "estimate": rounded(left),
        },
    }


def power_of_t(distance: float, freedom: float) -> float:
    """How often a two-sided t test at 5 % rejects when the truth lies `distance` standard errors from nothing."""
    bound = scipy.stats.t.ppf(1 - LEVEL / 2, freedom)
    # The tail on the other side is lost to rounding where the distance is large.
    other_side = np.nan_to_num(scipy.stats.nct.cdf(-bound, freedom, distance))
    return float(scipy.stats.nct.sf(bound, freedom, distance) + other_side)


def _slope(found: Inferred) -> tuple[float, float, float]:
    inference = TeamInference.of([found])
    return found[0], float(inference.standard_error[0]), found[2]


def _all_periods(cells: TeamCells) -> float | None:
    times = event_times(cells)
    before = times[times < 0]
    return pre_trend_p_value(event_study(cells, before), before) if before.size else None


def _moved_per_slope(cells: TeamCells, weights_of: Weights) -> float:
    """How far a drift moves the figure, per unit of the slope that the check shows; NaN where drift shows nowhere.

    When all teams start, a line that all of them follow is a trend like any other.
    """
    started = (cells.weight[EXPOSED] > 0).any(axis=1)
    line = np.where(started[:, None], cells.periods - cells.periods[0], 0.0)
    moved, shown = (_of_line(cells, weights, line) for weights in (weights_of, pre_trend_weights))
    return moved / shown if abs(shown) > 1e-9 else float("nan")


def _of_line(cells: TeamCells, weights_of: Weights, line: Floats) -> float:
    weights = weights_of(cells, np.ones((1, cells.teams.size)))[0]
    return float((weights * line).sum())


def _not_excluded(slope: float, error: float, freedom: float, direction: float) -> float:
    """The end of the slope's 95 % interval on the side that feigns the effect; 0 when it lies on the other side."""
    end = slope + direction * float(scipy.stats.t.ppf(1 - LEVEL / 2, freedom)) * error
    return end if not np.isfinite(end) or end * direction > 0 else 0.0
