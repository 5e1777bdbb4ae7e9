"""One table as the gate works on it: exact counts beside what is shown of each. Never leaves the closed zone."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.gate.rounding import Integers


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
class ExactTable:
    """Exact counts int64[R, K] of R rows; column 0 counts the row's clients.

    `families` holds (whole, parts, is_partition) as column numbers. `block` numbers the rows that divide the same
    clients. `links` says which rows add up to which (see groups.links_between).
    """

    counts: Integers
    threshold: Integers
    block: Integers
    slice: NDArray[np.object_]
    families: tuple[tuple[int, tuple[int, ...], bool], ...]
    links: pd.DataFrame


@dataclass(frozen=True, slots=True)
class Decision:
    """What is shown: a Row code per row, a Part code per row and count (column 0 unused).

    `held_low` and `held_high` bound the clients of a held row, as anyone can who knows the rule of the ledger.
    """

    row: Integers
    part: Integers
    held_low: Integers
    held_high: Integers


def first_decision(table: ExactTable) -> Decision:
    """The rules for a single cell: too few clients; a part, or its complement, that is too small.

    A whole below twice the threshold has no part that passes both ways, so its parts are hidden alike: nothing can be
    told from how they are hidden.
    """
    limit = table.threshold
    part = np.zeros(table.counts.shape, np.int64)
    for whole, parts, _ in table.families:
        total = table.counts[:, whole]
        for one in parts:
            count = table.counts[:, one]
            cases = [total < 2 * limit, count < limit, total - count < limit]
            part[:, one] = np.select(cases, [Part.HIDDEN, Part.BELOW, Part.ABOVE], Part.SHOWN)
    row = np.where(table.counts[:, 0] < limit, Row.TOO_FEW, Row.SHOWN).astype(np.int64)
    nothing = np.zeros(len(row), np.int64)
    return Decision(row, part, nothing, nothing.copy())
