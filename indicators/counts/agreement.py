"""Reliability from a municipality's own double ratings: ICC and quadratic-weighted kappa: est_quality__agreement.

Two assessments of one client by different raters within `replicate_days` look at the same weeks, so what differs is
the rating. Rare, so take it when it is there: it replaces the declared band of the noise floor.
Sources: McGraw and Wong 1996 (ICC(A,1) agreement, ICC(C,1) consistency); Cohen 1968.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.tables import estimate_companions
from data_contracts.vocabulary.field import REPLICATE_DAYS
from indicators.arrays import Floats, Integers
from indicators.counts.moments import every_scored_row
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import HIGHEST_SCORE, Panel

FEWEST_DOUBLE_RATINGS = 30
N_RESAMPLES = 2_000
TOO_FEW = "Te weinig dubbele beoordelingen om de betrouwbaarheid te kunnen schatten."
MEASURES = ("icc_agreement", "icc_consistency", "weighted_kappa")


def agreement(panel: Panel, rater: Integers, seed: int, replicate_days: int = REPLICATE_DAYS) -> pd.DataFrame:
    """est_quality__agreement per life domain, with percentile bootstrap intervals over clients.

    `rater`: a code per assessment, -1 where not known. One pair per client: the first two neighbours in time that
    qualify. A life domain is refused below `FEWEST_DOUBLE_RATINGS`.
    """
    tables = []
    for domain in panel.scores:
        table = double_ratings(panel, domain, rater, replicate_days)
        n_clients = int(table.sum())
        frame = pd.DataFrame({"measure": MEASURES, "estimate": np.nan, "ci_low": np.nan, "ci_high": np.nan})
        if n_clients >= FEWEST_DOUBLE_RATINGS:
            rng = np.random.default_rng(seed)
            draws = rng.multinomial(n_clients, table.ravel() / n_clients, N_RESAMPLES).reshape(-1, *table.shape)
            resampled = agreement_of_tables(draws)
            frame["estimate"] = agreement_of_tables(table[None])[0]
            frame[["ci_low", "ci_high"]] = np.nanquantile(resampled, [0.025, 0.975], axis=0).T
        reason = None if frame["estimate"].notna().all() else TOO_FEW
        tables.append(
            frame.assign(subject=panel.subject, life_domain=domain, n_clients=n_clients, refused_because=reason)
        )
    return as_table(estimate_companions.AGREEMENT, pd.concat(tables, ignore_index=True))


def double_ratings(panel: Panel, domain: str, rater: Integers, replicate_days: int = REPLICATE_DAYS) -> Integers:
    """Clients by the earlier and the later of two scores by different raters, int64[K, K]."""
    scores, n_levels = panel.scores[domain], HIGHEST_SCORE[panel.subject]
    first, second = double_pairs(panel, domain, rater, replicate_days)
    table = np.zeros((n_levels, n_levels), np.int64)
    np.add.at(table, (scores[first] - 1, scores[second] - 1), 1)
    return table


def double_pairs(panel: Panel, domain: str, rater: Integers, replicate_days: int) -> tuple[Integers, Integers]:
    """The earlier and the later row of each client's double rating, the first of several."""
    scored = every_scored_row(panel, panel.scores[domain])
    first, second = scored.row[:-1], scored.row[1:]
    double = np.flatnonzero(
        (scored.owner[:-1] == scored.owner[1:])
        & (panel.day[second] - panel.day[first] <= replicate_days)
        & (panel.edition[second] == panel.edition[first])
        & (rater[first] >= 0)
        & (rater[second] >= 0)
        & (rater[first] != rater[second])
    )
    one_per_client = double[np.unique(scored.owner[double], return_index=True)[1]]
    return first[one_per_client], second[one_per_client]


def agreement_of_tables(tables: Integers) -> Floats:
    """ICC(A,1), ICC(C,1) and quadratic-weighted kappa of B square tables, float64[B, 3]; NaN without spread."""
    level = np.arange(tables.shape[1], dtype=np.float64)
    n = tables.sum(axis=(1, 2)).astype(np.float64)
    row_counts, column_counts = tables.sum(axis=2), tables.sum(axis=1)
    first, second = row_counts @ level / n, column_counts @ level / n
    with np.errstate(invalid="ignore", divide="ignore"):
        spread_first = row_counts @ level**2 / n - first**2
        spread_second = column_counts @ level**2 / n - second**2
        together = np.einsum("bij,i,j->b", tables, level, level) / n - first * second
        # Mean squares of the two-way table with one row per client and one column per rating.
        clients = (spread_first + spread_second + 2 * together) / 2 * n / (n - 1)
        error = (spread_first + spread_second - 2 * together) / 2 * n / (n - 1)
        absolute, consistency = intraclass(clients, n * (first - second) ** 2 / 2, error, n, 2)
        kappa = 2 * together / (spread_first + spread_second + (first - second) ** 2)
    return np.column_stack([absolute, consistency, kappa])


def intraclass(clients: Floats, raters: Floats, error: Floats, n: Floats, k: int) -> tuple[Floats, Floats]:
    """ICC(A,1) and ICC(C,1) from the mean squares of n clients by k raters (McGraw and Wong 1996, table 4)."""
    consistency = (clients - error) / (clients + (k - 1) * error)
    absolute = (clients - error) / (clients + (k - 1) * error + k * (raters - error) / n)
    return absolute, consistency
