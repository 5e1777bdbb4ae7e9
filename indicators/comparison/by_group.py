"""The effect against clients of other teams in each of several groups of clients, from the same teams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_contracts.headline import AT_EQUAL_START
from indicators.arrays import Flags, Integers
from indicators.comparison.estimates import difference_weights, takes_part
from indicators.comparison.figures import Pairs, ancova, difference_in_differences
from indicators.effects.estimates import Outcome
from indicators.effects.few_teams import left_out_weights
from indicators.effects.group_differences import GroupEffect
from indicators.effects.team_cells import EXPOSED, UNEXPOSED, team_cells


def effects_by_group(
    clients: pd.DataFrame,
    outcome: Outcome,
    start: str,
    covariates: Sequence[str],
    groups: Sequence[Flags],
    headline: str,
) -> tuple[list[GroupEffect], list[Flags]]:
    """The effect in each of `groups` (N,) on the clients of it, and (N,) on whom each rests.

    Those whom the figure about everybody takes, and its `headline` measure. `outcome.column` holds the later score.
    """
    taken = takes_part(clients, outcome, start, covariates)
    rest = [taken & group for group in groups]
    team, n_teams = _codes(clients["team_no"])
    before, after = (clients[name].to_numpy(np.float64, na_value=np.nan) for name in (start, outcome.column))
    everyone = Pairs(
        before, after, clients["exposed"].eq(EXPOSED).to_numpy(bool, na_value=False), np.empty((len(clients), 0))
    )
    return [_effect(everyone.of(mine), team[mine], n_teams, headline) for mine in rest], rest


def _effect(pairs: Pairs, team: Integers, n_teams: int, headline: str) -> GroupEffect:
    """Calibrated as the plain difference, which is a sum of cell means; see `comparison_estimates`."""
    point = _point(pairs, headline)
    deviation = np.zeros(n_teams)
    for one in np.unique(team):
        deviation[one] = _point(pairs.of(team != one), headline) - point
    side = np.where(pairs.treated, EXPOSED, UNEXPOSED).astype(np.int8)
    change = (pairs.after - pairs.before)[:, None]
    cells = team_cells(team, np.zeros_like(team), side, change, np.ones_like(change)).outcome(0)
    weights, own = left_out_weights(difference_weights, cells)
    left_out = np.zeros((n_teams, own.shape[1]))
    left_out[cells.teams] = own
    return GroupEffect(point, deviation, weights, left_out, cells.weight.ravel(), float(pairs.treated.sum()))


def _point(pairs: Pairs, headline: str) -> float:
    if pairs.treated.all() or not pairs.treated.any():
        return float("nan")
    return ancova(pairs)[0] if headline == AT_EQUAL_START else difference_in_differences(pairs)


def _codes(teams: pd.Series) -> tuple[Integers, int]:
    codes, names = pd.factorize(teams, sort=True)
    return codes.astype(np.int64), len(names)
