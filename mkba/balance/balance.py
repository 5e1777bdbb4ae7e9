"""The balance of one alternative against the null alternative, draw by draw.

Three ledgers come from one line table: welfare (transfers net to zero), the purse of every party (transfers and
what can be cashed in), and what has no price. All amounts in euros of the price year, discounted to the base year.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from mkba.arrays import Array
from mkba.balance.amounts import amounts, discount_weights, rest, year_weights
from mkba.balance.parties import Party, cash_shares, entries, parties
from mkba.binding.line_table import LineRow, LineTable
from mkba.inputs.model import Alternative

BUDGET_YEARS = 5
# So many draws fit in the processor's cache with all their years.
_AT_ONCE = 4_096


@dataclass(frozen=True, slots=True)
class Balance:
    """Costs and benefits of one alternative; benefits positive.

    `line_pv` (n_draws, n_lines): present value of each line's amount, positive as the receiver sees it; of a PM line
    the discounted units. `npv` (n_draws,); `party_pv` (n_draws, n_parties); `welfare_by_year` (n_draws, horizon), not
    discounted, and `discounted_by_year`; `cash_by_year` (n_draws, n_parties, 5): money in and out of each budget;
    `once_by_year` (2, horizon): the mean part of welfare, and of it discounted, that falls at the start of a year.
    """

    alternative: Alternative
    table: LineTable
    parties: tuple[Party, ...]
    line_pv: Array
    npv: Array
    party_pv: Array
    welfare_by_year: Array
    discounted_by_year: Array
    cash_by_year: Array
    once_by_year: Array


def balance(table: LineTable, inputs: Array, alternative: Alternative, overlap: Array | None = None) -> Balance:
    """The balance for each row of `inputs`; with the mean vector as only row it is the deterministic run.

    `overlap` (n_lines,) is the share at which each line counts beside the others of its group.
    """
    shares = np.ones(len(table.rows)) if overlap is None else overlap
    yearly = amounts(table, inputs) * shares
    who = parties(table)
    matrix = entries(table, who)
    line_pv = yearly * present_value_factors(table, inputs, alternative)
    signs = welfare_signs(table)
    ledgers = _by_year(table, inputs, alternative, yearly, matrix)
    return Balance(alternative, table, who, line_pv, line_pv @ signs, line_pv @ matrix, *ledgers)


def net_present_values(table: LineTable, inputs: Array, alternative: Alternative, overlap: Array) -> Array:
    """Net present value for each row of `inputs`, shape (n,), without the rest of the balance."""
    yearly = amounts(table, inputs) * (overlap * welfare_signs(table))
    return np.asarray((yearly * present_value_factors(table, inputs, alternative)).sum(axis=1))


def welfare_signs(table: LineTable) -> Array:
    """What a positive amount of each line does to welfare; PM and missing lines nothing."""
    return np.array([row.welfare_sign if row.is_priced else 0.0 for row in table.rows])


def polynomial(coefficients: Array, left: Array) -> Array:
    """sum_k coefficients[..., k] * left ** k, by Horner; shape (..., n_draws)."""
    total = np.repeat(coefficients[..., -1, None], len(left), axis=-1)
    for k in range(coefficients.shape[-1] - 2, -1, -1):
        total *= left
        total += coefficients[..., k, None]
    return total


def present_value_factors(table: LineTable, inputs: Array, alternative: Alternative) -> Array:
    """Discounted years of full effect per line, shape (n_draws or 1, n_lines)."""
    rates = table.rates()
    columns = []
    for at, row in enumerate(table.rows):
        weights = year_weights(row, alternative, table.model.horizon_years)
        coefficients = discount_weights(table, row, float(rates[at])) @ weights
        left = rest(row, inputs) if row.decay else np.ones(1)
        columns.append(polynomial(coefficients, left))
    height = max(len(column) for column in columns)
    factors = np.empty((height, len(columns)), order="F")
    for at, column in enumerate(columns):
        factors[:, at] = column
    return factors


def _by_year(
    table: LineTable, inputs: Array, alternative: Alternative, yearly: Array, matrix: Array
) -> tuple[Array, Array, Array, Array]:
    """Welfare of each year, it discounted, cash of each party in the first five (not discounted), and what is once.

    Lines with the same course over the years are added up first, so the cost grows with the number of courses.
    """
    horizon, n = table.model.horizon_years, len(yearly)
    welfare, discounted = np.zeros((horizon, n)), np.zeros((horizon, n))
    cash, once = np.zeros((BUDGET_YEARS, matrix.shape[1], n)), np.zeros((2, horizon))
    courses, money = list(_same_course(table, alternative).values()), cash_shares(table)
    for start in range(0, n, _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        ledgers = welfare[:, part], discounted[:, part], cash[:, :, part]
        for rows in courses:
            added = _add_course(ledgers, table, alternative, rows, inputs[part], yearly[part], matrix, money)
            once += added / n if table.rows[rows[0]].line.runs == "once" else 0.0
    return welfare.T, discounted.T, cash.T, once


def _add_course(
    ledgers: tuple[Array, Array, Array],
    table: LineTable,
    alternative: Alternative,
    rows: list[int],
    inputs: Array,
    yearly: Array,
    matrix: Array,
    money: tuple[tuple[float, int], ...],
) -> Array:
    """Add the lines `rows`, which share one course over the years, to the three ledgers.

    Gives their welfare per year summed over the draws, as it is and discounted, shape (2, horizon).
    """
    welfare, discounted, cash = ledgers
    horizon, first = table.model.horizon_years, table.rows[rows[0]]
    course = _course(first, alternative, horizon, inputs)
    flow = (yearly[:, rows] @ welfare_signs(table)[rows]) * course
    welfare += flow
    added = [flow.sum(axis=1)]
    flow *= discount_weights(table, first, float(table.rates()[rows[0]]))[:, None]
    discounted += flow
    added.append(flow.sum(axis=1))
    for lag in {money[at][1] for at in rows}:
        together = [at for at in rows if money[at][1] == lag]
        shares = np.array([money[at][0] for at in together])
        paid = (matrix[together] * shares[:, None]).T @ yearly[:, together].T
        for year in range(lag, min(BUDGET_YEARS, horizon)):
            cash[year] += paid * course[year - lag]
    return np.array(added)


def _same_course(table: LineTable, alternative: Alternative) -> dict[tuple[object, ...], list[int]]:
    groups: dict[tuple[object, ...], list[int]] = {}
    for at, row in enumerate(table.rows):
        if row.is_priced:
            weights = year_weights(row, alternative, table.model.horizon_years)
            course = (row.decay, row.line.discount_class, row.line.runs, weights.tobytes(), weights.shape)
            groups.setdefault(course, []).append(at)
    return groups


def _course(row: LineRow, alternative: Alternative, horizon: int, inputs: Array) -> Array:
    """What each year has of the full effect, shape (horizon, n_draws or 1)."""
    weights = year_weights(row, alternative, horizon)
    return polynomial(weights, rest(row, inputs) if row.decay else np.ones(1))
