"""Transition counts, funnel and series: the step from people to counts.

For a pair of moments the 5x5 table of scores before and after holds everything that shares, tests and intervals need
(it is the sufficient statistic), so whatever follows costs the same for a thousand clients as for a million.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pandas as pd
import pandera.pandas as pa

from data_contracts import estimates
from data_contracts.contract import empty_frame
from data_contracts.estimates import ALL
from indicators.arrays import Integers
from indicators.change import sufficient_from
from indicators.moments import ClientPairs, ScoredRows, client_pairs, moment_rows, scored_rows
from indicators.pair_counts import as_table
from indicators.panel import HIGHEST_SCORE, Grouping, Panel

MomentPairs = Sequence[tuple[str, str]]
SERIES_MONTHS = (6, 12, 18, 24, 30, 36)


def transitions(panel: Panel, moment_pairs: MomentPairs, replicate_days: int = 30) -> pd.DataFrame:
    """est_change__transitions: clients by score before and after, per life domain, slice and pair of moments."""

    def groups(pairs: ClientPairs) -> dict[str, Grouping]:
        return {
            name: Grouping(grouping.codes[pairs.client], grouping.labels)
            for name, grouping in panel.client_groups.items()
        }

    return _counted(panel, moment_pairs, replicate_days, groups)


def transitions_by_rater(
    panel: Panel, moment_pairs: MomentPairs, rater: Integers, replicate_days: int = 30
) -> pd.DataFrame:
    """est_change__transitions in a slice 'rater': whether the same person rated before and after.

    `rater`: a code per assessment, -1 where not known. After a change of rater a change of score may be in the eye of
    the rater.
    """

    def groups(pairs: ClientPairs) -> dict[str, Grouping]:
        first, second = rater[pairs.before], rater[pairs.after]
        code = np.where((first < 0) | (second < 0), 2, np.where(first == second, 0, 1))
        return {"rater": Grouping(code.astype(np.int32), ("same", "other", "unknown"))}

    return _counted(panel, moment_pairs, replicate_days, groups)


def _counted(
    panel: Panel,
    moment_pairs: MomentPairs,
    replicate_days: int,
    groups: Callable[[ClientPairs], dict[str, Grouping]],
) -> pd.DataFrame:
    n_levels = HIGHEST_SCORE[panel.subject] + 1

    def of_domain(domain: str) -> list[pd.DataFrame]:
        scores = panel.scores[domain]
        parts = []
        for pairs in client_pairs(panel, domain, moment_pairs, replicate_days):
            cell = scores[pairs.before] * np.int32(n_levels) + scores[pairs.after]
            for name, grouping in groups(pairs).items():
                counts = _counts(grouping, None, cell, n_levels**2)
                group, code = np.nonzero(counts)
                parts.append(
                    _part(
                        panel.subject,
                        domain,
                        slice=name,
                        slice_value=_labels(grouping, group),
                        moment_from=pairs.moment_from,
                        moment_to=pairs.moment_to,
                        score_from=code // n_levels,
                        score_to=code % n_levels,
                        n_clients=counts[group, code],
                    )
                )
        return parts

    return _table(estimates.TRANSITIONS, _per_domain(panel, of_domain))


def funnel(panel: Panel, replicate_days: int = 30) -> pd.DataFrame:
    """est_change__funnel: clients, scored, scored twice and scored in the monitoring phase, per life domain and slice.

    Twice means at two moments more than `replicate_days` apart. The life domain 'all' counts any domain.
    """
    scores = dict(panel.scores)
    if ALL not in scores:
        scores[ALL] = np.bitwise_or.reduce(list(panel.scores.values()))

    def of_domain(domain: str) -> list[pd.DataFrame]:
        scored = scored_rows(panel, scores[domain])
        first = moment_rows(scored, "first", replicate_days)

        def later(moment: str) -> Integers:
            row = moment_rows(scored, moment, replicate_days)
            is_later = (row >= 0) & (panel.day[row] - panel.day[first] > replicate_days)
            return scored.client[np.flatnonzero(is_later)]

        everyone = np.arange(len(panel.client_starts), dtype=np.int32)
        stages = {
            "n_clients": everyone,
            "n_scored": scored.client,
            "n_scored_twice": later("latest"),
            "n_monitored": later("monitoring"),
        }
        return [
            _part(
                panel.subject,
                domain,
                slice=name,
                slice_value=_labels(grouping, np.arange(len(grouping.labels))),
                **{stage: _counts(grouping, client).ravel() for stage, client in stages.items()},
            )
            for name, grouping in panel.client_groups.items()
        ]

    return _table(estimates.FUNNEL, _per_domain(panel, of_domain, list(scores)))


def series(panel: Panel, replicate_days: int = 30) -> pd.DataFrame:
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
            row = moment_rows(scored, f"m{months}" if months else "first", replicate_days)
            for grouping in cohorts.values():
                parts.append(_series_part(panel, domain, months, scored, row, grouping))
        return parts

    return _table(estimates.SERIES, _per_domain(panel, of_domain))


def _series_part(
    panel: Panel, domain: str, months: int, scored: ScoredRows, row: Integers, grouping: Grouping
) -> pd.DataFrame:
    n_levels = HIGHEST_SCORE[panel.subject] + 1
    measured = np.flatnonzero(row >= 0)
    cell = panel.edition[row[measured]] * np.int32(n_levels) + panel.scores[domain][row[measured]]
    counts = _counts(grouping, scored.client[measured], cell, len(panel.editions) * n_levels)
    by_level = counts.reshape(len(grouping.labels), len(panel.editions), n_levels)
    group, edition = np.nonzero(by_level.sum(axis=2))
    found = by_level[group, edition]
    n_clients = found.sum(axis=1)
    return _part(
        panel.subject,
        domain,
        edition=np.array(panel.editions, dtype=object)[edition],
        cohort=_labels(grouping, group),
        months_since_intake=months,
        n_clients=n_clients,
        n_sufficient=found[:, sufficient_from(panel.subject, domain) :].sum(axis=1),
        mean_score=found @ np.arange(n_levels) / n_clients,
    )


def _counts(grouping: Grouping, client: Integers | None, cell: Integers | None = None, n_cells: int = 1) -> Integers:
    """Clients per group and cell, int64[groups, n_cells]; clients in no group are left out."""
    group = grouping.codes if client is None else grouping.codes[client]
    if cell is not None and not group.any():  # everybody is in the first group
        counts = np.zeros((len(grouping.labels), n_cells), np.int64)
        counts[:1] = np.bincount(cell, minlength=n_cells)
        return counts
    code = group if cell is None else group * np.int32(n_cells) + cell
    if len(group) and group.min() < 0:
        code = code[np.flatnonzero(group >= 0)]
    n_groups = len(grouping.labels)
    return np.bincount(code, minlength=n_groups * n_cells).reshape(n_groups, n_cells)


def _per_domain(
    panel: Panel, of_domain: Callable[[str], list[pd.DataFrame]], domains: list[str] | None = None
) -> list[pd.DataFrame]:
    # What the threads share must exist before they start; numpy works outside the interpreter's lock.
    _ = panel.client_of_row, panel.client_groups
    with ThreadPoolExecutor(2) as pool:
        return [part for parts in pool.map(of_domain, domains or list(panel.scores)) for part in parts]


def _labels(grouping: Grouping, group: Integers) -> pd.api.extensions.ExtensionArray:
    # Text at once: pandas would look at every object to see that it is text, while the other thread waits.
    return pd.array(grouping.labels, dtype="str").take(group)


def _part(subject: str, domain: str, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"subject": subject, "life_domain": domain, **columns})


def _table(schema: pa.DataFrameSchema, parts: list[pd.DataFrame]) -> pd.DataFrame:
    return as_table(schema, pd.concat(parts, ignore_index=True) if parts else empty_frame(schema))
