"""One table as the gate works on it: exact counts beside what is shown of each. Never leaves the closed zone."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from data_contracts.gate.groups import Links
from data_contracts.gate.rounding import Floats, Integers

Flags = NDArray[np.bool_]


TOLERANCE = 1e-6  # of sums of scores, in points


class Row(IntEnum):
    """What happens to a row."""

    SHOWN = 0
    HELD = 1
    TOO_FEW = 2
    SECONDARY = 3
    REFUSED = 4


class Part(IntEnum):
    """What happens to a count that is a part of another."""

    SHOWN = 0
    BELOW = 1
    ABOVE = 2
    HIDDEN = 3


@dataclass(frozen=True, slots=True)
class Facts:
    """F facts about single rows: `weights` (F, K) times the counts of row `row` (F,) is never above zero."""

    row: Integers
    weights: Floats

    @staticmethod
    def none(n_counts: int) -> Facts:
        """No facts."""
        return Facts(np.zeros(0, np.int64), np.zeros((0, n_counts)))

    @staticmethod
    def joined(several: list[Facts]) -> Facts:
        """All facts of several."""
        rows = np.concatenate([one.row for one in several])
        return Facts(rows, np.concatenate([one.weights for one in several]))


@dataclass(frozen=True, slots=True)
class ExactTable:
    """Exact counts int64[R, K] of R rows; column 0 counts the row's clients.

    `families` holds (whole, parts, is_partition) as column numbers. `block` numbers the rows that divide the same
    clients, `links` says which add up to which, `facts` what the means of a row tell of its counts. Rows with
    `few_workers` are figures about the professionals who made them.
    """

    counts: Integers
    threshold: Integers
    block: Integers
    slice: NDArray[np.object_]
    families: tuple[tuple[int, tuple[int, ...], bool], ...]
    links: Links
    facts: Facts
    few_workers: Flags

    @property
    def top(self) -> int:
        """More than any count can be."""
        return 2 * int(self.counts.max(initial=0)) + 100

    def telling(self, column: int) -> list[list[int]]:
        """Families that tell of part `column` within its row, each hidden as a whole: its own, then its own parts."""
        own = [list(parts) for _, parts, _ in self.families if column in parts]
        return own + [list(parts) for whole, parts, _ in self.families if whole == column and column]


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown: a Row code per row, a Part code per row and count (column 0 unused), whether a row has its means.

    `held_low` and `held_high` bound the clients of a held row, as anyone can who knows the rule of the ledger.
    `told_low` and `told_high` (R, K) bound the counts of the same people by what earlier releases told of them, and
    `public` (R, K) marks those that they showed: hiding one of these protects nothing.
    """

    row: Integers
    part: Integers
    means: Flags
    held_low: Integers
    held_high: Integers
    told_low: Integers
    told_high: Integers
    public: Flags

    def copy(self) -> Decision:
        """A decision that can be changed apart from this one."""
        return self.of(np.arange(len(self.row), dtype=np.int64))

    def of(self, rows: Integers) -> Decision:
        """The decision about `rows`, apart from this one."""
        return Decision(*(getattr(self, one.name)[rows] for one in fields(self)))


def first_decision(table: ExactTable) -> Decision:
    """The rules for a single cell: too few clients; a part, or its complement, that is too small.

    A whole below twice the threshold has no part that passes both ways, so its parts are hidden alike: nothing can be
    told from how they are hidden. A mean that its own counts contradict is not shown.
    """
    limit = table.threshold
    part = np.zeros(table.counts.shape, np.int64)
    for whole, parts, _ in table.families:
        total = table.counts[:, whole]
        for one in parts:
            count = table.counts[:, one]
            cases = [total < 2 * limit, count < limit, total - count < limit]
            part[:, one] = np.select(cases, [Part.HIDDEN, Part.BELOW, Part.ABOVE], Part.SHOWN)
    row = np.select([table.counts[:, 0] < limit, table.few_workers], [Row.TOO_FEW, Row.SECONDARY], Row.SHOWN)
    means = np.ones(len(row), np.bool_)
    facts = table.facts
    means[facts.row[(facts.weights * table.counts[facts.row]).sum(axis=1) > TOLERANCE]] = False
    nobody, none = np.zeros(len(row), np.int64), np.zeros_like(part)
    public = np.zeros(part.shape, np.bool_)
    return Decision(row, part, means, nobody, nobody.copy(), none, np.full_like(part, table.top), public)


def says_new(table: ExactTable, decision: Decision) -> Flags:
    """Counts (R, K) about which a shown row says what no earlier release said of the same people."""
    limit, known = table.threshold, decision.public
    found = np.zeros(table.counts.shape, np.bool_)
    found[:, 0] = True
    for whole, parts, _ in table.families:
        for part in parts:
            code, least = decision.part[:, part], decision.told_low[:, whole] - limit + 1
            below = decision.told_high[:, part] >= limit
            above = (least <= 0) | (decision.told_low[:, part] < least)
            found[:, part] = np.select(
                [code == Part.SHOWN, code == Part.BELOW, code == Part.ABOVE], [True, below, above]
            )
    return found & ~known & (decision.row == Row.SHOWN)[:, None]
