"""Design C as rows: the effect of an approach that teams started at different moments, with checks and refusals."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.vocabulary import Stamp
from indicators.estimates import (
    FEW_TEAMS,
    Basis,
    Check,
    Estimated,
    Group,
    Line,
    Outcome,
    estimate_rows,
    joint_rows,
    one_row_per_client,
    refused_estimates,
    values_of,
)
from indicators.few_teams import TeamInference, team_inference
from indicators.imputed import imputed_effects, imputed_overall_effect
from indicators.staggered import overall_effect, pre_trend_slope
from indicators.team_cells import PARTLY, Floats, TeamCells, team_cells

HEADLINE = Line("staggered", "effect", "imputed from unexposed clients, team jackknife, t", Stamp.STRONG_COMPARISON)
GROUP_TIME = Line("staggered", "effect_group_time", "group-time effects, team jackknife, t", Stamp.STRONG_COMPARISON)
MIN_TEAMS = 2


def staggered_estimates(clients: pd.DataFrame, outcomes: Sequence[Outcome], group: Group | None = None) -> Estimated:
    """The mean effect per client who came in under the new approach, for all outcomes together.

    `clients` has one row per person: `client_no`, `team_no`, `intake_period` (whole number), `exposed` (1, 0, missing
    for partly, from `exposure_of`), optionally `rater_no`, and the columns that `outcomes` name. The joint table
    holds the headline measure 'effect'; 'effect_group_time' stands beside it as a companion.
    """
    one_row_per_client(clients)
    group = group or Group()
    clients = clients[clients["team_no"].notna() & clients["intake_period"].notna()]
    if clients.empty:
        return refused_estimates(outcomes, group, HEADLINE, "Er zijn geen cliënten met een team en een startdatum.")
    exposed = clients["exposed"].fillna(PARTLY).to_numpy(np.int8)
    values, weights = values_of(clients, outcomes)
    cells = team_cells(
        clients["team_no"].to_numpy(np.int64), clients["intake_period"].to_numpy(np.int64), exposed, values, weights
    )
    used = _used(clients, cells, exposed, values, weights)
    found = {line: team_inference(estimator, cells) for line, estimator in _ESTIMATORS.items()}
    slope = team_inference(pre_trend_slope, cells)
    bases = [_basis(at, clients, used, cells, values, found, slope) for at in range(len(outcomes))]
    tables = [estimate_rows(outcomes, group, line, found[line], bases) for line in found]
    joint = joint_rows(outcomes, group, HEADLINE, found[HEADLINE], bases, used)
    return Estimated(pd.concat(tables, ignore_index=True), joint)


_ESTIMATORS = {HEADLINE: imputed_overall_effect, GROUP_TIME: overall_effect}


def _used(
    clients: pd.DataFrame, cells: TeamCells, exposed: NDArray[np.int8], values: Floats, weights: Floats
) -> NDArray[np.bool_]:
    """(N, K): the client has a part in the estimate of this outcome."""
    row = np.searchsorted(cells.teams, clients["team_no"].to_numpy(np.int64))
    column = np.searchsorted(cells.periods, clients["intake_period"].to_numpy(np.int64))
    counted = imputed_effects(cells, np.ones((1, cells.teams.size))).weight[row, column] > 0
    in_place = (exposed == 0)[:, None] | ((exposed == 1)[:, None] & counted)
    return np.asarray(in_place & ~np.isnan(values) & ~np.isnan(weights))


def _basis(
    at: int,
    clients: pd.DataFrame,
    used: NDArray[np.bool_],
    cells: TeamCells,
    values: Floats,
    found: dict[Line, TeamInference],
    slope: TeamInference,
) -> Basis:
    chosen = used[:, at]
    workers = int(clients.loc[chosen, "rater_no"].nunique()) if "rater_no" in clients else None
    teams = clients.loc[chosen, "team_no"]
    started = teams[clients.loc[chosen, "exposed"].eq(1)].nunique()
    refused = _refusal(started, teams.nunique(), cells, at, values[chosen, at], found[HEADLINE])
    checks = {} if refused else _checks(at, started, teams.nunique(), found, slope)
    return Basis(int(chosen.sum()), workers, checks, refused)


def _refusal(
    n_started: int, n_teams: int, cells: TeamCells, at: int, values: Floats, found: TeamInference
) -> str | None:
    """Why this design cannot carry an estimate of this outcome, in words for the report; None when it can."""
    if not cells.has_started[:, at].any():
        return "Bij geen enkel team zijn cliënten met deze uitkomst na de start van de nieuwe werkwijze ingestroomd."
    if n_started == 0:
        return (
            "Er blijft geen vergelijking over: er zijn geen twee teams die in dezelfde periode nog niet waren begonnen."
        )
    if n_started < MIN_TEAMS or n_teams < 2 * MIN_TEAMS:
        return (
            f"Te weinig teams voor een vergelijking: {n_started} begonnen, {n_teams} in totaal; er zijn er minstens "
            f"{MIN_TEAMS} begonnen en {2 * MIN_TEAMS} in totaal nodig."
        )
    if np.ptp(values) == 0:
        return "Alle cliënten hebben dezelfde uitkomst; er valt geen verschil te meten."
    if not np.isfinite(found.half_width()[at]):
        return "Zonder één van de teams blijft geen vergelijking over; de onzekerheid is niet te bepalen."
    return None


def _checks(
    at: int, n_started: int, n_teams: int, found: dict[Line, TeamInference], slope: TeamInference
) -> dict[str, Check]:
    p_slope = float(slope.p_value[at])
    tested = bool(np.isfinite(p_slope))
    return {
        "partly_exposed": {"holds": True, "rule": "left_out"},
        "pre_trend": {
            "holds": p_slope >= 0.05 if tested else None,
            "slope_per_period": _rounded(slope.estimate[at]),
            "p_value": _rounded(p_slope),
        },
        "teams": {
            "holds": n_teams >= FEW_TEAMS,
            "started": n_started,
            "total": n_teams,
            "degrees_of_freedom": _rounded(found[HEADLINE].degrees_of_freedom[at]),
        },
        "other_estimator": {"holds": None, "group_time": _rounded(found[GROUP_TIME].estimate[at])},
    }


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if np.isfinite(value) else None
