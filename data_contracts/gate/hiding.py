"""Hiding more until the audit finds nothing: a further cell, then the whole slice (read its parent), then the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data_contracts.errors import GateRefused
from data_contracts.gate.audit import audit
from data_contracts.gate.groups import Links
from data_contracts.gate.linked import linked_system
from data_contracts.gate.rounding import Integers
from data_contracts.gate.table import Decision, ExactTable, Facts, Part, Row
from data_contracts.vocabulary.field import ALL

FURTHER_CELLS = 60  # rounds in which each block hides further cells, no two beside each other
WHOLE_SLICES = 6  # rounds in which each block gives up a slice


@dataclass(frozen=True, slots=True)
class Protected:
    """A decision that the audit found nothing against; `worst_width` is the least width of a hidden count."""

    decision: Decision
    worst_width: int | None


def protected(table: ExactTable, decision: Decision, base: int) -> Protected:
    """Hide what has to be hidden besides `decision`, and audit until no hidden count is narrower than `base`.

    A block that shows nothing new tells nothing new, and needs no audit.
    """
    result = decision.copy()
    todo = np.unique(table.block)
    worst: list[int] = []
    for attempt in range(FURTHER_CELLS + WHOLE_SLICES + 2):
        todo = np.intersect1d(todo, table.block[result.row == Row.SHOWN])
        if not len(todo):
            return Protected(result, min(worst, default=None))
        rows = np.flatnonzero(np.isin(table.block, todo))
        part, shown = _rows_of(table, rows), result.of(rows)
        system = linked_system(part, shown, base)
        found = audit(system, base)
        block, unsafe = part.block[system.row[found.unknown]], found.width < base
        todo = np.unique(block[unsafe])
        passed = found.width[~np.isin(block, todo)]
        worst += [int(passed.min())] if len(passed) else []
        place = found.unknown[unsafe]
        pins = np.column_stack([system.row[place], system.column[place], found.by_sums[unsafe]])
        for one in todo:
            _hide_more(part, shown, int(one), np.unique(pins[block[unsafe] == one], axis=0), attempt)
        result.row[rows], result.part[rows], result.means[rows] = shown.row, shown.part, shown.means
    raise GateRefused("Een tabel blijft te herleiden, ook zonder uitsplitsing. Er is niets gepubliceerd.")


def _hide_more(table: ExactTable, shown: Decision, block: int, pins: Integers, attempt: int) -> None:
    """One step further for `block`, whose counts at `pins` (row, column, by sums) can be told; changes `shown`."""
    if attempt < FURTHER_CELLS:
        changed = np.zeros(len(table.block), np.bool_)
        for row, column, by_sums in pins.tolist():
            near = list(_neighbours(table, row))
            if not changed[np.concatenate(near)].any():
                changed[_hide_a_cell(table, shown, near, column, means_first=not by_sums)] = True
        if changed.any():
            return
    if attempt < FURTHER_CELLS + WHOLE_SLICES and _give_up_a_slice(table, shown, block, pins):
        return
    shown.row[table.block == block] = Row.REFUSED


def _hide_a_cell(
    table: ExactTable, shown: Decision, near: list[Integers], column: int, *, means_first: bool
) -> Integers:
    """Hide the smallest shown figure that gives a count in `column` away, nearest first; the rows that it changed.

    A count that no sums pin down may be told by means: those beside hidden parts go first.
    """
    for rows in near:
        visible = rows[shown.row[rows] == Row.SHOWN]
        partly = (shown.part[visible] != Part.SHOWN).any(axis=1)
        averaged = visible[shown.means[visible] & partly & np.isin(visible, table.facts.row)]
        if means_first and len(averaged):
            shown.means[averaged] = False
            return averaged
        for family in table.telling(column):
            of_use = (shown.part[np.ix_(visible, family)] != Part.HIDDEN) & ~shown.public[np.ix_(visible, family)]
            able = visible[of_use.any(axis=1)]
            if len(able):
                smallest = able[[np.argmin(table.counts[able, column])]]
                shown.part[np.ix_(smallest, family)] = Part.HIDDEN
                return smallest
        unseen = visible[~shown.public[visible, 0]]
        if not column and len(unseen):
            smallest = unseen[[np.argmin(table.counts[unseen, 0])]]
            shown.row[smallest] = Row.SECONDARY
            return smallest
    return np.zeros(0, np.int64)


def _neighbours(table: ExactTable, row: int) -> Iterator[Integers]:
    """Rows that give a count away, nearest first: itself, the groups beside it, within it, above it (not 'all')."""
    parent, child, equation = table.links.parent, table.links.child, table.links.equation
    mine = np.isin(equation, equation[child == row])
    yield np.array([row])
    yield np.setdiff1d(child[mine], [row])
    yield np.unique(child[parent == row])
    above = np.unique(parent[mine])
    yield above[table.slice[above] != ALL]


def _give_up_a_slice(table: ExactTable, shown: Decision, block: int, pins: Integers) -> bool:
    """Show nothing of the finest slice that the counts at `pins` lie in; False when all slices are given up."""
    divided = (table.block == block) & (table.slice != ALL) & (shown.row != Row.REFUSED)
    names, sizes = np.unique(table.slice[divided].astype(str), return_counts=True)
    if not len(names):
        return False
    involved = np.isin(names, table.slice[pins[:, 0]].astype(str))
    order = np.lexsort((names, -sizes, ~involved))
    shown.row[divided & (table.slice == names[order[0]])] = Row.REFUSED
    return True


def _rows_of(table: ExactTable, rows: Integers) -> ExactTable:
    """`table` with only `rows`, which are whole blocks."""
    place = np.full(len(table.block), -1)
    place[rows] = np.arange(len(rows))
    kept, told = place[table.links.child] >= 0, place[table.facts.row] >= 0
    links = Links(table.links.equation[kept], place[table.links.parent[kept]], place[table.links.child[kept]])
    return replace(
        table,
        counts=table.counts[rows],
        threshold=table.threshold[rows],
        block=table.block[rows],
        slice=table.slice[rows],
        few_workers=table.few_workers[rows],
        links=links,
        facts=Facts(place[table.facts.row[told]], table.facts.weights[told]),
    )
