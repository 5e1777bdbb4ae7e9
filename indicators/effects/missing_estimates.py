"""With and without: the same figure again for clients who were not measured twice, by weights and by imputation.

Both assume that, among clients alike at the start, dropping out does not depend on how it went. The tipping point says
what must be true if it does: how many points worse (or better) the lost clients in the new approach must have fared
than clients like them, before nothing of the figure is left.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.tables.assumptions import Check, Checks
from indicators.arrays import Flags, Floats, Integers
from indicators.effects.estimates import (
    Basis,
    Line,
    Outcome,
    differ_too_little,
    estimate_rows,
    n_workers,
    one_row_per_client,
    rounded,
)
from indicators.effects.few_teams import Inferred, TeamInference, Weights, inference_of
from indicators.effects.missing import imputations, pooled, weights_of_measured
from indicators.effects.team_cells import EXPOSED, TeamCells, team_cells

_METHODS = {"reweighted": "inverse probability of being measured again", "imputed": "multiple imputation, Rubin"}


@dataclass(frozen=True, slots=True)
class Started:
    """Clients with a score at the start (N,), measured again or not: where they came in, and what was known then."""

    team: Integers
    period: Integers
    exposed: NDArray[np.int8]
    predictors: Floats
    outcome: Floats

    @property
    def measured(self) -> Flags:
        """(N,) the outcome is known."""
        return ~np.isnan(self.outcome)


def with_missing_clients(
    clients: pd.DataFrame,
    outcomes: Sequence[Outcome],
    before: Sequence[str],
    predictors: Sequence[str],
    line: Line,
    weights_of: Weights,
    *,
    seed: int,
) -> pd.DataFrame:
    """est_effects__estimates of `line` twice more per outcome: measures '<measure>_reweighted' and '<measure>_imputed'.

    `clients` as the design takes them (before and after: without `intake_period` and `exposed`), with per outcome the
    starting score in the column that `before` names, and numeric `predictors` known at the start without gaps.
    Clients without a starting score were not asked, and have no part. `weights_of` is the design's own estimator.
    `n_clients` counts everyone who started, measured again or not.
    """
    one_row_per_client(clients)
    found: dict[str, list[Inferred]] = {name: [] for name in _METHODS}
    bases: dict[str, list[Basis]] = {name: [] for name in _METHODS}
    for outcome, start in zip(outcomes, before, strict=True):
        own = clients[takes_part(clients, start)]
        started = _started(own, outcome, start, predictors)
        refused = _refusal(started)
        for name, (figures, checks) in _figures(started, weights_of, seed, refused).items():
            found[name].append(figures)
            bases[name].append(Basis(len(own), n_workers(own), checks, refused))
    rows = [
        estimate_rows(outcomes, _line_of(line, name), TeamInference.of(found[name]), bases[name]) for name in _METHODS
    ]
    return pd.concat(rows, ignore_index=True)


def takes_part(clients: pd.DataFrame, start: str) -> Flags:
    """(N,) who started, measured again or not: with a starting score, and placed as the design asks."""
    needed = [name for name in ("team_no", "intake_period", "exposed", start) if name in clients]
    return clients[needed].notna().all(axis=1).to_numpy(bool)


def _started(own: pd.DataFrame, outcome: Outcome, start: str, predictors: Sequence[str]) -> Started:
    nothing = pd.Series(0, index=own.index)
    team, period, exposed = (own.get(name, nothing) for name in ("team_no", "intake_period", "exposed"))
    return Started(
        np.asarray(team, np.int64),
        np.asarray(period, np.int64),
        np.asarray(exposed, np.int8),
        # Drop-out may follow the starting score otherwise in the approach than outside it.
        np.column_stack([own[[start, *predictors]].to_numpy(np.float64), exposed, exposed * own[start]]),
        own[outcome.column].to_numpy(np.float64, na_value=np.nan),
    )


def _figures(
    started: Started, weights_of: Weights, seed: int, refused: str | None
) -> dict[str, tuple[Inferred, Checks]]:
    if refused is not None:
        return dict.fromkeys(_METHODS, ((np.nan, np.zeros(1), np.nan), {}))
    share = float(started.measured.mean())
    checks: Checks = {"measured_again": {"holds": share >= 0.8, "share": round(share, 2)}}
    weights = weights_of_measured(started.predictors, started.measured)
    estimate, deviation, freedom = inference_of(weights_of, _cells(started, started.outcome[:, None], weights))
    reweighted = (estimate, np.sqrt((deviation**2).sum(keepdims=True)), freedom)
    imputed, tipping = _imputed(started, weights_of, seed)
    return {"reweighted": (reweighted, checks), "imputed": (imputed, checks | {"tipping_point": tipping})}


def _imputed(started: Started, weights_of: Weights, seed: int) -> tuple[Inferred, Check]:
    """The pooled figure; and the shift of lost clients, in points, at which it, or its interval, meets 0."""
    codes = [_indicators(code) for code in (started.team, started.period)]
    filled = imputations(np.column_stack([started.predictors, *codes]), started.outcome, seed)
    everyone = np.ones(started.outcome.size)
    found = [inference_of(weights_of, _cells(started, one[:, None], everyone)) for one in filled]
    estimates = np.array([estimate for estimate, _, _ in found])
    variances = np.array([(deviation**2).sum() for _, deviation, _ in found])
    result = pooled(estimates, variances, found[0][2])
    inferred = (result.estimate, np.array([np.sqrt(result.variance)]), result.degrees_of_freedom)
    lost = ~started.measured & ((started.exposed == EXPOSED) | (started.exposed != EXPOSED).all())
    per_point = inference_of(weights_of, _cells(started, lost[:, None].astype(np.float64), everyone))[0]
    half_width = float(TeamInference.of([inferred]).half_width()[0])
    surely = max(abs(result.estimate) - half_width, 0.0) * np.sign(result.estimate)
    meets = [rounded(-one / per_point) if per_point else None for one in (result.estimate, surely)]
    return inferred, {"holds": None, "points": meets[0], "points_interval": meets[1]}


def _cells(started: Started, values: Floats, weights: Floats) -> TeamCells:
    table = np.broadcast_to(weights[:, None], values.shape)
    return team_cells(started.team, started.period, started.exposed, values, table).outcome(0)


def _indicators(code: Integers) -> Floats:
    return (code[:, None] == np.unique(code)[1:]).astype(np.float64)


def _refusal(started: Started) -> str | None:
    if started.measured.sum() < 2:
        return "Minder dan twee cliënten zijn opnieuw gemeten; over de anderen is dan niets te zeggen."
    if differ_too_little(started.outcome[started.measured]):
        return "Bijna alle cliënten hebben dezelfde uitkomst; er valt niets aan te vullen."
    return None


def _line_of(line: Line, name: str) -> Line:
    return replace(line, measure=f"{line.measure}_{name}", method=f"{line.method}; {_METHODS[name]}")
