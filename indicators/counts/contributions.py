"""What each client adds to the counts that are made of a panel: closed_gate__contributions.

From the same functions as the counts themselves. A contribution is a code of all that the figure sees of this client;
who is in which group stands beside it, so everybody counts here once per outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from data_contracts.tables.contributions import outcome_name
from data_contracts.tables.estimates import ALL
from indicators.arrays import Integers
from indicators.contributions import LEVELS, Added
from indicators.counts.agreement import double_pairs
from indicators.counts.funnel import SERIES_MONTHS, funnel_stages, series_rows
from indicators.counts.moments import client_pairs, scored_rows
from indicators.counts.panel import Panel
from indicators.counts.rating_quality import client_forms
from indicators.counts.room import StructuralCeiling, is_capped
from indicators.counts.transitions import RATERS, rater_of_pairs


def panel_contributions(
    panel: Panel, in_view: Integers, moment_pairs: Sequence[tuple[str, str]], days: int
) -> Iterator[Added]:
    """What clients add to funnel, change and series of one subject; `in_view` begins the funnel, measured or not."""
    people = panel.client_no[panel.client_starts]
    unmeasured = np.setdiff1d(in_view, people)
    for domain, stages in funnel_stages(panel, days):
        code = np.zeros(len(people), np.int64)
        for bit, clients in enumerate(stages.values()):
            code[clients] += 1 << bit
        # Who was never measured counts in the first stage only, which is the first bit.
        everybody = np.concatenate([people, unmeasured])
        codes = np.concatenate([code, np.ones(len(unmeasured), np.int64)])
        yield Added(outcome_name("funnel", [panel.subject, domain]), everybody, codes)
    for domain, scores in panel.scores.items():
        for pairs in client_pairs(panel, domain, moment_pairs, days):
            about = [panel.subject, domain, pairs.moment_from, pairs.moment_to]
            code = scores[pairs.before].astype(np.int64) * LEVELS + scores[pairs.after]
            yield Added(outcome_name("pair", about), people[pairs.client], code)
        scored = scored_rows(panel, scores)
        for months in (0, *SERIES_MONTHS):
            row, client = series_rows(scored, months, days)
            for edition, name in enumerate(panel.editions):
                mine = panel.edition[row] == edition
                outcome = outcome_name("series", [panel.subject, domain, name, months])
                yield Added(outcome, people[client[mine]], scores[row[mine]])


def rated_contributions(
    panel: Panel,
    rater: Integers,
    ceilings: Mapping[str, StructuralCeiling],
    moment_pairs: Sequence[tuple[str, str]],
    days: int,
) -> Iterator[Added]:
    """What clients add to the companions about who could rise, who rated, and how."""
    people = panel.client_no[panel.client_starts]
    for domain, scores in panel.scores.items():
        for pairs in client_pairs(panel, domain, moment_pairs, days):
            about = [panel.subject, domain, pairs.moment_from, pairs.moment_to]
            client = people[pairs.client]
            code = scores[pairs.before].astype(np.int64) * LEVELS + scores[pairs.after]
            capped = is_capped(scores, pairs, ceilings.get(domain))
            yield Added(outcome_name("room", about), client, code * 2 + capped)
            by = rater_of_pairs(pairs, rater)
            yield Added(outcome_name("rater", [ALL, *about]), client, code)
            for number, name in enumerate(RATERS):
                mine = by == number
                yield Added(outcome_name("rater", [name, *about]), client[mine], code[mine])
        first, second = double_pairs(panel, domain, rater, days)
        code = scores[first].astype(np.int64) * LEVELS + scores[second]
        yield Added(outcome_name("agreement", [panel.subject, domain]), panel.client_no[first], code)
    code = np.zeros(len(people), np.int64)
    for bit, clients in enumerate(client_forms(panel, days).values()):
        code[clients] += 1 << bit
    yield Added(outcome_name("ratings", [panel.subject]), people, code)
