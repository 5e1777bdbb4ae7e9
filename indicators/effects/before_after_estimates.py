"""Design A as rows: how much clients changed, with no word on why. The stamp is 'change' and nothing raises it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_contracts.tables.assumptions import Checks
from indicators.arrays import Floats, Integers
from indicators.effects.demonstrable import with_demonstrable
from indicators.effects.estimates import (
    FEW_TEAMS,
    Basis,
    Estimated,
    Line,
    Outcome,
    differ_too_little,
    estimate_rows,
    joint_rows,
    n_workers,
    one_row_per_client,
    values_of,
)
from indicators.effects.few_teams import TeamInference, team_inference
from indicators.effects.team_cells import TeamCells, team_cells

MEAN_CHANGE = Line("before_after", "mean_change", "mean over clients, team jackknife, t")


def before_after_estimates(clients: pd.DataFrame, outcomes: Sequence[Outcome]) -> Estimated:
    """Mean of each outcome per client (or per client-year), with an interval that takes the team as the unit.

    `clients` has one row per person: `client_no`, `team_no`, optionally `rater_no`, and the columns that `outcomes`
    name, a change in score among them. With a single team the interval is about its clients only, and `teams` says
    so.
    """
    one_row_per_client(clients)
    values, weights = values_of(clients, outcomes)
    used = ~np.isnan(values) & ~np.isnan(weights)
    team = clients["team_no"].fillna(-1).to_numpy(np.int64)
    found = _inference(team, values, weights)
    bases = [_basis(clients[used[:, at]], values[used[:, at], at], one) for at, one in enumerate(outcomes)]
    bases = with_demonstrable(outcomes, found, bases)
    rows = estimate_rows(outcomes, MEAN_CHANGE, found, bases)
    return Estimated(rows, joint_rows(outcomes, MEAN_CHANGE, found, bases, used))


def mean_weights(cells: TeamCells, multiplicity: Floats) -> Floats:
    """Weights of the mean over all clients in the cells of one outcome."""
    weights = multiplicity[:, None, :, None] * cells.weight
    total = weights.sum(axis=(1, 2, 3), keepdims=True)
    return np.divide(weights, total, out=np.full_like(weights, np.nan), where=total > 0)


def _inference(team: Integers, values: Floats, weights: Floats) -> TeamInference:
    if np.unique(team).size > 1:
        cells = team_cells(team, np.zeros_like(team), np.zeros(team.size, np.int8), values, weights)
        return team_inference(mean_weights, cells)
    weight = np.where(np.isnan(values), 0.0, np.nan_to_num(weights))
    mass, n_clients = weight.sum(axis=0), (weight > 0).sum(axis=0)
    mean = np.divide(
        (weight * np.nan_to_num(values)).sum(axis=0), mass, out=np.full(mass.shape, np.nan), where=mass > 0
    )
    others = mass - weight
    deviation = np.divide(weight * (mean - np.nan_to_num(values)), others, out=np.zeros_like(weight), where=others > 0)
    return TeamInference(mean, deviation * np.sqrt(1 - 1 / np.maximum(n_clients, 1)), np.maximum(n_clients - 1.0, 1.0))


def _basis(scored: pd.DataFrame, values: Floats, outcome: Outcome) -> Basis:
    n_teams = int(scored["team_no"].nunique())
    checks: Checks = {
        "counterfactual": {"holds": False},
        "teams": {"holds": n_teams >= FEW_TEAMS, "total": n_teams, "unit": "team" if n_teams > 1 else "client"},
    }
    return Basis(len(scored), n_workers(scored), checks, _refusal(values, outcome))


def _refusal(values: Floats, outcome: Outcome) -> str | None:
    if values.size < 2:
        return "Minder dan twee cliënten hebben deze uitkomst op beide momenten; er is geen verandering te meten."
    if differ_too_little(values, is_score=outcome.is_score):
        return "Bijna alle cliënten hebben dezelfde uitkomst; zonder spreiding is er geen marge te bepalen."
    return None
