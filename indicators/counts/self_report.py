"""Where client and professional differ about the same weeks: est_quality__self_report.

Mijn ZRM is another rater, never mixed into a change. Source: Mijn ZRM and ZRM compared (TSG 2018;96:290-298): equal in
31 % (mental health) to 83 % (justice) of pairs, and where they differ the client more often scores lower.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data_contracts.tables import estimate_companions
from data_contracts.tables.contributions import outcome_name
from data_contracts.vocabulary.field import COMPARABLE_ACROSS_EDITIONS, REPLICATE_DAYS, Edition
from indicators.arrays import Integers
from indicators.contributions import LEVELS, Added
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import Panel

# Mijn ZRM follows the domains of this edition; with an older one only those that mean the same in all are compared.
_SAME_DOMAINS = Edition.ZRM_2017.value


def self_report(professional: Panel, client: Panel, days: int = REPLICATE_DAYS) -> pd.DataFrame:
    """Clients by whether they score themselves lower than, as or higher than the professional, per life domain.

    One pair per client: of the two kinds of scores within `days` of each other the nearest, of those as near the first.
    """
    rows = []
    for domain, who, given, own in _pairs(professional, client, days):
        counted = (own < given, own == given, own > given)
        rows.append((domain, len(who), *(int(found.sum()) for found in counted)))
    schema = estimate_companions.SELF_REPORT
    return as_table(schema, pd.DataFrame([row for row in rows if row[1]], columns=list(schema.columns)))


def self_report_contributions(professional: Panel, client: Panel, days: int) -> Iterator[Added]:
    """What clients add to it."""
    for domain, who, given, own in _pairs(professional, client, days):
        code = given.astype(np.int64) * LEVELS + own
        yield Added(outcome_name("self_report", [domain]), who, code)


def _pairs(professional: Panel, client: Panel, days: int) -> Iterator[tuple[str, Integers, Integers, Integers]]:
    """Life domain, clients, the professional's score and their own."""
    for domain in professional.scores:
        if domain in client.scores:
            sides = [_scored(panel, domain) for panel in (professional, client)]
            pairs = sides[0].merge(sides[1], on="client_no", suffixes=("_given", "_own"))
            pairs["apart"] = (pairs["day_given"] - pairs["day_own"]).abs()
            near = pairs[pairs["apart"] <= days].sort_values(["client_no", "apart", "day_given", "day_own"])
            one = near.drop_duplicates("client_no")
            yield domain, one["client_no"].to_numpy(), one["score_given"].to_numpy(), one["score_own"].to_numpy()


def _scored(panel: Panel, domain: str) -> pd.DataFrame:
    """client_no, day and score where this life domain was scored in an edition that may be compared."""
    scores = panel.scores[domain]
    edition = np.array(panel.editions, dtype=object)[panel.edition]
    is_self = np.isin(edition, [Edition.SELF_2016.value])
    kept = (scores > 0) & (is_self | (edition == _SAME_DOMAINS) | (domain in COMPARABLE_ACROSS_EDITIONS))
    return pd.DataFrame({"client_no": panel.client_no[kept], "day": panel.day[kept], "score": scores[kept]})
