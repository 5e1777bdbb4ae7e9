"""Checks on what is counted twice: deadweight, overlap and one estimate in two lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from mkba.balance.balance import Balance
from mkba.binding.line_table import LineTable
from mkba.binding.numbers import is_controlled
from mkba.inputs.model import OverlapGroup
from mkba.lint.finding import MkbaFinding


def double_deadweight(table: LineTable) -> Iterator[MkbaFinding]:
    """What would have happened anyway, taken off an estimate that has netted it out already."""
    trajectories = {one.id: one for one in table.model.null_alternative.trajectories}
    for row in table.rows:
        null = trajectories.get(row.line.compared_with or "")
        asks = row.line.chain is not None or (null is not None and null.autonomous_share is not None)
        if row.effect is not None and is_controlled(row.effect) and asks:
            yield MkbaFinding(
                "deadweight_on_controlled",
                "blocks",
                f"lines: {row.line.id}",
                "deze schatting vergelijkt al met mensen zonder de aanpak; wat vanzelf gebeurde is er al af.",
                "Haal chain en autonomous_share weg bij deze regel.",
            )


def mixed_signs(table: LineTable, balances: Sequence[Balance]) -> Iterator[MkbaFinding]:
    """A gain and a loss in one overlap group, or in a group within it."""
    # A transfer nets to zero, but what its receiver gains can be counted twice too.
    signs = np.array([row.welfare_sign or 1.0 for row in table.rows])
    for group in table.model.overlap_groups:
        inside = {one.id for one in table.model.overlap_groups if group.id in _around(one, table)}
        places = [at for at, row in enumerate(table.rows) if row.line.overlap_group in inside and row.is_priced]
        means = [balance.line_pv[:, places].mean(axis=0) * signs[places] for balance in balances]
        if any((values > 0).any() and (values < 0).any() for values in means):
            yield MkbaFinding(
                "overlap_of_both_signs",
                "blocks",
                f"overlap_groups: {group.id}",
                "in deze groep staan een baat en een verlies; alleen regels met hetzelfde teken overlappen.",
                "Splits de groep.",
            )


def _around(group: OverlapGroup, table: LineTable) -> set[str]:
    """The group itself and every group that it lies within."""
    parents = {one.id: one.within for one in table.model.overlap_groups}
    found, parent = {group.id}, group.within
    while parent is not None:
        found.add(parent)
        parent = parents[parent]
    return found


def same_estimate_twice(table: LineTable) -> Iterator[MkbaFinding]:
    """One estimate in two lines of one party without an overlap group."""
    seen: dict[tuple[str, object], str] = {}
    for row in table.rows:
        if row.effect is None or not row.is_priced or row.line.overlap_group is not None:
            continue
        key = (row.effect.id, row.line.receiver)
        if key in seen:
            yield MkbaFinding(
                "counted_twice",
                "warns",
                f"lines: {row.line.id}",
                f"dezelfde uitkomst telt ook in '{seen[key]}' bij dezelfde partij.",
                "Zet beide regels in een overlap_group, of haal er één weg.",
            )
        seen[key] = row.line.id
