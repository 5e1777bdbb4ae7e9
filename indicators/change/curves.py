"""P(sufficiently self-reliant) over time, from the ordinal model: est_change__curves.

Everybody with a score counts, also who misses a moment: the model says what the whole group would show (missing at
random), while a table of raw shares shows whoever was still there. Averaged over clients, in shares.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.tables import estimate_companions
from data_contracts.tables.estimates import ALL
from data_contracts.vocabulary.field import REPLICATE_DAYS
from data_contracts.vocabulary.scales import sufficient_from
from indicators.arrays import Flags, Floats, Integers
from indicators.counts.moments import comparable_pairs, moment_rows, scored_rows
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import Panel
from indicators.ordinal.model import fit_ordinal, share_at_least
from indicators.ordinal.proportional_odds import proportional_odds

# Fewer clients than this in a group at a moment and the model mostly shows its own assumptions.
FEWEST_CLIENTS = 20
ODDS_DIFFER = 0.01
TOO_FEW = "Te weinig mensen zijn op dit moment gemeten om een model te kunnen schatten."
MEASURED_ONCE = "Niemand is hier twee keer gemeten; een beloop is dan niet te schatten."
# Also where all scores are equal: to say so would be a fact about every single client.
NOT_CONVERGED = "Het model is met deze gegevens niet goed te schatten."


@dataclass(frozen=True, slots=True)
class ModelRows:
    """What the ordinal model is fitted to: one entry per score, int64[n] each; `moment` is its place among them."""

    score: Integers
    moment: Integers
    client: Integers


def curves(panel: Panel, moments: Sequence[str], replicate_days: int = REPLICATE_DAYS) -> pd.DataFrame:
    """est_change__curves: share sufficient of everybody together per life domain and moment, by one model per domain.

    The moments start with 'first'; the interval takes clients as independent. Two moments that fall on the same
    assessment count it once, for the earlier name. Where the odds are clearly not proportional the model is fitted at
    the cut of sufficient alone, and `method` says so.
    """
    tables = [_curve(panel, domain, moments, replicate_days) for domain in panel.scores]
    return as_table(estimate_companions.CURVES, pd.concat(tables, ignore_index=True))


def _curve(panel: Panel, domain: str, moments: Sequence[str], replicate_days: int) -> pd.DataFrame:
    rows = model_rows(panel, domain, moments, replicate_days)
    n_clients = np.bincount(rows.moment, minlength=len(moments))
    table = pd.DataFrame(
        {
            "subject": panel.subject,
            "life_domain": domain,
            "slice": ALL,
            "slice_value": ALL,
            "moment": np.array(moments, dtype=object),
            "n_clients": n_clients,
            "p_proportional_odds": np.nan,
            "share_sufficient": np.nan,
            "share_sufficient_low": np.nan,
            "share_sufficient_high": np.nan,
            "method": "clmm",
            "refused_because": TOO_FEW,
        }
    )
    enough = n_clients >= FEWEST_CLIENTS
    used = enough[rows.moment]
    if not used.any():
        return table
    if len(np.unique(rows.score[used])) < 2:
        return table.assign(refused_because=np.where(enough, NOT_CONVERGED, TOO_FEW))
    if len(np.unique(rows.client[used])) == used.sum():
        return table.assign(refused_because=np.where(enough, MEASURED_ONCE, TOO_FEW))
    design = _design(enough)
    cut = sufficient_from(panel.subject, domain)
    score, moment, client = rows.score[used], rows.moment[used], rows.client[used]
    odds = proportional_odds(score, moment, design, client)
    table["p_proportional_odds"] = odds.p_value
    if odds.p_value < ODDS_DIFFER:
        # One odds ratio does not hold at every cut; the question is about this one.
        score = np.where(score >= cut, cut, cut - 1)
        table["method"] += "_at_cut"
    fit = fit_ordinal(score, moment, design, client) if len(np.unique(score)) > 1 else None
    if fit is None or not fit.converged:
        return table.assign(refused_because=np.where(enough, NOT_CONVERGED, TOO_FEW))
    shares = share_at_least(fit, cut, design)
    found = dict(zip(["share_sufficient", "share_sufficient_low", "share_sufficient_high"], shares, strict=True))
    table.loc[enough, list(found)] = pd.DataFrame(found)[enough]
    return table.assign(refused_because=table["refused_because"].mask(enough))


def model_rows(panel: Panel, domain: str, moments: Sequence[str], replicate_days: int = REPLICATE_DAYS) -> ModelRows:
    """The scores of everybody at `moments`; later moments only where comparable with the first."""
    scores = panel.scores[domain]
    scored = scored_rows(panel, scores)
    first = moment_rows(scored, "first", replicate_days)
    taken: list[Integers] = []
    position: Integers
    parts = []
    for nth, moment in enumerate(moments):
        row = moment_rows(scored, moment, replicate_days)
        if moment == "first":
            position = np.flatnonzero(scored.agreed(first))
        else:
            position = comparable_pairs(scored, domain, first, row, replicate_days)
        position = position[~np.isin(row[position], np.concatenate([*taken, np.zeros(0, np.int32)]))]
        taken.append(row[position])
        at = np.full(len(position), nth)
        parts.append((scores[row[position]].astype(np.int64), at, scored.client[position].astype(np.int64)))
    score, at_moment, client = (np.concatenate(column) for column in zip(*parts, strict=True))
    return ModelRows(score, at_moment, client)


def _design(enough: Flags) -> Floats:
    """One column per moment that has enough clients, but the first."""
    kept = np.flatnonzero(enough)[1:]
    return (np.arange(len(enough))[:, None] == kept).astype(np.float64)
