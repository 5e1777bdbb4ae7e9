"""Overlap between lines: in a group the largest counts whole, the others for the share alpha.

C = c_max + alpha (sum c - c_max). Which line is the largest is decided once, at the mean: a line must not change its
weight from draw to draw, and a euro must have one path. A group may lie within another.
"""

from __future__ import annotations

import numpy as np

from mkba.arrays import Array
from mkba.balance.balance import balance
from mkba.binding.line_table import LineTable
from mkba.inputs.model import Alternative, OverlapGroup


def overlap_shares(table: LineTable, alternative: Alternative, alpha: float | None = None) -> Array:
    """The share at which each line counts, shape (n_lines,); `alpha` overrides that of every group."""
    naive = np.abs(balance(table, table.inputs.means, alternative).line_pv[0])
    shares = np.ones(len(table.rows))
    groups = {one.id: one for one in table.model.overlap_groups}
    members: dict[str, list[list[int]]] = {name: [] for name in groups}
    for at, row in enumerate(table.rows):
        if row.line.overlap_group is not None and row.is_priced:
            members[row.line.overlap_group].append([at])
    for name in _inner_first(groups):
        parts = members[name]
        if parts:
            largest = max(range(len(parts)), key=lambda part: float(naive[parts[part]] @ shares[parts[part]]))
            for part, rows in enumerate(parts):
                if part != largest:
                    shares[rows] *= groups[name].alpha if alpha is None else alpha
            within = groups[name].within
            if within is not None:
                members[within].append([at for rows in parts for at in rows])
    return shares


def _inner_first(groups: dict[str, OverlapGroup]) -> list[str]:
    """Groups in an order in which each comes before the one that it lies within."""

    def depth(name: str) -> int:
        parent = groups[name].within
        return 0 if parent is None else 1 + depth(parent)

    return sorted(groups, key=lambda name: (-depth(name), name))
