"""Design D: outcomes per month of intake around the day on which everybody began, and the step in each series."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.estimates import ESTIMATES
from indicators.effects.estimates import Group, Outcome, refused_estimates
from indicators.effects.exposure import OUTCOME_MONTHS
from indicators.effects.team_cells import exposure_of
from indicators.series.estimates import STEP, series_estimate

# From so many months on the quarter of the year is taken out; in shorter series it would eat the data.
SEASON_FROM = 36


def series_estimates(clients: pd.DataFrame, outcomes: list[Outcome], started_on: dt.date) -> pd.DataFrame:
    """est_effects__estimates of every outcome: its mean per month of intake, before and after `started_on`.

    Clients who came in within a year before that day met both ways of working: their months are left out, and the
    trend runs through them.
    """
    exposed = _exposure(clients, started_on)
    intake_on = clients["intake_on"]
    month = intake_on.dt.year * 12 + intake_on.dt.month - 1
    rows = [_estimate(clients[one.column], month, exposed, one, clients) for one in outcomes]
    return pd.concat(rows, ignore_index=True) if rows else empty_frame(ESTIMATES)


def takes_part(clients: pd.DataFrame, outcome: Outcome, started_on: dt.date) -> pd.Series:
    """Which clients the step in the series of `outcome` rests on, before and after."""
    return _exposure(clients, started_on).notna() & clients[outcome.column].notna()


def _exposure(clients: pd.DataFrame, started_on: dt.date) -> pd.Series:
    start = pd.Series(pd.Timestamp(started_on), index=clients.index)
    return exposure_of(clients["intake_on"], start, OUTCOME_MONTHS)


def _estimate(
    values: pd.Series, month: pd.Series, exposed: pd.Series, outcome: Outcome, clients: pd.DataFrame
) -> pd.DataFrame:
    sides = [values[exposed.eq(side).fillna(value=False) & values.notna()] for side in (0, 1)]
    means = [side.groupby(month[side.index]).mean() for side in sides]
    if any(len(one) and len(one) != np.ptp(one.index) + 1 for one in means):
        because = "In sommige maanden kwam er niemand met deze uitkomst binnen; de reeks heeft gaten."
        return refused_estimates(clients, [outcome], Group(), STEP, because).estimates
    months = np.concatenate([one.index.to_numpy(np.int64) for one in means])
    left_out = int(means[1].index[0] - means[0].index[-1] - 1) if all(len(one) for one in means) else 0
    season = months % 12 // 3 if months.size >= SEASON_FROM else None
    series = pd.concat(means).to_numpy(np.float64)
    n_clients = sum(side.size for side in sides)
    return series_estimate(series, len(means[0]), outcome, n_clients, season, left_out=left_out)
