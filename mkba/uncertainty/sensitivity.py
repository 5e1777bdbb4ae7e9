"""What the outcome hangs on: one input at a time (tornado) and where the sign turns (switching values)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq

from mkba.arrays import Array
from mkba.balance.balance import balance, net_present_values, welfare_signs
from mkba.binding.line_table import LineTable
from mkba.inputs.model import Alternative
from mkba.uncertainty.regression import fit

_GRID = 257
PAIR_STEPS = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True, slots=True)
class Swing:
    """The outcome with one input at its 10 % and 90 % value, the others at their mean."""

    index: int
    low: float
    high: float
    npv_at_low: float
    npv_at_high: float

    @property
    def changes_sign(self) -> bool:
        """Does the outcome turn between the two values?"""
        return (self.npv_at_low > 0) != (self.npv_at_high > 0)


def tornado(table: LineTable, alternative: Alternative, overlap: Array) -> list[Swing]:
    """Swings of every uncertain input that moves the outcome, the widest first."""
    varies = table.moving_columns
    base = table.inputs.means
    rows = np.repeat(base, 2 * len(varies), axis=0)
    ends = [(table.inputs.at_quantile(int(index), 0.1), table.inputs.at_quantile(int(index), 0.9)) for index in varies]
    for place, index in enumerate(varies):
        rows[2 * place, index], rows[2 * place + 1, index] = ends[place]
    values = net_present_values(table, rows, alternative, overlap) if len(varies) else np.zeros(0)
    swings = [
        Swing(int(index), *ends[place], float(values[2 * place]), float(values[2 * place + 1]))
        for place, index in enumerate(varies)
    ]
    moving = [swing for swing in swings if swing.npv_at_low != swing.npv_at_high]
    return sorted(moving, key=lambda swing: (-abs(swing.npv_at_high - swing.npv_at_low), swing.index))


def given(inputs: Array, outcomes: Array, swing: Swing) -> tuple[float, float]:
    """Expected outcome given that the input has its low and its high value, correlated inputs moving along."""
    found = fit(inputs[:, swing.index], outcomes[:, None]).at(np.array([swing.low, swing.high]))
    return float(found[0, 0]), float(found[1, 0])


def switching_pair(
    table: LineTable, alternative: Alternative, overlap: Array, first: int, second: int
) -> list[tuple[float, float | None]]:
    """For values of `first` over its range, the value of `second` that brings the outcome to zero, if there is one."""
    low, high = _search_range(table, second)
    pairs: list[tuple[float, float | None]] = []
    for probability in PAIR_STEPS:
        value = table.inputs.at_quantile(first, probability)

        def outcome(other: float, fixed: float = value) -> float:
            row = table.inputs.means.copy()
            row[0, first], row[0, second] = fixed, other
            return float(net_present_values(table, row, alternative, overlap)[0])

        turns = outcome(low) * outcome(high) < 0
        pairs.append((value, float(brentq(outcome, low, high, xtol=1e-12)) if turns else None))
    return pairs


def line_multipliers(table: LineTable, alternative: Alternative, overlap: Array) -> list[float | None]:
    """By what each line must be multiplied for a balance of zero; None when the line cannot do it alone.

    k = 1 - NPV / PV of the line, at the mean vector.
    """
    at_mean = balance(table, table.inputs.means, alternative, overlap)
    total, parts = float(at_mean.npv[0]), at_mean.line_pv[0] * welfare_signs(table)
    return [1.0 - total / part if part != 0 else None for part in parts]


def switching_values(table: LineTable, alternative: Alternative, overlap: Array, index: int) -> list[float] | None:
    """Values of one input at which the outcome is zero, the others at their mean; often one, sometimes none or more.

    Sought up to four times the range of the input, below zero only for an effect, and from 0 to 1 for a share. None
    when the outcome does not depend on the input.
    """
    low, high = _search_range(table, index)

    def outcome(values: Array) -> Array:
        rows = np.repeat(table.inputs.means, len(values), axis=0)
        rows[:, index] = values
        return net_present_values(table, rows, alternative, overlap)

    grid = np.linspace(low, high, _GRID)
    found = outcome(grid)
    if np.all(found == found[0]):
        return None
    roots = [float(grid[at]) for at in np.flatnonzero(found == 0)]
    for at in np.flatnonzero(found[:-1] * found[1:] < 0):
        roots.append(float(brentq(lambda x: float(outcome(np.array([x]))[0]), grid[at], grid[at + 1], xtol=1e-12)))
    return sorted(roots)


def _search_range(table: LineTable, index: int) -> tuple[float, float]:
    one, mean = table.inputs.inputs[index], float(table.inputs.means[0, index])
    if one.group == "effect" and one.effect is None:
        return 0.0, 1.0
    reach = 4.0 * max(
        abs(mean), abs(table.inputs.at_quantile(index, 0.999)), abs(table.inputs.at_quantile(index, 0.001))
    )
    is_signed = one.effect is not None and not table.inputs.is_log[one.effect]
    return (-reach if is_signed else reach * 1e-6), reach
