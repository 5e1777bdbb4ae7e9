"""Design D as rows: the step in an aggregate series at the start of the new approach. The stamp is 'indication'."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_contracts.tables.assumptions import Check, Checks
from data_contracts.vocabulary.certainty import RARE, smallest_p_value
from indicators.arrays import Floats, Integers
from indicators.effects.demonstrable import with_demonstrable
from indicators.effects.estimates import Basis, Line, Outcome, estimate_rows, rounded
from indicators.effects.few_teams import Inferred, TeamInference
from indicators.series.autoregressive import step_autoregressive
from indicators.series.interrupted import (
    default_lags,
    placebo_starts,
    refusal,
    segmented_design,
    step_newey_west,
)

STEP = Line("series", "effect", "segmented regression, autoregressive errors, restricted likelihood, Satterthwaite's t")


def series_step(
    values: Floats, start: int, n_clients: int, season: Integers | None = None, left_out: int = 0
) -> tuple[Inferred, Basis]:
    """The step after the first `start` of `values` (T,), with bend, Newey-West error and placebo starts.

    `values` are means or rates per period without gaps; `n_clients` counts the people behind the whole series;
    `season` (T,) numbers the season of each period; `left_out` periods between before and after are not in `values`.
    """
    refused = refusal(start, values.size - start)
    if refused is None and np.ptp(values) == 0:
        refused = "De reeks verandert nergens; er valt geen knik te meten."
    if refused is not None:
        return no_step(n_clients, refused)
    design = segmented_design(values.size, start, season, left_out)
    found, correlation = step_autoregressive(values, design)
    robust = step_newey_west(values, design, default_lags(values.size))
    checks: Checks = {
        "counterfactual": {"holds": None},
        "placebo_starts": _placebo(*placebo_starts(values, start, season, left_out)),
        "bend": {"holds": None, "per_period": rounded(found.bend), "se": rounded(found.bend_se)},
        "autocorrelation": {"holds": None, "value": rounded(correlation), "newey_west_se": rounded(robust.step_se)},
    }
    step = found.step, np.array([found.step_se]), found.degrees_of_freedom
    return step, Basis(n_clients, None, checks)


def no_step(n_clients: int, because: str) -> tuple[Inferred, Basis]:
    """A series without a step, in words for the report."""
    return (np.nan, np.full(1, np.nan), np.nan), Basis(n_clients, None, refused_because=because)


def step_rows(outcomes: Sequence[Outcome], steps: Sequence[tuple[Inferred, Basis]]) -> pd.DataFrame:
    """est_effects__estimates: a row per series, demonstrable or not among all series that were looked at."""
    found = TeamInference.of([step for step, _ in steps])
    bases = with_demonstrable(outcomes, found, [basis for _, basis in steps])
    return estimate_rows(outcomes, STEP, found, bases)


def _placebo(n_as_large: int, n_starts: int) -> Check:
    """The permutation p-value, in which the true start counts; with so few starts that nothing could hold, unknown."""
    p_value = (1 + n_as_large) / (1 + n_starts)
    holds = p_value <= RARE if smallest_p_value(n_starts) <= RARE else None
    return {"holds": holds, "p_value": rounded(p_value), "n_starts": n_starts, "n_as_large": n_as_large}
