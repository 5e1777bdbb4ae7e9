"""Amounts of the lines over draws and years.

Amount of a line in year t: sign x its terms x its conversions x what is left of it after k years, summed over the years
of intake: sum_k fade_in[k] * rest ** k * intake[t - k] * (1 + g) ** t.
"""

from __future__ import annotations

import numpy as np

from mkba.arrays import Array
from mkba.balance.discounting import OFFSET, discount_factor
from mkba.binding.line_table import LineRow, LineTable
from mkba.inputs.model import Alternative


def amounts(table: LineTable, inputs: Array) -> Array:
    """Amount of each line in a year of full effect, shape (n_draws, n_lines); 0 where a line is missing.

    Positive is what the receiver gets or the payer pays. PM lines count units at 1 euro each, for switching values.
    """
    result = np.zeros((len(inputs), len(table.rows)), order="F")
    for at, row in enumerate(table.rows):
        if row.missing is None:
            result[:, at] = row.product(inputs) * (row.sign * row.conversion)
    return result


def intake(row: LineRow, alternative: Alternative, horizon: int) -> Array:
    """In which years the line starts anew, shape (horizon,)."""
    line = row.line
    if not line.is_part_of(alternative.id):
        return np.zeros(horizon)
    named = line.alternatives is not None
    years = np.arange(horizon)
    if line.runs == "once":
        return ((years == 0) & (alternative.years > 0 or named)).astype(float)
    return (years < alternative.years).astype(float)


def year_weights(row: LineRow, alternative: Alternative, horizon: int) -> Array:
    """Weight of `rest ** k` in the amount of year t, shape (horizon, duration)."""
    starts = intake(row, alternative, horizon)
    duration = min(row.line.duration_years, horizon)
    fade = np.ones(duration)
    fade[: len(row.line.fade_in[:duration])] = row.line.fade_in[:duration]
    weights = np.zeros((horizon, duration))
    for k in range(duration):
        weights[k:, k] = fade[k] * starts[: horizon - k]
    grown: Array = weights * (1.0 + row.line.real_growth) ** np.arange(horizon)[:, None]
    return grown


def years_from_base(table: LineTable, row: LineRow) -> Array:
    """How long after the base year each year's amount comes; what happens once happens at its start."""
    timing = "start" if row.line.runs == "once" else table.model.timing
    return np.arange(table.model.horizon_years, dtype=np.float64) + np.float64(OFFSET[timing])


def discount_weights(table: LineTable, row: LineRow, rate: float) -> Array:
    """Discount factor of each year for a line."""
    return discount_factor(years_from_base(table, row), rate)


def rest(row: LineRow, inputs: Array) -> Array:
    """What is left of the difference after one more year, shape (n_draws,)."""
    left = np.ones(len(inputs))
    for column in row.decay:
        left *= 1.0 - inputs[:, column]
    return left
