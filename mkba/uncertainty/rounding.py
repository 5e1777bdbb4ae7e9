"""How far an outcome may move because released effects are rounded: no digit finer than that is a digit."""

from __future__ import annotations

import numpy as np
from scipy import special

from mkba.arrays import Array
from mkba.balance.balance import net_present_values
from mkba.binding.line_table import LineTable
from mkba.inputs.model import Alternative

_NINETY = float(special.ndtri(0.95))


def rounding_error(table: LineTable, alternative: Alternative, overlap: Array) -> float:
    """Half the width in which the outcome on exact effects lies in 90 of 100 cases.

    Each effect lies evenly within half a step of what was released; steps of different effects have nothing to do with
    each other, so their squares add up.
    """
    means, columns = table.inputs.means, []
    for row in table.rows:
        change = [term.column for term in row.terms if term.role == "change"]
        columns += [(at, row.effect.rounding_step) for at in change if row.is_priced and row.effect is not None]
    steps = dict(columns)
    if not steps:
        return 0.0
    moved = np.repeat(means, len(steps), axis=0)
    for place, (column, step) in enumerate(steps.items()):
        moved[place, column] += step / 2
    whole = net_present_values(table, means, alternative, overlap)[0]
    found = net_present_values(table, moved, alternative, overlap) - whole
    return float(_NINETY * np.sqrt((found**2).sum() / 3))
