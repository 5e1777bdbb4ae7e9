"""The counts of all tables by the names of the people in them: which are one number, and what binds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.sparse import csr_array, vstack

from data_contracts.gate.rounding import Integers
from data_contracts.gate.same_people import OTHERS, Name, at_most_of, parts_of, types_of
from data_contracts.gate.table import Decision, ExactTable, Flags

MOST = int(np.iinfo(np.int64).max)
APART = -2  # in the place of a count column: a single team of a row about several
Terms = dict[int, int]  # unknown -> sign, of one equation or fact


@dataclass(frozen=True, slots=True)
class Audited:
    """A table that passed its own audit: what is shown of it, and per row and count column who is counted.

    `apart` are single teams that are one group in the table: the row and column of the group, whose count and how many.
    """

    table: ExactTable
    decision: Decision
    names: list[dict[int, Name]]
    apart: list[tuple[int, int, Name, int]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bonds:
    """One unknown for counts with one name and one exact number: `number` of each count per table, and its `truth`.

    `equations` and `facts` bind unknowns of different names, `binding` marks those that are bound to another block or
    table. `apart` has a line per team that stands nowhere by itself, as together.py has one per count. `lacking` are
    per table the sums in which a group does not stand that stands elsewhere.
    """

    number: list[Integers]
    truth: Integers
    equations: csr_array
    facts: csr_array
    binding: Flags
    apart: Integers
    lacking: list[list[int]]

    @property
    def n_counts(self) -> list[int]:
        """Counts per table."""
        return [len(one) for one in self.number]


def bonds(several: Sequence[Audited], team_types: Mapping[str, str]) -> Bonds:
    """What binds the counts of these tables, as far as it holds for the exact numbers."""
    first = np.cumsum([0, *(one.table.counts.size for one in several)])
    truth = np.concatenate([one.table.counts.T.ravel() for one in several])
    apart = [(at, *team) for at, one in enumerate(several) for team in one.apart]
    truth = np.append(truth, np.array([team[4] for team in apart], np.int64))
    of_name = _by_name(several, first, truth, apart)
    one_of = np.arange(len(truth))
    for unknowns in of_name.values():
        one_of[unknowns] = unknowns[0]
    kept, number = np.unique(one_of, return_inverse=True)
    sums: defaultdict[int, Terms] = defaultdict(dict)
    for nth, (at, row, column, _, _) in enumerate(apart):
        whole = int(first[at]) + column * len(several[at].table.block) + row
        sums[int(number[whole])][int(number[int(first[-1]) + nth])] = -1
    unknown_of = {name: int(number[one[0]]) for (name, _), one in of_name.items()}
    equations, facts = _between(unknown_of, sums, truth[kept], team_types)
    related = np.diff(vstack([equations, facts]).tocsc().indptr) > 0
    return Bonds(
        [number[start:end] for start, end in pairwise(first)],
        truth[kept],
        equations,
        facts,
        related | _in_several_blocks(several, number, len(kept)),
        _lines_of_apart(several, apart, number[first[-1] :]),
        _lacking(several),
    )


def _by_name(
    several: Sequence[Audited], first: Integers, truth: Integers, apart: Sequence[tuple[int, int, int, Name, int]]
) -> dict[tuple[Name, int], list[int]]:
    """The counts of each name with one exact number."""
    found: defaultdict[tuple[Name, int], list[int]] = defaultdict(list)
    for one, start in zip(several, first.tolist(), strict=False):
        for row, names in enumerate(one.names):
            for column, name in names.items():
                unknown = start + column * len(one.table.block) + row
                found[name, int(truth[unknown])].append(unknown)
    for nth, (_, _, _, name, n_clients) in enumerate(apart):
        found[name, n_clients].append(int(first[-1]) + nth)
    return found


def _between(
    unknown_of: Mapping[Name, int], sums: Mapping[int, Terms], truth: Integers, team_types: Mapping[str, str]
) -> tuple[csr_array, csr_array]:
    """Equations, and facts that are never above zero, between names of people."""
    names = unknown_of.keys()
    equations = [{whole: 1} | teams for whole, teams in sums.items()]
    equations += [_minus(unknown_of, [name], teams) for name, teams in types_of(names, team_types)]
    facts = [_minus(unknown_of, [name], wholes) for name, wholes in parts_of(names)]
    facts += [_minus(unknown_of, less, more) for less, more in at_most_of(names)]
    size = len(truth)
    return (
        _matrix([one for one in equations if not _value(one, truth)], size),
        _matrix([one for one in facts if _value(one, truth) <= 0], size),
    )


def _minus(unknown_of: Mapping[Name, int], several: list[Name], others: list[Name]) -> Terms:
    return {unknown_of[one]: 1 for one in several} | {unknown_of[one]: -1 for one in others}


def _value(terms: Terms, truth: Integers) -> int:
    return sum(sign * int(truth[at]) for at, sign in terms.items())


def _matrix(rows: list[Terms], size: int) -> csr_array:
    entries = [(row, at, sign) for row, terms in enumerate(rows) for at, sign in terms.items()]
    row, at, sign = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    found: Any = csr_array((sign.astype(np.float64), (row, at)), shape=(len(rows), size))
    return found


def _in_several_blocks(several: Sequence[Audited], number: Integers, size: int) -> Flags:
    first, last, start, next_block = np.full(size, MOST), np.full(size, -1), 0, 0
    for one in several:
        own = number[start : start + one.table.counts.size]
        block = np.tile(one.table.block, one.table.counts.shape[1]) + next_block
        np.minimum.at(first, own, block)
        np.maximum.at(last, own, block)
        start, next_block = start + len(own), next_block + int(one.table.block.max(initial=-1)) + 1
    return last > first


def _lines_of_apart(
    several: Sequence[Audited], apart: Sequence[tuple[int, int, int, Name, int]], number: Integers
) -> Integers:
    """A single team reaches the threshold nowhere in its table: that is all that is said of it."""
    limits = [int(several[at].table.threshold.min()) for at, *_ in apart]
    lines = [
        (unknown, 0, limit - 1, limit, 1, at, row, APART)
        for unknown, limit, (at, row, *_) in zip(number.tolist(), limits, apart, strict=True)
    ]
    return np.array(lines, dtype=np.int64).reshape(-1, 8)


def _lacking(several: Sequence[Audited]) -> list[list[int]]:
    """Per table its sums without a group that divides the same whole in another block or table: it may be of few."""
    divisions = [_divisions(one) for one in several]
    everywhere: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in divisions:
        for within, groups in one.values():
            everywhere[within] |= groups
    return [[at for at, (within, groups) in one.items() if groups < everywhere[within]] for one in divisions]


def _divisions(one: Audited) -> dict[int, tuple[tuple[str, ...], set[str]]]:
    """Of each sum of the table which group it divides by which slice, and the groups that stand there."""
    found: dict[int, tuple[tuple[str, ...], set[str]]] = {}
    links = one.table.links
    for at, parent, child in zip(links.equation.tolist(), links.parent.tolist(), links.child.tolist(), strict=True):
        (_, *whole), (_, slice_, group) = one.names[parent][0], one.names[child][0]
        found.setdefault(at, ((*whole, slice_), set()))[1].update(group.split(OTHERS))
    return found
