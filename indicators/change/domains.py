"""Change per life domain, slice and pair of moments, from transition counts alone: est_change__by_domain."""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from data_contracts.tables import estimates
from data_contracts.vocabulary.scales import sufficient_from
from indicators.arrays import Floats
from indicators.change.clustered import clustered
from indicators.change.signed_rank import rank_biserial, signed_rank
from indicators.counts.pair_counts import PairCounts, as_table, pair_counts

# With fewer people who moved, no outcome can reach p < 0.05: the test would say nothing whatever happened.
FEWEST_WHO_MOVED = 6
TOO_FEW_MOVED = "Er zijn te weinig mensen vooruit- of achteruitgegaan om toeval te kunnen uitsluiten."


def change_by_domain(transitions: pd.DataFrame, by_team: pd.DataFrame | None = None) -> pd.DataFrame:
    """est_change__by_domain from est_change__transitions and est_change__transitions_by_team.

    The mean change is metric and secondary, its interval is Student's; both scores are ordinal. The p-value is
    Pratt's signed rank. Both take the team as the unit (clustered.py), as the estimates of the designs do; where there
    is one team, or without `by_team`, the client. For several tests they are adjusted behind the gate (adjusted.py).
    """
    pairs = pair_counts(transitions)
    keys, counts, levels, n = pairs.keys, pairs.counts, pairs.levels, pairs.n_clients
    up, down, equal = pairs.by_size()
    test = signed_rank(up, down, equal)
    refused = (up + down).sum(axis=1) < FEWEST_WHO_MOVED
    cut = np.array([sufficient_from(*key) for key in keys[["subject", "life_domain"]].itertuples(index=False)])
    sufficient = (levels >= cut[:, None]).astype(np.int64)
    mean, half_width = _mean_change(pairs)
    teams = clustered(pairs, by_team, sufficient) if by_team is not None else None
    p_value, by_teams = test.p_value, np.zeros(n.size, np.bool_)
    if teams is not None:
        half_width = np.where(np.isfinite(teams.half_width), teams.half_width, half_width)
        by_teams = np.isfinite(teams.p_value)
        p_value = np.where(by_teams, teams.p_value, p_value)
    table = keys.assign(
        n_clients=n,
        n_up=up.sum(axis=1),
        n_equal=equal,
        n_down=down.sum(axis=1),
        n_sufficient_before=np.einsum("gbj,gb->g", counts, sufficient),
        n_sufficient_after=np.einsum("gbj,gj->g", counts, sufficient),
        mean_before=np.einsum("gbj,b->g", counts, levels) / n,
        mean_after=np.einsum("gbj,j->g", counts, levels) / n,
        mean_change=mean,
        mean_change_low=mean - half_width,
        mean_change_high=mean + half_width,
        effect_size=rank_biserial(up, down),
        p_value=np.where(refused, np.nan, p_value),
        design_effect=1.0 if teams is None else teams.design_effect,
        method=np.select([refused, by_teams, test.is_exact], ["none", "pratt_teams", "pratt_exact"], "pratt_normal"),
        refused_because=pd.Series(TOO_FEW_MOVED, index=keys.index).where(refused),
    )
    return as_table(estimates.CHANGE, table)


def _mean_change(pairs: PairCounts) -> tuple[Floats, Floats]:
    """Mean change and half the width of its 95 % interval; NaN where all changed by the same."""
    n = pairs.n_clients
    mean = np.einsum("gbj,bj->g", pairs.counts, pairs.moved) / n
    squares = np.einsum("gbj,bj->g", pairs.counts, pairs.moved**2)
    with np.errstate(invalid="ignore", divide="ignore"):
        variance = (squares - n * mean**2) / (n - 1)
        half = scipy.stats.t.ppf(0.975, np.maximum(n - 1, 1)) * np.sqrt(variance / n)
    return mean, np.where(variance > 1e-12, half, np.nan)
