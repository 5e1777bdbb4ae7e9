"""How the ratings were made: the same score everywhere, and the earlier form copied: est_quality__ratings.

Signals, not proof: a client may truly score 3 on every domain, or truly not change. Counted in clients, because one
client may have many such forms; a run without these assessments can stand beside the headline (`Panel.only`).
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.tables.estimate_companions import RATING_QUALITY
from data_contracts.vocabulary.field import REPLICATE_DAYS
from indicators.arrays import Flags, Integers
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import Panel

# With fewer scored domains, equal scores are too common to mean anything.
FEWEST_DOMAINS = 5


def straight_lined(panel: Panel) -> Flags:
    """Assessments with the same score on every scored domain, of at least `FEWEST_DOMAINS`; bool[n]."""
    scores = np.stack(list(panel.scores.values()))
    n_scored = np.sum(scores > 0, axis=0)
    lowest = np.where(scores > 0, scores, np.int8(127)).min(axis=0)
    return (n_scored >= FEWEST_DOMAINS) & (lowest == scores.max(axis=0))


def followed_up(panel: Panel, replicate_days: int = REPLICATE_DAYS) -> Flags:
    """Assessments more than `replicate_days` after the client's one before, both with enough domains; bool[n]."""
    n_scored = np.sum([scores > 0 for scores in panel.scores.values()], axis=0)
    later = np.zeros(len(panel.day), np.bool_)
    later[1:] = (panel.client_no[1:] == panel.client_no[:-1]) & (np.diff(panel.day) > replicate_days)
    later[1:] &= (n_scored[1:] >= FEWEST_DOMAINS) & (n_scored[:-1] >= FEWEST_DOMAINS)
    return later


def copied_forward(panel: Panel, replicate_days: int = REPLICATE_DAYS) -> Flags:
    """Assessments equal to the one before on every domain, scored or not; bool[n]."""
    same = followed_up(panel, replicate_days)
    for scores in panel.scores.values():
        same[1:] &= scores[1:] == scores[:-1]
    return same


def rating_quality(panel: Panel, replicate_days: int = REPLICATE_DAYS) -> pd.DataFrame:
    """est_quality__ratings: clients with at least one such assessment, per slice.

    `n_followed_up` clients have an assessment that could have been copied.
    """
    clients = client_forms(panel, replicate_days)
    tables = []
    for name, grouping in panel.client_groups.items():
        groups = {column: grouping.codes[found] for column, found in clients.items()}
        counts = {
            column: np.bincount(codes[codes >= 0], minlength=len(grouping.labels)) for column, codes in groups.items()
        }
        tables.append(pd.DataFrame({"slice": name, "slice_value": list(grouping.labels), **counts}))
    return as_table(RATING_QUALITY, pd.concat(tables, ignore_index=True).assign(subject=panel.subject))


def client_forms(panel: Panel, replicate_days: int) -> dict[str, Integers]:
    """Per kind of form the clients, by position, who have at least one; everybody has some form."""
    forms = {
        "n_clients": np.ones(len(panel.day), np.bool_),
        "n_straight_lined": straight_lined(panel),
        "n_followed_up": followed_up(panel, replicate_days),
        "n_copied_forward": copied_forward(panel, replicate_days),
    }
    return {column: np.unique(panel.client_of_row[flags]) for column, flags in forms.items()}
