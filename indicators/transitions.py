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
from numpy.typing import NDArray

from data_contracts import estimates
from data_contracts.estimates import ALL
from indicators.change import sufficient_from
from indicators.moments import Rows, ScoredRows, comparable_pairs, moment_rows, scored_rows
from indicators.panel import HIGHEST_SCORE, Grouping, Panel

MomentPairs = Sequence[tuple[str, str]]
SERIES_MONTHS = (6, 12, 18, 24, 30, 36)
Counts = NDArray[np.int64]


def transitions(panel: Panel, moment_pairs: MomentPairs, replicate_days: int = 30) -> pd.DataFrame:
    """est_change__transitions: clients by score before and after, per life domain, slice and pair of moments."""
    n_levels = HIGHEST_SCORE[panel.subject] + 1

    def of_domain(domain: str) -> list[pd.DataFrame]:
        scores = panel.scores[domain]
        scored = scored_rows(panel, scores)
        moments = {name: moment_rows(scored, name, replicate_days) for pair in moment_pairs for name in pair}
        parts = []
        for name_from, name_to in moment_pairs:
            before, after = moments[name_from], moments[name_to]
            pairs = comparable_pairs(panel, domain, before, after, replicate_days)
            cell = scores[before[pairs]] * np.int32(n_levels) + scores[after[pairs]]
            client = scored.client[pairs]
            for name, grouping in panel.client_groups.items():
                counts = _counts(grouping, client, cell, n_levels**2)
                group, code = np.nonzero(counts)
                parts.append(
                    _part(
                        panel.subject,
                        domain,
                        slice=name,
                        slice_value=_labels(grouping, group),
                        moment_from=name_from,
                        moment_to=name_to,
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

        def later(moment: str) -> Rows:
            row = moment_rows(scored, moment, replicate_days)
            is_later = (row >= 0) & (panel.day[row] - panel.day[first] > replicate_days)
            return scored.client[np.flatnonzero(is_later)]

        everyone = np.arange(len(panel.client_starts), dtype=np.int32)
        stages = {
            "n_clients": everyone,
            "n_scored": scored.client,
            "n_scored_twice": later("last"),
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
    panel: Panel, domain: str, months: int, scored: ScoredRows, row: Rows, grouping: Grouping
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


def _counts(grouping: Grouping, client: Rows, cell: Rows | None = None, n_cells: int = 1) -> Counts:
    """Clients per group and cell, int64[groups, n_cells]; clients in no group are left out."""
    group = grouping.codes[client]
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


def _labels(grouping: Grouping, group: NDArray[np.integer]) -> NDArray[np.object_]:
    return np.array(grouping.labels, dtype=object)[group]


def _part(subject: str, domain: str, **columns: object) -> pd.DataFrame:
    return pd.DataFrame({"subject": subject, "life_domain": domain, **columns})


def _table(schema: pa.DataFrameSchema, parts: list[pd.DataFrame]) -> pd.DataFrame:
    """One frame with the contract's columns and types."""
    kinds = {name: str(column.dtype) for name, column in schema.columns.items()}
    table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=list(kinds))
    return table[list(kinds)].astype(kinds)
