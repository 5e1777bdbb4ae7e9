"""How far teams lie apart: the middle half of them, never a team."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame, require
from data_contracts.gate.ledger import Before
from data_contracts.gate.rounding import rounded_to_step
from data_contracts.gate.summary import Released, leaving
from data_contracts.gate.unaudited import PLAIN_SPECS, against_earlier
from data_contracts.protection import Thresholds
from data_contracts.tables.estimate_companions import TEAMS
from data_contracts.tables.released import Status
from data_contracts.tables.released_companions import TEAMS as OUT_TEAMS

FEWEST_TEAMS = 5
STEP = 0.05  # of a mean change
QUARTERS = {"middle_half_low": 0.25, "middle": 0.5, "middle_half_high": 0.75}


def release_team_spread(est_frame: pd.DataFrame, thresholds: Thresholds, before: Before) -> Released:
    """out_change__teams_spread: quarters of the pooled changes of teams that reach the threshold, from five teams.

    With few teams a quarter is one team's own figure. It carries no name, and the weight that draws it to the mean of
    all teams is not released.
    """
    require(TEAMS, est_frame)
    limit = est_frame["life_domain"].map(thresholds.of)
    counted = est_frame.assign(is_counted=(est_frame["n_clients"] >= limit) & est_frame["mean_change_pooled"].notna())
    lines, n_clients = [], list[int]()
    for key, teams in counted.groupby(OUT_TEAMS.unique, observed=True):
        pooled = teams.loc[teams["is_counted"], "mean_change_pooled"]
        enough = len(pooled) >= FEWEST_TEAMS
        quarters = pooled.quantile(list(QUARTERS.values())) if enough else np.full(len(QUARTERS), np.nan)
        line = dict(zip(OUT_TEAMS.unique, key, strict=True)) | {"n_teams": len(pooled)}
        line |= dict(zip(QUARTERS, rounded_to_step(quarters, STEP), strict=True))
        n_clients.append(int(teams["n_clients"].sum()))
        lines.append(line | {"status": Status.RELEASED if enough else Status.TOO_FEW})
    kinds = {name: str(column.dtype) for name, column in OUT_TEAMS.columns.items()}
    if not lines:
        return leaving(OUT_TEAMS, empty_frame(OUT_TEAMS))
    frame = pd.DataFrame(lines, columns=list(kinds)).astype(kinds)
    limits = frame["life_domain"].map(thresholds.of).to_numpy(np.int64)
    exact = pd.Series(n_clients, frame.index, dtype="int64")
    return against_earlier(PLAIN_SPECS[str(OUT_TEAMS.name)], frame, exact, limits, before, thresholds.round_to)
