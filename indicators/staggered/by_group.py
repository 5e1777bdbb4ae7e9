"""The effect of a staggered start in each of several groups of clients, from the same teams."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from indicators.arrays import Flags
from indicators.effects.estimates import Outcome
from indicators.effects.few_teams import left_out_weights
from indicators.effects.group_differences import GroupEffect
from indicators.staggered.estimates import cells_of
from indicators.staggered.imputed import imputed_target, imputed_weights


def effects_by_group(
    clients: pd.DataFrame, outcome: Outcome, groups: Sequence[Flags]
) -> tuple[list[GroupEffect], list[Flags]]:
    """The effect in each of `groups` (N,) on the clients of it, and (N,) on whom each rests.

    `clients` as in `staggered_estimates`, of whom team and period are known. Team and period effects are the group's
    own: nothing is asked of how groups differ, or of how each would have fared without the approach.
    """
    names = [f"of_group_{at}" for at in range(len(groups))]
    own = {name: clients[outcome.column].where(group) for name, group in zip(names, groups, strict=True)}
    cells, used, _ = cells_of(clients.assign(**own), [replace(outcome, column=name) for name in names])
    found = []
    for at in range(len(groups)):
        mine = cells.outcome(at)
        weights, left_out = left_out_weights(imputed_weights, mine)
        mean, n_exposed = mine.mean.ravel(), float(imputed_target(mine).sum())
        found.append(
            GroupEffect(float(weights @ mean), left_out @ mean, weights, left_out, mine.weight.ravel(), n_exposed)
        )
    return found, [np.asarray(used[:, at]) for at in range(len(groups))]
