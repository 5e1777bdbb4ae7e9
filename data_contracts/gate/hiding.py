"""Hiding more until the audit finds nothing: a further cell, then the whole slice (read its parent), then the table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import groupby
from operator import itemgetter

import numpy as np

from data_contracts.errors import GateRefused
from data_contracts.gate.audit import Attack
from data_contracts.gate.groups import Links
from data_contracts.gate.linked import linked_system
from data_contracts.gate.programme import STEPS, Steps
from data_contracts.gate.rounding import Integers
from data_contracts.gate.table import Decision, ExactTable, Facts, Part, Row
from data_contracts.vocabulary.field import ALL

FURTHER_CELLS = 60  # rounds in which each block hides further cells, no two beside each other
REMEMBERED = 40  # tables per block that proved something in an earlier round
WHOLE_SLICES = 6  # rounds in which each block gives up a slice

Near = Callable[[int], list[Integers]]  # rows that give a count of a row away, nearest first


@dataclass(frozen=True, slots=True)
class Protected:
    """A decision that the audit found nothing against; `worst_width` is the least width of a hidden count.

    In `n_cut_short` blocks the steps of the audit ran out, so that more is hidden there than may be needed.
    """

    decision: Decision
    worst_width: int | None
    n_cut_short: int


def protected(table: ExactTable, decision: Decision, base: int, n_steps: int = STEPS) -> Protected:
    """Hide what has to be hidden besides `decision`, and audit until no hidden count is narrower than `base`.

    A block that shows nothing new tells nothing new, and needs no audit. The audit may take `n_steps` for a block, and
    as many again each time that it gives up a slice because they ran out.
    """
    shown, near = decision.copy(), cache(partial(neighbours, table))
    todo, worst = np.unique(table.block), list[int]()
    steps = {int(one): Steps(n_steps) for one in todo}
    cut_short: set[int] = set()
    tables = np.repeat(table.counts[:, :, None].astype(np.float64), REMEMBERED, axis=2)
    for attempt in range(FURTHER_CELLS + WHOLE_SLICES + 2):
        todo = np.intersect1d(todo, table.block[shown.row == Row.SHOWN])
        if not len(todo):
            return Protected(shown, min(worst, default=None), len(cut_short))
        rows = np.flatnonzero(np.isin(table.block, todo))
        system = linked_system(_rows_of(table, rows), shown.of(rows), base)
        known = tables[rows]
        attack = Attack(system, base, [steps[one] for one in table.block[rows].tolist()], known)
        suspects = _suspects(table, rows, attack)
        failed = [one for one in todo.tolist() if _hide_more(table, shown, suspects[one], near, attempt, steps[one])]
        attack.remember(known)
        tables[rows] = known
        passed = system.hidden & ~np.isin(table.block[rows[system.row]], failed)
        worst += [int(attack.width[passed].min())] if passed.any() else []
        out_of_steps = [one for one in failed if steps[one].ran_out]
        cut_short |= set(out_of_steps)
        steps |= {one: Steps(n_steps) for one in out_of_steps}
        todo = np.array(failed, np.int64)
    raise GateRefused("Een tabel blijft te herleiden, ook zonder uitsplitsing. Er is niets gepubliceerd.")


@dataclass(frozen=True, slots=True)
class _Suspect:
    """The hidden counts about one row and column that may be told, by single sums or not."""

    row: int
    column: int
    by_sums: bool
    unknowns: tuple[int, ...]
    attack: Attack

    def is_safe(self) -> bool:
        """Whether the attack pins down none of them."""
        return all(self.attack.is_safe(unknown) for unknown in self.unknowns)


def _suspects(table: ExactTable, rows: Integers, attack: Attack) -> dict[int, list[_Suspect]]:
    """Per block, in the order of its rows and columns; the attack is about `rows` of the table."""
    found: defaultdict[int, list[_Suspect]] = defaultdict(list)
    unknown = attack.suspects
    places = zip(rows[attack.system.row[unknown]], attack.system.column[unknown], attack.by_sums[unknown], strict=True)
    order = sorted(zip(places, unknown.tolist(), strict=True))
    for (row, column, by_sums), several in groupby(order, key=itemgetter(0)):
        one = _Suspect(int(row), int(column), bool(by_sums), tuple(number for _, number in several), attack)
        found[int(table.block[row])].append(one)
    return found


def _hide_more(
    table: ExactTable, shown: Decision, suspects: list[_Suspect], near: Near, attempt: int, steps: Steps
) -> bool:
    """One step further for the block of `suspects`, which changes `shown`; False where all of them are safe.

    Only those are attacked that decide what is hidden: none beside a row that changes anyway.
    """
    changed = np.zeros(len(table.block), np.bool_)
    for one in suspects if attempt < FURTHER_CELLS else []:
        if not any(changed[rows].any() for rows in near(one.row)) and not one.is_safe():
            changed[hide_a_cell(table, shown, near(one.row), one.column, means_first=not one.by_sums)] = True
    if changed.any() and not steps.ran_out:
        return True
    told = np.array([one.row for one in suspects if not one.is_safe()], np.int64)
    if not len(told):
        return False
    block = int(table.block[told[0]])
    if attempt >= FURTHER_CELLS + WHOLE_SLICES or not give_up_a_slice(table, shown, block, told):
        shown.row[table.block == block] = Row.REFUSED
    return True


def hide_a_cell(
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


def neighbours(table: ExactTable, row: int) -> list[Integers]:
    """Rows that give a count away, nearest first: itself, the groups beside it, within it, above it (not 'all')."""
    parent, child, equation = table.links.parent, table.links.child, table.links.equation
    mine = np.isin(equation, equation[child == row])
    above = np.unique(parent[mine])
    within = np.unique(child[parent == row])
    return [np.array([row]), np.setdiff1d(child[mine], [row]), within, above[table.slice[above] != ALL]]


def give_up_a_slice(table: ExactTable, shown: Decision, block: int, told: Integers) -> bool:
    """Show nothing of the finest slice that the rows `told` lie in; False when all slices are given up.

    A slice that was shown before gives way last: what is new is what tells. So do rows that are held: a reader has
    their figures, and without the word learns only no longer how few people differ.
    """
    divided = (table.block == block) & (table.slice != ALL) & (shown.row != Row.REFUSED)
    if (divided & (shown.row != Row.HELD)).any():
        divided &= shown.row != Row.HELD
    names, sizes = np.unique(table.slice[divided].astype(str), return_counts=True)
    if not len(names):
        return False
    involved = np.isin(names, table.slice[told].astype(str))
    shown_before = np.isin(names, table.slice[divided & shown.public.any(axis=1)].astype(str))
    order = np.lexsort((names, -sizes, ~involved, shown_before))
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
