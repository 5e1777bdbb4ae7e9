"""The effect against clients of other teams in each of several groups of clients, from the same teams."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_contracts.headline import AT_EQUAL_START
from indicators.arrays import Flags, Floats, Integers
from indicators.comparison.bounded_scale import has_ends, on_underlying_scale, over_both
from indicators.comparison.estimates import takes_part
from indicators.comparison.figures import Pairs, ancova, difference_in_differences
from indicators.comparison.margins import difference_weights, jackknife, plain_cells
from indicators.effects.estimates import Outcome
from indicators.effects.few_teams import calibration, left_out_weights
from indicators.effects.group_differences import GroupEffect
from indicators.effects.team_cells import EXPOSED


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
    ends = has_ends(everyone.of(taken), outcome.widest)
    return [_effect(everyone.of(mine), team[mine], n_teams, headline, ends) for mine in rest], rest


def _effect(pairs: Pairs, team: Integers, n_teams: int, headline: str, ends: bool) -> GroupEffect:
    """The figure of everybody, as `margins.figures_of` makes it, on this group alone."""
    points, deviation = jackknife(lambda some, _: _points(some, headline, ends), pairs, team, n_teams)
    cells = plain_cells(pairs, team)
    weights, own = left_out_weights(difference_weights, cells)
    point, moved = float(points[0]), deviation[:, 0]
    if points.size > 1:
        scale, freedom = calibration(weights, own, cells.weight.ravel())
        point, widened, _ = over_both(*((float(points[at]), scale * deviation[:, at], freedom) for at in range(2)))
        moved = widened / scale
    left_out = np.zeros((n_teams, own.shape[1]))
    left_out[cells.teams] = own
    return GroupEffect(point, moved, weights, left_out, cells.weight.ravel(), float(pairs.treated.sum()))


def _points(pairs: Pairs, headline: str, ends: bool) -> Floats:
    is_ancova = headline == AT_EQUAL_START
    if pairs.treated.all() or not pairs.treated.any():
        return np.full(2 if ends and not is_ancova else 1, np.nan)
    if is_ancova:
        return np.array([ancova(pairs)[0]])
    return np.array([difference_in_differences(pairs), *([on_underlying_scale(pairs)] if ends else [])])


def _codes(teams: pd.Series) -> tuple[Integers, int]:
    codes, names = pd.factorize(teams, sort=True)
    return codes.astype(np.int64), len(names)
