"""The figures at the top: net present value, ratios, chances, payback and what may lead.

A ratio names its denominator; net present value does not depend on what is called a cost, a ratio does. A
denominator of zero or less gives no ratio.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data_contracts.vocabulary.field import Stakeholder, Stamp
from data_contracts.vocabulary.mkba import PriceStatus
from mkba.arrays import Array
from mkba.balance.balance import Balance, welfare_signs
from mkba.balance.parties import PUBLIC, cash_shares
from mkba.binding.line_table import LineTable

STRENGTH = list(Stamp)


@dataclass(frozen=True, slots=True)
class Simulated:
    """A mean over draws with its spread and simulation error."""

    mean: float
    p05: float
    p50: float
    p95: float
    simulation_se: float
    worst_tenth: float
    prob_positive: float


def simulated(values: Array, n_randomisations: int) -> Simulated:
    """Mean, quantiles and the error of the simulation itself: sd of the blocks' means / sqrt(blocks)."""
    blocks = values.reshape(n_randomisations, -1).mean(axis=1)
    error = float(blocks.std(ddof=1) / np.sqrt(n_randomisations)) if n_randomisations > 1 else float("nan")
    ordered = np.sort(values)
    low, middle, high = np.quantile(ordered, (0.05, 0.5, 0.95))
    tail = ordered[: max(1, len(ordered) // 10)]
    positive = float((values > 0).mean())
    return Simulated(float(values.mean()), float(low), float(middle), float(high), error, float(tail.mean()), positive)


@dataclass(frozen=True, slots=True)
class Ratios:
    """Benefit-cost ratios at the means; None where the denominator is not positive."""

    outlay: float
    effects: float
    net: float | None
    gross: float | None
    fiscal: float | None
    municipal: float | None
    cashable: float | None


def ratios(balance: Balance) -> Ratios:
    """The family of ratios of one balance."""
    table = balance.table
    pv = balance.line_pv.mean(axis=0)
    welfare = pv * welfare_signs(table)
    is_outlay = np.array([row.line.role == "outlay" for row in table.rows])
    outlay, effects = 0.0 - float(welfare[is_outlay].sum()), float(welfare[~is_outlay].sum())
    public_outlay, public_effects = _of(balance, pv, PUBLIC)
    own_outlay, own_effects = _of(balance, pv, (Stakeholder.MUNICIPALITY,))
    # What is cashed in later is worth less now; the other ratios count a benefit when it arises.
    cash, lag = np.array(cash_shares(table), dtype=np.float64).T
    cashable = _of(balance, pv * cash * (1.0 + table.rates()) ** -lag, PUBLIC)[1]
    return Ratios(
        outlay,
        effects,
        ratio(effects, outlay),
        ratio(float(welfare[welfare > 0].sum()), -float(welfare[welfare < 0].sum())),
        ratio(public_effects, public_outlay),
        ratio(own_effects, own_outlay),
        ratio(cashable, public_outlay),
    )


def ratio(numerator: float, denominator: float) -> float | None:
    """numerator / denominator, or None when the denominator is not positive."""
    return numerator / denominator if denominator > 0 else None


def _of(balance: Balance, pv: Array, who: tuple[Stakeholder, ...]) -> tuple[float, float]:
    """Outlay and effects (transfers too) of some stakeholders together."""
    outlay = effects = 0.0
    for at, row in enumerate(balance.table.rows):
        if not row.is_priced:
            continue
        net = (pv[at] if row.line.receiver in who else 0.0) - (pv[at] if row.line.payer in who else 0.0)
        if row.line.role == "outlay":
            outlay -= net
        else:
            effects += net
    return outlay, effects


def wrong_pocket_share(balance: Balance) -> float | None:
    """Share of the benefits that arrives with others than those who pay the outlay; None without benefits.

    A payer of a cost that goes down gains by it; a cost that goes up is nobody's benefit.
    """
    table = balance.table
    gained = balance.line_pv.mean(axis=0) * welfare_signs(table)
    payers = {row.line.payer for row in table.rows if row.is_priced and row.line.role == "outlay"}
    gains = [
        (row.line.receiver or row.line.payer, gained[at])
        for at, row in enumerate(table.rows)
        if row.line.role == "effect" and gained[at] > 0
    ]
    total = sum(amount for _, amount in gains)
    return 1.0 - sum(amount for who, amount in gains if who in payers) / total if total > 0 else None


def payback_years(by_year: Array, once: Array | None = None) -> float | None:
    """Years until the running total is no longer negative and stays so; None is 'never', 0 when it never was negative.

    `by_year` holds one amount a year, of which `once` (none when left out) falls at its start; the rest flows
    evenly over it, so the fraction of a year is linear.
    """
    at_start = np.zeros_like(by_year) if once is None else once
    ends = np.cumsum(by_year)
    starts = ends - by_year + at_start
    negative = np.flatnonzero((starts < 0) | (ends < 0))
    if not len(negative):
        return 0.0
    last = int(negative[-1])
    if ends[last] < 0:
        # Only what falls at the start of the next year can have lifted it; else it never is.
        return float(last + 1) if last + 1 < len(ends) else None
    return last + float(-starts[last] / (ends[last] - starts[last]))


def verified_share(balance: Balance, of: Literal["both", "price", "quantity"] = "both") -> float | None:
    """Which share of the benefits rests on prices that were looked up, on counts that were registered, or on both."""
    pv = balance.line_pv.mean(axis=0) * welfare_signs(balance.table)
    benefits = [(row, pv[at]) for at, row in enumerate(balance.table.rows) if pv[at] > 0 and row.line.role == "effect"]
    total = sum(amount for _, amount in benefits)
    statuses = {
        "both": lambda row: {row.price_status, row.quantity_status},
        "price": lambda row: {row.price_status},
        "quantity": lambda row: {row.quantity_status},
    }[of]
    sure = sum(amount for row, amount in benefits if statuses(row) == {PriceStatus.VERIFIED})
    return float(sure / total) if total > 0 else None


def warned_share(balance: Balance) -> float:
    """Which share of the euros of measured effects is of teams that moved apart before the start; 0 without any.

    Euros are added without their sign: a loss that rests on such teams is as doubtful as a gain. A transfer moves
    nothing in the balance.
    """
    size = np.abs(balance.line_pv.mean(axis=0) * welfare_signs(balance.table))
    of_effects = [(row.effect.is_warned, size[at]) for at, row in enumerate(balance.table.rows) if row.effect]
    total = sum(amount for _, amount in of_effects)
    return float(sum(amount for is_warned, amount in of_effects if is_warned) / total) if total > 0 else 0.0


def weakest_stamp(table: LineTable) -> Stamp | None:
    """The weakest evidence stamp under any priced effect."""
    stamps = [row.effect.stamp for row in table.rows if row.is_priced and row.effect is not None]
    return min(stamps, key=STRENGTH.index) if stamps else None


def break_even_share(balance: Balance) -> float | None:
    """Which share of the measured effects is enough for a balance of zero; above 1 it is not enough.

    NPV = rest + share x effects, with the effects as they were measured: what mkba.yaml took off for what would have
    happened anyway is put back, for the share takes its place. None when effects do not help, or there are none.
    """
    table = balance.table
    pv = balance.line_pv.mean(axis=0) * welfare_signs(table)
    measured = np.array([row.effect is not None for row in table.rows])
    due = np.array([float(row.product(table.inputs.means, "due")[0]) for row in table.rows])
    if not due[measured].all():
        return None
    effects, others = float((pv / due)[measured].sum()), float(pv[~measured].sum())
    return -others / effects if effects > 0 and others <= 0 else None


def without_effects(balance: Balance) -> float:
    """The balance when nothing that was measured would happen: the costs, and what is declared beside them."""
    pv = balance.line_pv.mean(axis=0) * welfare_signs(balance.table)
    return float(sum(pv[at] for at, row in enumerate(balance.table.rows) if row.effect is None))


def clients_reached(balance: Balance) -> float | None:
    """How many people enter the approach over the years of the alternative."""
    table = balance.table
    column = table.volumes["client"]
    if column is None:
        return None
    means, extra = table.inputs.means[0], 0.0
    if balance.alternative.extra_fte is not None:
        extra = balance.alternative.extra_fte * float(means[table.scaling[balance.alternative.id]])
    return (float(means[column]) + extra) * min(balance.alternative.years, table.model.horizon_years)
