"""Who is not in a comparison of two moments, and why: est_quality__left_out. Everybody is in it or has one reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from data_contracts.tables.estimates import LEFT_OUT
from data_contracts.vocabulary.field import REPLICATE_DAYS
from indicators.arrays import Flags, Integers
from indicators.counts.counting import contract_table, part
from indicators.counts.moments import ScoredRows, comparable_pairs, moment_rows, scored_rows
from indicators.counts.panel import Panel

Reasons = list[tuple[str, Flags]]


def reasons(scored: ScoredRows, life_domain: str, before: Integers, after: Integers, replicate_days: int) -> Reasons:
    """Reason -> which of the clients with a score it holds for; the first that holds is a client's one reason."""
    compared = np.zeros(len(before), np.bool_)
    compared[comparable_pairs(scored, life_domain, before, after, replicate_days)] = True
    day = scored.panel.day
    return [
        ("compared", compared),
        ("no_first_moment", before < 0),
        ("no_second_moment", after < 0),
        ("scores_of_day_differ", ~(scored.agreed(before) & scored.agreed(after))),
        ("too_near", day.take(after) - day.take(before) <= replicate_days),
        ("not_comparable", np.ones(len(before), np.bool_)),
    ]


def left_out(
    panel: Panel,
    moment_pairs: Sequence[tuple[str, str]],
    n_everybody: int,
    replicate_days: int = REPLICATE_DAYS,
    outside: Mapping[str, Integers] | None = None,
) -> pd.DataFrame:
    """est_quality__left_out: of `n_everybody` clients how many are compared, and how many are not for each reason.

    `outside`: life domain -> clients with a score that does not belong to their trajectory.
    """
    parts, everybody = [], panel.client_no[panel.client_starts]
    for domain, scores in panel.scores.items():
        scored = scored_rows(panel, scores)
        for moment_from, moment_to in moment_pairs:
            before, after = (moment_rows(scored, name, replicate_days) for name in (moment_from, moment_to))
            found = reasons(scored, domain, before, after, replicate_days)
            first = np.argmax([flags for _, flags in found], axis=0) if len(before) else np.zeros(0, np.intp)
            counted = np.bincount(first, minlength=len(found)).tolist()
            n_outside = len(np.setdiff1d((outside or {}).get(domain, []), everybody[scored.client]))
            names = [name for name, _ in found] + ["outside_window", "not_scored"]
            moments = {"moment_from": moment_from, "moment_to": moment_to}
            counts = {"reason": names, "n_clients": [*counted, n_outside, n_everybody - len(before) - n_outside]}
            parts.append(part(panel.subject, domain, **moments, **counts))
    return contract_table(LEFT_OUT, parts)
