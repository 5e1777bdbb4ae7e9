"""Design C as rows: the effect of an approach that teams started at different moments, with checks and refusals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.estimates import ESTIMATES
from indicators.arrays import Flags, Floats, Integers
from indicators.effects.demonstrable import with_demonstrable
from indicators.effects.estimates import (
    Basis,
    Estimated,
    Line,
    Outcome,
    estimate_rows,
    joint_rows,
    n_workers,
    one_row_per_client,
    refused_estimates,
    values_of,
)
from indicators.effects.few_teams import TeamInference, Weights, inference_of, team_inference
from indicators.effects.team_cells import EXPOSED, PARTLY, UNEXPOSED, TeamCells, team_cells
from indicators.staggered import checks as staggered_checks
from indicators.staggered.event_study import event_times
from indicators.staggered.group_times import event_weights, group_times, overall_weights
from indicators.staggered.imputed import imputed_target, imputed_weights

HEADLINE = Line("staggered", "effect", "imputed from unexposed clients, team jackknife, t")
GROUP_TIME = Line("staggered", "effect_group_time", "group-time effects, team jackknife, t")
_WEIGHTS: dict[Line, Weights] = {HEADLINE: imputed_weights, GROUP_TIME: overall_weights}


def staggered_estimates(clients: pd.DataFrame, outcomes: Sequence[Outcome]) -> Estimated:
    """The mean effect per client who came in under the new approach, for all outcomes together.

    `clients` has one row per person: `client_no`, `team_no`, `intake_period` (whole number), `exposed` (1, 0, missing
    for partly, from `exposure_of`), optionally `rater_no`, and the columns that `outcomes` name. The joint table
    holds the headline measure 'effect'; 'effect_group_time' stands beside it as a companion.
    """
    one_row_per_client(clients)
    clients = clients[clients["team_no"].notna() & clients["intake_period"].notna()]
    if clients.empty:
        because = "Er zijn geen cliënten met een team en een startdatum."
        return refused_estimates(clients, outcomes, HEADLINE, because)
    cells, used, values = cells_of(clients, outcomes)
    headline, group_time = (team_inference(weights, cells) for weights in (imputed_weights, overall_weights))
    bases: dict[Line, list[Basis]] = {HEADLINE: [], GROUP_TIME: []}
    for at in range(len(outcomes)):
        own, chosen = cells.outcome(at), used[:, at]
        refused = staggered_checks.refusal(own, values[chosen, at], outcomes[at])
        about = ~np.isnan(values[:, at]) if refused else chosen
        basis = Basis(int(about.sum()), n_workers(clients[about]), refused_because=refused)
        design = {} if refused else staggered_checks.checks(own, group_time, at)
        for line, found in ((HEADLINE, headline), (GROUP_TIME, group_time)):
            of_figure = {} if refused else staggered_checks.checks_of_figure(own, _WEIGHTS[line], found, at)
            bases[line].append(replace(basis, checks=design | of_figure))
    rows = [
        estimate_rows(outcomes, line, found, with_demonstrable(outcomes, found, bases[line]))
        for line, found in ((HEADLINE, headline), (GROUP_TIME, group_time))
    ]
    joint = joint_rows(outcomes, HEADLINE, headline, bases[HEADLINE], used)
    return Estimated(pd.concat(rows, ignore_index=True), joint)


def takes_part(clients: pd.DataFrame, outcome: Outcome) -> Flags:
    """(N,) which clients the effect on `outcome` rests on: those under the new approach and those they stand beside."""
    placed = (clients["team_no"].notna() & clients["intake_period"].notna()).to_numpy(bool)
    found = np.zeros(len(clients), bool)
    found[placed] = cells_of(clients[placed], [outcome])[1][:, 0]
    return found


def takes_part_at(clients: pd.DataFrame, outcome: Outcome, time: int) -> Flags:
    """(N,) which clients the effect so long since the start rests on: who came in then, and whom they stand beside."""
    placed = (clients["team_no"].notna() & clients["intake_period"].notna()).to_numpy(bool)
    own = clients[placed]
    cells, used, _ = cells_of(own, [outcome])
    chosen, event_time, weight = used[:, 0], *_event_time(cells.outcome(0), own)
    found = np.zeros(len(clients), bool)
    beside = own["exposed"].fillna(PARTLY).to_numpy(np.int8) == UNEXPOSED
    found[placed] = chosen & (beside | ((event_time == time) & (weight > 0)))
    return found


def event_study_estimates(clients: pd.DataFrame, outcomes: Sequence[Outcome]) -> pd.DataFrame:
    """est_effects__estimates by time since the start: measure 'effect_at_+0' and on, 'placebo_at_-2' and back.

    For the picture beside the headline. `n_clients` counts the clients who came in at that time themselves, not the
    comparison; times of which an outcome cannot speak have no row.
    """
    one_row_per_client(clients)
    clients = clients[clients["team_no"].notna() & clients["intake_period"].notna()]
    rows = [empty_frame(ESTIMATES)]
    if outcomes and not clients.empty:
        cells, used, _ = cells_of(clients, outcomes)
        for at, outcome in enumerate(outcomes):
            rows += _event_rows(cells.outcome(at), used[:, at], clients, outcome)
    return pd.concat(rows, ignore_index=True)


def cells_of(clients: pd.DataFrame, outcomes: Sequence[Outcome]) -> tuple[TeamCells, Flags, Floats]:
    """The cells of all outcomes, (N, K) who has a part in which estimate, and the (N, K) values."""
    exposed = clients["exposed"].fillna(PARTLY).to_numpy(np.int8)
    values, weights = values_of(clients, outcomes)
    team, period = (clients[name].to_numpy(np.int64) for name in ("team_no", "intake_period"))
    cells = team_cells(team, period, exposed, values, weights)
    where = np.searchsorted(cells.teams, team), np.searchsorted(cells.periods, period)
    imputed = np.stack([imputed_target(cells.outcome(at))[where] > 0 for at in range(len(outcomes))], axis=1)
    in_place = (exposed == UNEXPOSED)[:, None] | ((exposed == EXPOSED)[:, None] & imputed)
    return cells, in_place & ~np.isnan(values) & ~np.isnan(weights), values


def _event_rows(cells: TeamCells, chosen: Flags, clients: pd.DataFrame, outcome: Outcome) -> list[pd.DataFrame]:
    event_time, weight = _event_time(cells, clients)
    own = clients.assign(event_time=event_time)[chosen & (weight > 0)]
    rows = []
    for time in event_times(cells):
        measure = f"effect_at_{time:+d}" if time >= 0 else f"placebo_at_{time:+d}"
        line = replace(GROUP_TIME, measure=measure)
        then = own[own["event_time"] == time]
        inference = TeamInference.of([inference_of(partial(event_weights, event_time=int(time)), cells)])
        rows.append(estimate_rows([outcome], line, inference, [Basis(len(then), n_workers(then))]))
    return rows


def _event_time(cells: TeamCells, clients: pd.DataFrame) -> tuple[Integers, Floats]:
    """(N,) half-years since the start of each client's team at intake, and the weight of the client's cell."""
    where = np.searchsorted(cells.teams, clients["team_no"]), np.searchsorted(cells.periods, clients["intake_period"])
    found = group_times(cells)
    return found.event_time[where], found.weight[where]
