"""Transition counts: the step from people to counts.

For a pair of moments the 5x5 table of scores before and after holds everything that shares, tests and intervals need
(it is the sufficient statistic), so whatever follows costs the same for a thousand clients as for a million.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, product

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables import estimates
from data_contracts.tables.estimates import ALL
from data_contracts.vocabulary.field import REPLICATE_DAYS
from indicators.arrays import Integers
from indicators.counts.counting import group_counts, label_of, side_by_side
from indicators.counts.moments import ClientPairs, client_pairs
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import HIGHEST_SCORE, Panel

MomentPairs = Sequence[tuple[str, str]]
RATERS = ("same", "other", "unknown")  # whether the same person rated before and after
_Key = tuple[str, tuple[str, str], str]  # life domain, pair of moments, slice


def transitions(panel: Panel, moment_pairs: MomentPairs, replicate_days: int = REPLICATE_DAYS) -> pd.DataFrame:
    """est_change__transitions: clients by score before and after, per life domain, slice and pair of moments."""
    slices = panel.client_groups
    # Everybody is any other slice with those in none of its groups, so the slice 'all' need not be counted again.
    to_count = {name: grouping for name, grouping in slices.items() if name != ALL} or slices

    def groups(pairs: ClientPairs) -> dict[str, Integers]:
        return {name: grouping.codes.take(pairs.client) for name, grouping in to_count.items()}

    sizes = {name: len(grouping.labels) for name, grouping in to_count.items()}
    counts = _counts(panel, moment_pairs, replicate_days, groups, sizes)
    if ALL not in to_count:
        any_slice = next(iter(to_count))
        everybody = {key[:2]: found.sum(axis=0) for key, found in counts.items() if key[2] == any_slice}
        counts |= {(*key, ALL): np.stack([np.zeros_like(found), found]) for key, found in everybody.items()}
    return _table(panel, moment_pairs, counts, {name: grouping.labels for name, grouping in slices.items()})


def transitions_by_team(
    panel: Panel, moment_pairs: MomentPairs, team: Integers, replicate_days: int = REPLICATE_DAYS
) -> pd.DataFrame:
    """est_change__transitions_by_team: the same, apart for each team inside every group of every slice.

    `team`: a team per client, -1 where not known; those without a team are taken together.
    """
    codes, crossed, labels = {}, {}, {}
    for name, grouping in panel.client_groups.items():
        pairs, found = np.unique(np.column_stack([grouping.codes, team]), axis=0, return_inverse=True)
        codes[name] = np.where(grouping.codes >= 0, found.ravel(), -1).astype(np.int32)
        crossed[name], labels[name] = pairs, grouping.labels
    counts = _counts(
        panel,
        moment_pairs,
        replicate_days,
        lambda pairs: {name: found.take(pairs.client) for name, found in codes.items()},
        {name: len(pairs) for name, pairs in crossed.items()},
    )
    places = {name: tuple(map(str, range(len(pairs)))) for name, pairs in crossed.items()}
    table = _table(panel, moment_pairs, counts, places)
    parts = []
    for name, pairs in crossed.items():
        rows = table[table["slice"] == name]
        group, own = pairs[rows["slice_value"].astype(int)].T
        parts.append(rows.assign(slice_value=np.array(labels[name], dtype=object)[group], team_no=own))
    return as_table(estimates.TRANSITIONS_BY_TEAM, pd.concat(parts, ignore_index=True))


def transitions_by_rater(
    panel: Panel, moment_pairs: MomentPairs, rater: Integers, replicate_days: int = REPLICATE_DAYS
) -> pd.DataFrame:
    """est_change__transitions in a slice 'rater': whether the same person rated before and after.

    `rater`: a code per assessment, -1 where not known. After a change of rater a change of score may be in the eye of
    the rater.
    """

    def groups(pairs: ClientPairs) -> dict[str, Integers]:
        return {"rater": rater_of_pairs(pairs, rater)}

    counts = _counts(panel, moment_pairs, replicate_days, groups, {"rater": len(RATERS)})
    return _table(panel, moment_pairs, counts, {"rater": RATERS})


def rater_of_pairs(pairs: ClientPairs, rater: Integers) -> Integers:
    """Which of `RATERS` holds for each client."""
    first, second = rater[pairs.before], rater[pairs.after]
    found: Integers = np.where((first < 0) | (second < 0), 2, np.where(first == second, 0, 1))
    return found


def _counts(
    panel: Panel,
    moment_pairs: MomentPairs,
    replicate_days: int,
    groups: Callable[[ClientPairs], dict[str, Integers]],
    sizes: Mapping[str, int],
) -> dict[_Key, Integers]:
    """Clients per group and cell, see `group_counts`; a cell is the score before and the score after as one number."""
    n_levels = HIGHEST_SCORE[panel.subject] + 1

    def of_block(rows: slice) -> dict[_Key, Integers]:
        found = {}
        for domain, scores in panel.scores.items():
            for pairs in client_pairs(panel, domain, moment_pairs, replicate_days, rows):
                cell = scores.take(pairs.before) * np.int32(n_levels) + scores.take(pairs.after)
                pair = (pairs.moment_from, pairs.moment_to)
                for name, group in groups(pairs).items():
                    found[domain, pair, name] = group_counts(group, sizes[name], cell, n_levels**2)
        return found

    totals: dict[_Key, Integers] = {}
    for found in side_by_side(panel, of_block, panel.blocks):
        for key, counts in found.items():
            totals[key] = totals[key] + counts if key in totals else counts
    return totals


def _table(
    panel: Panel, moment_pairs: MomentPairs, counts: dict[_Key, Integers], labels: Mapping[str, tuple[str, ...]]
) -> pd.DataFrame:
    keys = list(product(panel.scores, moment_pairs))
    if not keys:
        return empty_frame(estimates.TRANSITIONS)
    by_slice = [np.stack([counts[domain, pair, name][1:] for domain, pair in keys]) for name in labels]
    places = [np.nonzero(found) for found in by_slice]
    name = np.repeat(np.arange(len(labels)), [len(place[0]) for place in places])
    key, group, cell = (np.concatenate(one) for one in zip(*places, strict=True))
    n_clients = np.concatenate([found[place] for found, place in zip(by_slice, places, strict=True)])
    # Everything at once and nothing copied: with many teams this table is as large as all that went before it.
    first_label = np.cumsum([0] + [len(one) for one in labels.values()])
    score_from, score_to = np.divmod(cell, HIGHEST_SCORE[panel.subject] + 1)
    columns = {
        "subject": label_of([panel.subject], np.zeros_like(key)),
        "life_domain": label_of([domain for domain, _ in keys], key),
        "slice": label_of(list(labels), name),
        "slice_value": label_of(list(chain(*labels.values())), first_label[name] + group),
        "moment_from": label_of([moment for _, (moment, _) in keys], key),
        "moment_to": label_of([moment for _, (_, moment) in keys], key),
        "score_from": score_from,
        "score_to": score_to,
        "n_clients": n_clients,
    }
    return as_table(estimates.TRANSITIONS, pd.DataFrame(columns, copy=False))
