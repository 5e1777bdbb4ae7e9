"""Design D: outcomes per month of intake around the day on which everybody began, and the step in each series."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd

from indicators.effects.estimates import Basis, Outcome
from indicators.effects.exposure import OUTCOME_MONTHS
from indicators.effects.few_teams import Inferred
from indicators.effects.team_cells import exposure_of
from indicators.series.estimates import no_step, series_step, step_rows

# From so many months on the quarter of the year is taken out; in shorter series it would eat the data.
SEASON_FROM = 36


def series_estimates(clients: pd.DataFrame, outcomes: list[Outcome], started_on: dt.date) -> pd.DataFrame:
    """est_effects__estimates of every outcome: its mean per month of intake, before and after `started_on`.

    Clients who came in within a year before that day met both ways of working: their months are left out, and the
    trend runs through them.
    """
    exposed = _exposure(clients, started_on)
    month = _month(clients["intake_on"])
    return step_rows(outcomes, [_step(clients[one.column], month, exposed) for one in outcomes])


def takes_part(clients: pd.DataFrame, outcome: Outcome, started_on: dt.date) -> pd.Series:
    """Which clients the step in the series of `outcome` rests on, before and after."""
    return _exposure(clients, started_on).notna() & clients[outcome.column].notna()


def _exposure(clients: pd.DataFrame, started_on: dt.date) -> pd.Series:
    """1 after, 0 before, missing between, with an open first year, and in a month that a limit cuts.

    Limits are the start, a year before it, and the last day on which a first year was over.
    """
    start = pd.Series(pd.Timestamp(started_on), index=clients.index)
    side = exposure_of(clients["intake_on"], start, OUTCOME_MONTHS)
    parts = pd.DataFrame({"side": side.fillna(2), "is_over": clients["first_year_complete"]})
    in_month = parts.groupby(_month(clients["intake_on"]))
    is_cut = in_month["side"].transform("nunique").gt(1) | in_month["is_over"].transform("nunique").gt(1)
    return side.mask(is_cut | ~parts["is_over"])


def _month(intake_on: pd.Series) -> pd.Series:
    return intake_on.dt.year * 12 + intake_on.dt.month - 1


def _step(values: pd.Series, month: pd.Series, exposed: pd.Series) -> tuple[Inferred, Basis]:
    sides = [values[exposed.eq(side).fillna(value=False) & values.notna()] for side in (0, 1)]
    n_clients = sum(side.size for side in sides)
    means = [side.groupby(month[side.index]).mean() for side in sides]
    if any(len(one) and len(one) != np.ptp(one.index) + 1 for one in means):
        return no_step(n_clients, "In sommige maanden kwam er niemand met deze uitkomst binnen; de reeks heeft gaten.")
    months = np.concatenate([one.index.to_numpy(np.int64) for one in means])
    left_out = int(means[1].index[0] - means[0].index[-1] - 1) if all(len(one) for one in means) else 0
    season = months % 12 // 3 if months.size >= SEASON_FROM else None
    return series_step(pd.concat(means).to_numpy(np.float64), len(means[0]), n_clients, season, left_out)
