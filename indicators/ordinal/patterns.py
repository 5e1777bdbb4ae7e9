"""Clients with the same scores at the same moments, in the same group, as one pattern with a weight.

Scores have five levels and moments are few, so ten thousand clients are a few hundred patterns: a likelihood over the
patterns is the likelihood over the clients.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.arrays import Floats, Integers


@dataclass(frozen=True, slots=True)
class Patterns:
    """P patterns with n observations together, pattern after pattern.

    `level`: 0 to n_levels - 1, int64[n]; `cell`: row of the design matrix, int64[n]; `start`: first observation of
    each pattern, int64[P]; `weight`: clients with this pattern, float64[P].
    """

    level: Integers
    cell: Integers
    start: Integers
    weight: Floats
    n_levels: int
    n_cells: int

    @property
    def of_observation(self) -> Integers:
        """The pattern of each observation, int64[n]."""
        lengths = np.diff(np.append(self.start, len(self.level)))
        return np.repeat(np.arange(len(self.start)), lengths)


def patterns(level: Integers, cell: Integers, client: Integers, n_levels: int) -> Patterns:
    """The patterns of assessments: one entry per assessment."""
    n_cells = int(cell.max()) + 1
    code = cell * n_levels + level
    order = np.lexsort((code, client))
    code, client = code[order], client[order]
    start = np.append(0, np.flatnonzero(client[1:] != client[:-1]) + 1)
    n_scores = np.diff(np.append(start, len(code)))
    place = np.arange(len(code)) - np.repeat(start, n_scores)
    identity = np.zeros(len(start), np.int64)
    for nth in range(int(n_scores.max())):
        nth_code = np.zeros(len(start), np.int64)
        has = n_scores > nth
        nth_code[has] = code[start[has] + nth] + 1
        identity = np.unique(identity * (n_cells * n_levels + 1) + nth_code, return_inverse=True)[1]
    _, example, weight = np.unique(identity, return_index=True, return_counts=True)
    chosen = np.isin(np.repeat(np.arange(len(start)), n_scores), example)
    chosen_code, first = code[chosen], np.flatnonzero(place[chosen] == 0)
    return Patterns(
        level=chosen_code % n_levels,
        cell=chosen_code // n_levels,
        start=first,
        weight=weight[np.argsort(example)].astype(np.float64),
        n_levels=n_levels,
        n_cells=n_cells,
    )
