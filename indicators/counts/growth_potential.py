"""How far people are from the step that they want to reach: est_ladder__growth_potential.

Only of those whose own goal was recorded; the same people at both moments of a pair. Source: VNG Participatieladder,
whose pilot recorded growth potential per client.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from data_contracts.tables import estimate_companions
from data_contracts.tables.contributions import outcome_name
from data_contracts.vocabulary.field import ALL, REPLICATE_DAYS
from indicators.arrays import Integers
from indicators.contributions import LEVELS, Added
from indicators.counts.moments import client_pairs
from indicators.counts.pair_counts import as_table
from indicators.counts.panel import Panel


def growth_potential(
    panel: Panel, goal: Integers, moment_pairs: Sequence[tuple[str, str]], replicate_days: int = REPLICATE_DAYS
) -> pd.DataFrame:
    """Clients by steps to go before and after; `goal`: per measurement the wanted step, 0 where none is known."""
    rows = []
    for (moment_from, moment_to), client, before, after in _steps_to_go(panel, goal, moment_pairs, replicate_days):
        for at, left in (("before", before), ("after", after)):
            counted = (left <= 0, left == 1, left > 1)
            rows.append((moment_from, moment_to, at, len(client), *(int(found.sum()) for found in counted)))
    schema = estimate_companions.GROWTH_POTENTIAL
    table = pd.DataFrame([row for row in rows if row[3]], columns=list(schema.columns))
    return as_table(schema, table)


def growth_potential_contributions(
    panel: Panel, goal: Integers, moment_pairs: Sequence[tuple[str, str]], replicate_days: int
) -> Iterator[Added]:
    """What clients add to it, before and after."""
    for pair, client, before, after in _steps_to_go(panel, goal, moment_pairs, replicate_days):
        for at, left in (("before", before), ("after", after)):
            code = left.astype(np.int64) + LEVELS
            yield Added(outcome_name("growth_potential", [*pair, at]), client, code)


def _steps_to_go(
    panel: Panel, goal: Integers, moment_pairs: Sequence[tuple[str, str]], days: int
) -> Iterator[tuple[tuple[str, str], Integers, Integers, Integers]]:
    """Pair, clients with a goal, and their steps to go before and after; below 0 beyond the goal."""
    steps = panel.scores[ALL].astype(np.int64)
    for pairs in client_pairs(panel, ALL, moment_pairs, days):
        known = goal[pairs.before] > 0
        before, after = pairs.before[known], pairs.after[known]
        wanted = goal[before].astype(np.int64)
        yield (
            (pairs.moment_from, pairs.moment_to),
            panel.client_no[before],
            wanted - steps[before],
            wanted - steps[after],
        )
