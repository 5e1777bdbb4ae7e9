"""Change per team, drawn towards the mean of all teams: small teams are shown shrunken and never ranked.

A team of eight clients swings by chance alone. Its own mean counts for as much as its number allows, the mean of all
teams for the rest.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.estimate_companions import TEAMS
from data_contracts.vocabulary.certainty import Z_95
from indicators.counts.pair_counts import as_table, pair_counts
from indicators.pooling import pooled

FAMILY = ["subject", "life_domain", "slice", "moment_from", "moment_to"]
FEWEST_TEAMS = 3
TOO_FEW_TEAMS = "Te weinig teams om met elkaar te kunnen vergelijken."
NO_SPREAD = "Te weinig mensen of te weinig verschil om iets te kunnen schatten."


def pooled_teams(transitions: pd.DataFrame, slice_name: str = "team") -> pd.DataFrame:
    """est_change__teams_pooled from est_change__transitions: mean change per team, own and pooled, with 95 % interval.

    The variance of a client's change is taken over all teams together, so that a team where by chance everybody moved
    alike does not look certain. `weight_of_own_data`: 0 when only the others speak, 1 when only the team itself does.
    """
    tables = [
        _pooled(family)
        for _, family in transitions[transitions["slice"] == slice_name].groupby(FAMILY, sort=False, observed=True)
    ]
    return as_table(
        TEAMS,
        pd.concat(tables, ignore_index=True) if tables else empty_frame(TEAMS),
    )


def _pooled(family: pd.DataFrame) -> pd.DataFrame:
    pairs = pair_counts(family)
    n = pairs.n_clients
    mean = np.einsum("gbj,bj->g", pairs.counts, pairs.moved) / n
    squares = np.einsum("gbj,bj->g", pairs.counts, pairs.moved**2) - n * mean**2
    table = pairs.keys.assign(
        n_clients=n, mean_change=mean, mean_change_pooled=np.nan, pooled_low=np.nan, pooled_high=np.nan
    ).assign(weight_of_own_data=np.nan, refused_because=None)
    n_teams, freedom = len(n), int(n.sum()) - len(n)
    if n_teams < FEWEST_TEAMS:
        return table.assign(refused_because=TOO_FEW_TEAMS)
    variance = squares.sum() / freedom if freedom > 0 else 0.0
    if variance <= 0:
        return table.assign(refused_because=NO_SPREAD)
    teams = pooled(mean, variance / n)
    margin = Z_95 * np.sqrt(teams.variances)
    return table.assign(
        mean_change_pooled=teams.estimates,
        pooled_low=teams.estimates - margin,
        pooled_high=teams.estimates + margin,
        weight_of_own_data=teams.trust,
    )
