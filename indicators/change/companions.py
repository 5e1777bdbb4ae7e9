"""Tests beside the signed rank, from transition counts: sign test, McNemar at sufficient, Stuart-Maxwell.

The team is the unit, as in the change itself: sign test and McNemar are t tests of the mean sign and of the mean
crossing by the team jackknife, and the chi-square of Stuart-Maxwell is divided by the design effect (Rao and Scott
1981). Where there is one team only, clients are the unit and the tests are exact.

The sign test is the robust companion; McNemar asks about the share that is sufficient; Stuart-Maxwell asks whether
the whole distribution moved, and is refused below `FEWEST_FOR_STUART_MAXWELL` clients, where it is conservative and
sometimes cannot be computed.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import scipy

from data_contracts.tables import estimate_companions
from data_contracts.vocabulary.scales import sufficient_from
from indicators.arrays import Flags, Floats, Integers
from indicators.change.clustered import clustered, team_means
from indicators.change.domains import FEWEST_WHO_MOVED, TOO_FEW_MOVED
from indicators.counts.pair_counts import PairCounts, as_table, pair_counts

FEWEST_FOR_STUART_MAXWELL = 150
TOO_FEW_CLIENTS = "Te weinig mensen voor een toets op de hele verdeling."
NEVER_CROSSED = "Te weinig mensen gingen over de grens van voldoende om toeval te kunnen uitsluiten."


def companions(transitions: pd.DataFrame, by_team: pd.DataFrame | None = None) -> pd.DataFrame:
    """est_change__companions from est_change__transitions: three tests per table.

    `by_team`: est_change__transitions_by_team of the same clients; without it clients are the unit.
    """
    pairs = pair_counts(transitions)
    up, down, _ = (size.sum(axis=-1) if size.ndim > 1 else size for size in pairs.by_size())
    cut = np.array([sufficient_from(*key) for key in pairs.keys[["subject", "life_domain"]].itertuples(index=False)])
    sufficient = pairs.levels >= cut[:, None]
    rose = np.einsum("gbj,gb,gj->g", pairs.counts, ~sufficient, sufficient)
    fell = np.einsum("gbj,gb,gj->g", pairs.counts, sufficient, ~sufficient)
    statistic, df = stuart_maxwell(pairs.counts[:, 1:, 1:])
    unknown = np.full((2, len(pairs.keys)), np.nan)
    t_value, t_p = (unknown, unknown) if by_team is None else _by_team(pairs, by_team, sufficient)
    if by_team is not None:
        statistic = statistic / clustered(pairs, by_team, sufficient.astype(np.int64)).design_effect
    enough = (pairs.n_clients >= FEWEST_FOR_STUART_MAXWELL) & (df > 0)
    base = pairs.keys.assign(n_clients=pairs.n_clients)
    parts = [
        _binary(base, "sign", up, down, TOO_FEW_MOVED, t_value[0], t_p[0]),
        _binary(base, "mcnemar", rose, fell, NEVER_CROSSED, t_value[1], t_p[1]),
        base.assign(
            test="stuart_maxwell",
            statistic=np.where(enough, statistic, np.nan),
            df=pd.Series(df, dtype="Int32").where(enough),
            p_value=np.where(enough, scipy.stats.chi2.sf(statistic, df), np.nan),
            refused_because=pd.Series(TOO_FEW_CLIENTS, index=base.index).mask(enough),
        ),
    ]
    return as_table(estimate_companions.COMPANIONS, pd.concat(parts, ignore_index=True))


def exact_sign_p(n_up: Integers, n_down: Integers) -> Floats:
    """Two-sided exact p of n_up against n_down when both are as likely; of the 2 x 2 table it is McNemar exact."""
    return np.minimum(1.0, 2 * scipy.stats.binom.cdf(np.minimum(n_up, n_down), n_up + n_down, 0.5))


def stuart_maxwell(tables: Integers) -> tuple[Floats, Integers]:
    """Chi-square and degrees of freedom of marginal homogeneity of G square tables; 0 and 0 where nobody moved.

    By the generalised inverse, so that scores which nobody has leave the statistic as it is. Source: Stuart 1955,
    Maxwell 1970.
    """
    before, after = tables.sum(axis=2), tables.sum(axis=1)
    covariance = -(tables + tables.swapaxes(1, 2)).astype(np.float64)
    level = np.arange(tables.shape[1])
    covariance[:, level, level] = before + after - 2 * tables[:, level, level]
    size, direction = np.linalg.eigh(covariance)
    along = np.einsum("gj,gjk->gk", before - after, direction)
    counts = size > 1e-9 * np.maximum(size.max(axis=1, keepdims=True), 1)
    return np.sum(np.where(counts, along**2 / np.where(counts, size, 1), 0), axis=1), counts.sum(axis=1)


def _by_team(pairs: PairCounts, by_team: pd.DataFrame, sufficient: Flags) -> tuple[Floats, Floats]:
    """Statistic and p-value (2, G) of the mean sign and the mean crossing of sufficient; NaN where one team is all."""

    def values(table: Integers, before: Integers, after: Integers) -> list[Integers]:
        crossed = sufficient[table, after].astype(np.int64) - sufficient[table, before]
        return [np.sign(after - before), crossed]

    mean, spread, freedom = team_means(pairs, by_team, values)
    statistic = np.divide(mean, spread, out=np.full_like(mean, np.nan), where=spread > 1e-9)
    return statistic, np.asarray(2 * scipy.stats.t.sf(np.abs(statistic), freedom))


def _binary(
    base: pd.DataFrame,
    test: str,
    n_up: Integers,
    n_down: Integers,
    reason: str,
    by_team: Floats,
    p_by_team: Floats,
) -> pd.DataFrame:
    moved = n_up + n_down
    enough = moved >= FEWEST_WHO_MOVED
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (n_up - n_down) / np.sqrt(moved)
    known = np.isfinite(p_by_team)
    z, p_value = np.where(known, by_team, z), np.where(known, p_by_team, exact_sign_p(n_up, n_down))
    return base.assign(
        test=test,
        statistic=np.where(enough, z, np.nan),
        df=pd.array([None] * len(base), dtype="Int32"),
        p_value=np.where(enough, p_value, np.nan),
        refused_because=pd.Series(reason, index=base.index).mask(enough),
    )
