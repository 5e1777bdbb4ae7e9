"""Funnel and series: how many clients are measured how often, and where they stand as months pass."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

import numpy as np
import pandas as pd

from data_contracts.tables import estimates
from data_contracts.tables.estimates import ALL
from data_contracts.vocabulary.field import REPLICATE_DAYS
from data_contracts.vocabulary.scales import sufficient_from
from indicators.arrays import Integers
from indicators.counts.counting import contract_table, group_counts, label_of, part, side_by_side
from indicators.counts.moments import ScoredRows, moment_rows, scored_rows
from indicators.counts.panel import HIGHEST_SCORE, Grouping, Panel

SERIES_MONTHS = (6, 12, 18, 24, 30, 36)


def funnel(
    panel: Panel, replicate_days: int = REPLICATE_DAYS, everybody: Mapping[str, Integers] | None = None
) -> pd.DataFrame:
    """est_change__funnel: clients, scored, scored twice and scored in the monitoring phase, per life domain and slice.

    Twice means at two moments more than `replicate_days` apart. The life domain 'all' counts any domain. `everybody`
    has the clients in view per slice and group, measured or not: a funnel that begins with who was measured hides who
    was not. Without it the clients of the panel are everybody.
    """
    parts = [
        part(
            panel.subject,
            domain,
            slice=name,
            slice_value=label_of(grouping.labels, np.arange(len(grouping.labels))),
            **{stage: _per_group(grouping, client) for stage, client in stages.items()}
            | ({"n_clients": everybody[name]} if everybody else {}),
        )
        for domain, stages in funnel_stages(panel, replicate_days)
        for name, grouping in panel.client_groups.items()
    ]
    return contract_table(estimates.FUNNEL, parts)


def funnel_stages(panel: Panel, replicate_days: int) -> Iterator[tuple[str, dict[str, Integers]]]:
    """Per life domain the clients of the panel, by position, who reach each stage; 'all' is any domain.

    Experienced benefit has a panel per scale, and a mark is no score on a life domain: there is no 'all' of them.
    """
    scores = dict(panel.scores)
    if ALL not in scores and panel.subject != "experienced":
        scores[ALL] = np.bitwise_or.reduce(list(panel.scores.values()))

    measured = np.arange(len(panel.client_starts), dtype=np.int32)

    def of_domain(domain: str) -> tuple[str, dict[str, Integers]]:
        scored = scored_rows(panel, scores[domain])
        first = moment_rows(scored, "first", replicate_days)

        def later(moment: str) -> Integers:
            row = moment_rows(scored, moment, replicate_days)
            is_later = (row >= 0) & (panel.day[row] - panel.day[first] > replicate_days)
            return scored.client[np.flatnonzero(is_later)]

        return domain, {
            "n_clients": measured,
            "n_scored": scored.client,
            "n_scored_twice": later("latest"),
            "n_monitored": later("monitoring"),
        }

    yield from side_by_side(panel, of_domain, list(scores))


def series(panel: Panel, replicate_days: int = REPLICATE_DAYS) -> pd.DataFrame:
    """est_change__series: mean score by months since the client's first score in the life domain.

    Month 0 is the first assessment, the others the nearest one within three months. Keyed by edition, so no line
    crosses a break; by cohort where the panel has that slice, and for all clients. The clients differ from month to
    month: a series shows level and attrition together, it is not the change of the same people.
    """
    cohorts = {name: panel.client_groups[name] for name in (ALL, "cohort") if name in panel.client_groups}

    def of_domain(domain: str) -> list[pd.DataFrame]:
        scored = scored_rows(panel, panel.scores[domain])
        parts = []
        for months in (0, *SERIES_MONTHS):
            measured = series_rows(scored, months, replicate_days)
            for grouping in cohorts.values():
                parts.append(_series_part(panel, domain, months, measured, grouping))
        return parts

    return contract_table(estimates.SERIES, chain.from_iterable(side_by_side(panel, of_domain, list(panel.scores))))


def series_rows(scored: ScoredRows, months: int, replicate_days: int) -> tuple[Integers, Integers]:
    """Who was measured at that time: the row of the panel and the position of the client."""
    row = moment_rows(scored, f"m{months}" if months else "first", replicate_days)
    measured = np.flatnonzero((row >= 0) & scored.agreed(row))
    return row[measured], scored.client[measured]


def _per_group(grouping: Grouping, client: Integers) -> Integers:
    return group_counts(grouping.codes[client], len(grouping.labels))[1:, 0]


def _series_part(
    panel: Panel, domain: str, months: int, measured: tuple[Integers, Integers], grouping: Grouping
) -> pd.DataFrame:
    n_levels = HIGHEST_SCORE[panel.subject] + 1
    row, client = measured
    cell = panel.edition[row] * np.int32(n_levels) + panel.scores[domain][row]
    codes, n_groups = grouping.codes[client], len(grouping.labels)
    counts = group_counts(codes, n_groups, cell, len(panel.editions) * n_levels)
    by_level = counts[1:].reshape(n_groups, len(panel.editions), n_levels)
    group, edition = np.nonzero(by_level.sum(axis=2))
    found = by_level[group, edition]
    n_clients = found.sum(axis=1)
    return part(
        panel.subject,
        domain,
        edition=np.array(panel.editions, dtype=object)[edition],
        cohort=label_of(grouping.labels, group),
        months_since_intake=months,
        n_clients=n_clients,
        n_sufficient=found[:, sufficient_from(panel.subject, domain) :].sum(axis=1),
        mean_score=found @ np.arange(n_levels) / n_clients,
    )
