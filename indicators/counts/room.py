"""Who could rise at all: floor, ceiling and structural ceilings, per life domain and pair of moments: est_change__room.

Who starts at the highest score can only fall, and in a team with few problems most do. Some cannot rise although the
scale goes on: in the editions with eleven domains a pensioner reaches at most 2 on Dagbesteding, by the makers' own
rule. A share that improved is read against those who could.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.tables import estimate_companions
from data_contracts.vocabulary.field import REPLICATE_DAYS
from indicators.arrays import Flags, Integers, sums
from indicators.counts.moments import ClientPairs, client_pairs
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import Grouping, Panel


@dataclass(frozen=True, slots=True)
class StructuralCeiling:
    """The highest score that some clients can reach in a life domain; `holds`: per assessment, bool[n]."""

    highest: int
    holds: Flags


def room(
    panel: Panel,
    moment_pairs: Sequence[tuple[str, str]],
    ceilings: Mapping[str, StructuralCeiling],
    replicate_days: int = REPLICATE_DAYS,
) -> pd.DataFrame:
    """est_change__room; `ceilings`: life domain -> structural ceiling.

    Who has a structural ceiling and starts at or above it is counted as capped, not as at the ceiling of the scale.
    """
    tables = [
        _in_domain(panel, domain, pairs, ceilings.get(domain))
        for domain in panel.scores
        for pairs in client_pairs(panel, domain, moment_pairs, replicate_days)
    ]
    return as_table(estimate_companions.ROOM, pd.concat(tables, ignore_index=True))


def _in_domain(panel: Panel, domain: str, pairs: ClientPairs, ceiling: StructuralCeiling | None) -> pd.DataFrame:
    scores = panel.scores[domain]
    before, after = scores[pairs.before], scores[pairs.after]
    nobody = np.zeros(len(before), np.bool_)
    capped = is_capped(scores, pairs, ceiling)
    at_ceiling = (before == panel.highest(domain)) & ~capped
    counted = {
        "n_clients": ~nobody,
        "n_at_floor": before == 1,
        "n_at_ceiling": at_ceiling,
        "n_capped": capped,
        "n_cannot_rise": at_ceiling | capped,
        "n_could_rise": ~at_ceiling & ~capped,
        "n_up": after > before,
    }
    return pd.concat(
        [
            _per_group(pairs, name, grouping, counted).assign(
                subject=panel.subject,
                life_domain=domain,
                moment_from=pairs.moment_from,
                moment_to=pairs.moment_to,
            )
            for name, grouping in panel.client_groups.items()
        ]
    )


def is_capped(scores: Integers, pairs: ClientPairs, ceiling: StructuralCeiling | None) -> Flags:
    """Which clients start at or above a structural ceiling of theirs."""
    if ceiling is None:
        return np.zeros(len(pairs.before), np.bool_)
    found: Flags = ceiling.holds[pairs.before] & (scores[pairs.before] >= ceiling.highest)
    return found


def _per_group(pairs: ClientPairs, name: str, grouping: Grouping, counted: Mapping[str, Flags]) -> pd.DataFrame:
    group: Integers = grouping.codes[pairs.client]
    inside = group >= 0
    counts = {
        column: sums(group[inside], flags[inside].astype(np.float64), len(grouping.labels))
        for column, flags in counted.items()
    }
    table = pd.DataFrame({"slice": name, "slice_value": list(grouping.labels), **counts})
    return table[table["n_clients"] > 0]
