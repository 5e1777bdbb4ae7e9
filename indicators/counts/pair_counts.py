"""Square tables of scores before and after, one per life domain, slice and pair of moments."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import pandera.pandas as pa

from indicators.arrays import Integers

PAIR = ["subject", "life_domain", "slice", "slice_value", "moment_from", "moment_to"]


@dataclass(frozen=True, slots=True)
class PairCounts:
    """G square tables: `keys` has one row per table; `counts`: int64[G, K + 1, K + 1], index 0 unused."""

    keys: pd.DataFrame
    counts: Integers

    @property
    def levels(self) -> Integers:
        """The scores, 0 to K."""
        return np.arange(self.counts.shape[1])

    @property
    def moved(self) -> Integers:
        """Levels moved in each cell, int64[K + 1, K + 1]; up is positive."""
        return self.levels[None, :] - self.levels[:, None]

    @property
    def n_clients(self) -> Integers:
        """Clients per table."""
        return self.counts.sum(axis=(1, 2))

    @property
    def before(self) -> Integers:
        """Clients per score before, int64[G, K + 1]."""
        return self.counts.sum(axis=2)

    def by_size(self) -> tuple[Integers, Integers, Integers]:
        """Clients who rose and who fell by 1 to K levels, int64[G, K] each, and who stayed equal, int64[G]."""
        sizes = range(1, len(self.levels))
        up = np.column_stack([self.counts[:, self.moved == size].sum(axis=1) for size in sizes])
        down = np.column_stack([self.counts[:, self.moved == -size].sum(axis=1) for size in sizes])
        return up, down, self.counts[:, self.moved == 0].sum(axis=1)


def pair_counts(transitions: pd.DataFrame) -> PairCounts:
    """The square tables of est_change__transitions."""
    group = transitions.groupby(PAIR, sort=True, observed=True).ngroup().to_numpy()
    keys = transitions[PAIR].iloc[np.unique(group, return_index=True)[1]].reset_index(drop=True)
    before, after = (transitions[name].to_numpy(np.int64) for name in ("score_from", "score_to"))
    highest = int(max(before.max(initial=1), after.max(initial=1)))
    counts = np.zeros((len(keys), highest + 1, highest + 1), np.int64)
    np.add.at(counts, (group, before, after), transitions["n_clients"].to_numpy(np.int64))
    return PairCounts(keys, counts)


def as_table(schema: pa.DataFrameSchema, table: pd.DataFrame) -> pd.DataFrame:
    """`table` with the contract's columns, in its order and types."""
    kinds = {name: str(column.dtype) for name, column in schema.columns.items()}
    return table[list(kinds)].astype(kinds)
