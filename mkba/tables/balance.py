"""Rows of the balance: per line, per party, per year and per budget year."""

from __future__ import annotations

import numpy as np

from data_contracts.vocabulary.mkba import LineType
from mkba.appraisal import Appraisal, Result
from mkba.arrays import Array, Rows
from mkba.balance.balance import BUDGET_YEARS
from mkba.balance.parties import Party, party_of
from mkba.balance.trace import course
from mkba.binding.line_table import LineRow
from mkba.binding.numbers import OWN_RECORDS, is_controlled

ONLY_IF_ALL_IS_DUE = "alleen als alle gemeten verandering door de aanpak komt"


def spread_of(values: Array, at_mean: float) -> dict[str, object]:
    """Mean and quantiles of draws, beside the run at the mean vector."""
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    return {"mean_eur": values.mean(), "p05_eur": low, "p50_eur": middle, "p95_eur": high, "at_mean_eur": at_mean}


def balance_rows(appraisal: Appraisal) -> Rows:
    """One row per alternative and line, with the parts whose product is its present value at the means."""
    return [
        _line_row(appraisal, result, at, row)
        for result in appraisal.results
        for at, row in enumerate(appraisal.table.rows)
    ]


def _line_row(appraisal: Appraisal, result: Result, at: int, row: LineRow) -> dict[str, object]:
    line, effect = row.line, row.effect
    status = "not_released" if row.missing is not None else "pm" if line.is_pm else "priced"
    known: dict[str, object] = {
        "alternative": result.balance.alternative.id,
        "line": line.id,
        "label": line.label,
        "role": line.role,
        "type": line.type.value,
        "status": status,
        "payer": line.payer and line.payer.value,
        "receiver": line.receiver and line.receiver.value,
        "law": line.law and line.law.value,
        "unit": line.quantity.counted_unit,
        "estimate_id": effect and effect.id,
        "stamp": effect and effect.stamp.value,
        "vintage": effect and effect.vintage,
        "evidence": line.evidence.value,
        "overlap_share": result.overlap[at],
        "overlap_group": line.overlap_group,
        "note": row.missing or (line.pm_text if line.is_pm else None) or _note(row),
    }
    if row.missing is not None:
        return known
    known |= _parts(appraisal, result, at, row)
    if status == "priced":
        sign = row.welfare_sign or 1.0
        known |= {"welfare_sign": row.welfare_sign}
        known |= spread_of(sign * result.balance.line_pv[:, at], sign * float(result.at_mean.line_pv[0, at]))
    return known


def _note(row: LineRow) -> str | None:
    return ONLY_IF_ALL_IS_DUE if row.effect is not None and not is_controlled(row.effect) else None


def _parts(appraisal: Appraisal, result: Result, at: int, row: LineRow) -> dict[str, object]:
    """The parts of a line: their product is its value at the means."""
    means = appraisal.table.inputs.means
    roles = {term.role for term in row.terms}
    status = row.price_status
    return {
        "sign": row.sign,
        "change": row.product(means, "change")[0] if "change" in roles else None,
        "volume": row.product(means, "volume")[0],
        "factors": row.product(means, "factor")[0],
        "remainder": row.product(means, "due", "remainder")[0],
        "price_id": row.price and row.price.id,
        "price_eur": row.product(means, "price")[0] if "price" in roles else None,
        "price_year": row.euro_year,
        "price_status": status and status.value,
        "quantity_status": row.quantity_status.value,
        "price_source": row.price.cited if row.price is not None else OWN_RECORDS if status is not None else None,
        "price_level_factor": row.conversion,
        "discounted_years": sum(one.share * one.factor for one in course(result.at_mean, at)),
    }


def party_rows(appraisal: Appraisal) -> Rows:
    """One row per alternative and budget: real costs, real benefits, transfers, and the chance to gain."""
    rows: Rows = []
    if not appraisal.shows_balance:
        return rows
    for result in appraisal.results:
        pv = result.balance.line_pv.mean(axis=0)
        for place, party in enumerate(result.balance.parties):
            costs = benefits = transfers = 0.0
            for at, row in enumerate(appraisal.table.rows):
                if not row.is_priced:
                    continue
                net = _share_of(row, party) * pv[at]
                if row.line.type is LineType.TRANSFER:
                    transfers += net
                elif net < 0:
                    costs += net
                else:
                    benefits += net
            values = result.balance.party_pv[:, place]
            rows.append(
                {
                    "alternative": result.balance.alternative.id,
                    "stakeholder": party.stakeholder.value,
                    "budget": party.budget,
                    "label": party.label,
                    "costs_eur": costs,
                    "benefits_eur": benefits,
                    "transfers_eur": transfers,
                    **spread_of(values, float(result.at_mean.party_pv[0, place])),
                    "prob_gains": (values > 0).mean() if values.any() else None,
                }
            )
    return rows


def _share_of(row: LineRow, party: Party) -> float:
    """+1 when a line's amount arrives with this party, -1 when it pays it."""
    received = row.line.receiver is not None and party_of(row.line.receiver, row.line) == party
    paid = row.line.payer is not None and party_of(row.line.payer, row.line) == party
    return float(received) - float(paid)


def year_rows(appraisal: Appraisal) -> Rows:
    """Welfare per year and running totals, for the payback curve."""
    rows: Rows = []
    if not appraisal.shows_balance:
        return rows
    base = appraisal.model.base_year
    for result in appraisal.results:
        running = np.cumsum(result.balance.discounted_by_year, axis=1)
        welfare = result.balance.welfare_by_year.mean(axis=0)
        for year, amount in enumerate(welfare):
            low, high = np.quantile(running[:, year], (0.05, 0.95))
            rows.append(
                {
                    "alternative": result.balance.alternative.id,
                    "year": base + year,
                    "welfare_eur": amount,
                    "cumulative_eur": welfare[: year + 1].sum(),
                    "cumulative_discounted_eur": running[:, year].mean(),
                    "cumulative_discounted_p05_eur": low,
                    "cumulative_discounted_p95_eur": high,
                }
            )
    return rows


def budget_rows(appraisal: Appraisal) -> Rows:
    """Money in and out of each budget in the first five years."""
    rows: Rows = []
    if not appraisal.shows_balance:
        return rows
    for result in appraisal.results:
        for place, party in enumerate(result.balance.parties):
            for year in range(min(BUDGET_YEARS, appraisal.model.horizon_years)):
                values = result.balance.cash_by_year[:, place, year]
                low, high = np.quantile(values, (0.05, 0.95))
                rows.append(
                    {
                        "alternative": result.balance.alternative.id,
                        "stakeholder": party.stakeholder.value,
                        "budget": party.budget,
                        "label": party.label,
                        "year": appraisal.model.base_year + year,
                        "budget_year": year + 1,
                        "cash_eur": values.mean(),
                        "cash_p05_eur": low,
                        "cash_p95_eur": high,
                        "prob_positive": (values > 0).mean(),
                    }
                )
    return rows
