"""Hiding more until the audit finds nothing: a further cell, then the whole slice (read its parent), then the table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from data_contracts.errors import GateRefused
from data_contracts.gate.audit import audit
from data_contracts.gate.linked import linked_system
from data_contracts.gate.rounding import Integers
from data_contracts.gate.table import Decision, ExactTable, Part, Row
from data_contracts.vocabulary import ALL

FURTHER_CELLS = 12  # rounds in which each block hides further cells
WHOLE_SLICES = 6  # rounds in which each block gives up a slice


@dataclass(frozen=True, slots=True)
class Protected:
    """A decision that the audit found nothing against; `worst_width` is the least width of a hidden count."""

    decision: Decision
    worst_width: int | None


def protected(table: ExactTable, decision: Decision, base: int) -> Protected:
    """Hide what has to be hidden besides `decision`, and audit until no hidden count is narrower than `base`."""
    todo = np.unique(table.block)
    worst: list[int] = []
    for attempt in range(FURTHER_CELLS + WHOLE_SLICES + 2):
        rows = np.flatnonzero(np.isin(table.block, todo))
        part, shown = _rows_of(table, rows), _decision_of(decision, rows)
        system = linked_system(part, shown, base)
        found = audit(system, base)
        block = part.block[system.row[found.unknown]]
        unsafe = found.width < base
        todo = np.unique(block[unsafe])
        passed = found.width[~np.isin(block, todo)]
        worst += [int(passed.min())] if len(passed) else []
        if not len(todo):
            return Protected(decision, min(worst, default=None))
        pins = np.column_stack([system.row, system.column])[found.unknown[unsafe]]
        for one in todo:
            _hide_more(part, shown, one, pins[block[unsafe] == one], attempt)
        decision = replace(decision, row=decision.row.copy(), part=decision.part.copy())
        decision.row[rows], decision.part[rows] = shown.row, shown.part
    raise GateRefused("Een tabel blijft te herleiden, ook zonder uitsplitsing. Er is niets gepubliceerd.")


def _hide_more(table: ExactTable, shown: Decision, block: int, pins: Integers, attempt: int) -> None:
    """One step further for `block`, in which the counts at `pins` (row, column) can be told; changes `shown`."""
    if attempt < FURTHER_CELLS and any([_hide_a_cell(table, shown, row, column) for row, column in pins]):
        return
    if attempt < FURTHER_CELLS + WHOLE_SLICES and _give_up_a_slice(table, shown, block, pins):
        return
    shown.row[table.block == block] = Row.REFUSED


def _hide_a_cell(table: ExactTable, shown: Decision, row: int, column: int) -> bool:
    """Hide the smallest shown count that gives away the one at (row, column); False when there is none left."""
    for candidates in _neighbours(table, row):
        able = candidates[shown.row[candidates] == Row.SHOWN]
        if column:
            family = _family_of(table, column)
            able = able[(shown.part[np.ix_(able, family)] != Part.HIDDEN).any(axis=1)]
        if not len(able):
            continue
        smallest = able[np.argmin(table.counts[able, column])]
        if column:
            shown.part[smallest, family] = Part.HIDDEN
        else:
            shown.row[smallest] = Row.SECONDARY
        return True
    return False


def _neighbours(table: ExactTable, row: int) -> Iterator[Integers]:
    """Rows that give a count away, nearest first: itself, the groups beside it, within it, above it (not 'all')."""
    parent, child, equation = (table.links[name].to_numpy(np.int64) for name in ("parent", "child", "equation"))
    mine = np.isin(equation, equation[child == row])
    yield np.array([row])
    yield np.setdiff1d(child[mine], [row])
    yield np.unique(child[parent == row])
    above = np.unique(parent[mine])
    yield above[table.slice[above] != ALL]


def _family_of(table: ExactTable, column: int) -> list[int]:
    return next(list(parts) for _, parts, _ in table.families if column in parts)


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
    kept = table.links[place[table.links["child"]] >= 0]
    links = kept.assign(parent=place[kept["parent"]], child=place[kept["child"]])
    return replace(
        table,
        counts=table.counts[rows],
        threshold=table.threshold[rows],
        block=table.block[rows],
        slice=table.slice[rows],
        links=links,
    )


def _decision_of(decision: Decision, rows: Integers) -> Decision:
    return Decision(*(getattr(decision, name)[rows].copy() for name in ("row", "part", "held_low", "held_high")))
