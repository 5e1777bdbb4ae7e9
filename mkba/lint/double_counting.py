"""Checks on what is counted twice: deadweight, overlap and one estimate in two lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from data_contracts.vocabulary.field import Law
from mkba.balance.balance import Balance
from mkba.binding.effects import Effect
from mkba.binding.line_table import LineRow, LineTable
from mkba.binding.numbers import is_controlled
from mkba.inputs.model import OverlapGroup
from mkba.inputs.quantities import EURO
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


def same_euros_twice(table: LineTable) -> Iterator[MkbaFinding]:
    """A provision in euros beside its own hours, or beside everything under its law: the euros hold the other."""
    counted = [row for row in table.rows if row.is_priced]
    for one, other in combinations(counted, 2):
        is_one_purse = one.line.receiver is other.line.receiver and _in_one_choice(one, other)
        if is_one_purse and not _overlap(one, other, table) and _holds(one, other):
            yield MkbaFinding(
                "euros_counted_twice",
                "blocks",
                f"lines: {other.line.id}",
                f"'{one.line.label}' en '{other.line.label}' tellen dezelfde euro's twee keer.",
                "Haal er één weg, of zet beide in een overlap_group.",
            )


def _overlap(one: LineRow, other: LineRow, table: LineTable) -> bool:
    """Do both stand in one group, or in groups within one?"""
    groups = {group.id: _around(group, table) for group in table.model.overlap_groups}
    return bool(groups.get(one.line.overlap_group or "", set()) & groups.get(other.line.overlap_group or "", set()))


def _in_one_choice(one: LineRow, other: LineRow) -> bool:
    named, also = one.line.alternatives, other.line.alternatives
    return named is None or also is None or bool(set(named) & set(also))


def _holds(one: LineRow, other: LineRow) -> bool:
    """Does the one count what the other counts, at least one of them in euros?"""
    if one.effect is None or other.effect is None:
        return False
    effects = (one.effect, other.effect)
    if {effect.subject for effect in effects} != {"provisions"} or EURO not in {effect.unit for effect in effects}:
        return False
    slices = {(effect.about.get("slice", "all"), effect.about.get("slice_value", "all")) for effect in effects}
    if len(slices) > 1 and not any(name == "all" for name, _ in slices):
        return False
    return one.effect.what == other.effect.what or _is_all_of(one.effect, other) or _is_all_of(other.effect, one)


def _is_all_of(total: Effect, part: LineRow) -> bool:
    """Is the one estimate everything, or everything under the law that the other line names?"""
    laws = {law.value for law in Law}
    if total.unit != EURO or part.effect is None or part.effect.what == "all":
        return False
    own = part.effect.what if part.effect.what in laws else part.line.law and part.line.law.value
    return total.what == "all" or (total.what in laws and part.effect.what not in laws and own == total.what)
