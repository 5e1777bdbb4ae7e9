"""Rows of the headline, of the inputs behind it and of its distribution."""

from __future__ import annotations

import numpy as np

from data_contracts.vocabulary.field import Stakeholder
from mkba.appraisal import Appraisal, Result
from mkba.arrays import Rows
from mkba.balance.discounting import equivalent_annual
from mkba.balance.headline import (
    break_even_share,
    clients_reached,
    payback_years,
    ratios,
    simulated,
    verified_share,
    weakest_stamp,
    wrong_pocket_share,
)
from mkba.tables.beforehand import in_the_light
from mkba.tables.outcome import sentence
from mkba.uncertainty.rounding import rounding_error


def headline_rows(appraisal: Appraisal) -> Rows:
    """One row per alternative; without a comparison no balance, only the break-even point."""
    return [_headline(appraisal, result) for result in appraisal.results]


def _headline(appraisal: Appraisal, result: Result) -> dict[str, object]:
    model, rows = appraisal.model, appraisal.table.rows
    stamp = weakest_stamp(appraisal.table)
    known: dict[str, object] = {
        "alternative": result.balance.alternative.id,
        "label": result.balance.alternative.label,
        "kind": result.balance.alternative.kind.value,
        "leading": appraisal.leading,
        "is_indicative": appraisal.is_indicative,
        "stamp": stamp and stamp.value,
        "verified_share": verified_share(result.balance),
        "verified_price_share": verified_share(result.balance, "price"),
        "verified_quantity_share": verified_share(result.balance, "quantity"),
        "n_lines_priced": sum(row.is_priced for row in rows),
        "n_lines_pm": sum(row.missing is None and row.line.is_pm for row in rows),
        "n_lines_not_released": sum(row.missing is not None for row in rows),
        "price_year": model.price_year,
        "base_year": model.base_year,
        "horizon_years": model.horizon_years,
        "discount": model.discount,
        "discount_rate": appraisal.table.standard_rate,
        "timing": model.timing,
        "n_draws": appraisal.settings.n_draws,
        "n_randomisations": appraisal.settings.n_randomisations,
        "seed": appraisal.settings.seed,
        "parameters_hash": appraisal.parameters_hash,
        "sentence": sentence(appraisal, result),
    }
    if appraisal.leading == "none":
        return known
    known["break_even_share"] = break_even_share(result.balance)
    return known | _totals(appraisal, result) if appraisal.shows_balance else known


def _totals(appraisal: Appraisal, result: Result) -> dict[str, object]:
    model, balance = appraisal.model, result.balance
    figures = simulated(balance.npv, appraisal.settings.n_randomisations)
    family = ratios(balance)
    clients = clients_reached(balance)
    own = [at for at, party in enumerate(balance.parties) if party.stakeholder is Stakeholder.MUNICIPALITY]
    purse = balance.party_pv[:, own].sum(axis=1)
    return {
        "npv_mean_eur": figures.mean,
        "npv_at_mean_eur": result.at_mean.npv[0],
        "npv_p05_eur": figures.p05,
        "npv_p50_eur": figures.p50,
        "npv_p95_eur": figures.p95,
        "npv_simulation_se_eur": figures.simulation_se,
        "npv_worst_tenth_eur": figures.worst_tenth,
        "npv_rounding_eur": rounding_error(appraisal.table, balance.alternative, result.overlap),
        **_in_doubt(result),
        **in_the_light(appraisal.light, result),
        "prob_npv_positive": figures.prob_positive if balance.npv.any() else None,
        "prob_municipality_gains": (purse > 0).mean() if purse.any() else None,
        "npv_per_client_eur": figures.mean / clients if clients else None,
        "npv_per_year_eur": equivalent_annual(
            figures.mean, appraisal.table.standard_rate, model.horizon_years, model.timing
        ),
        "outlay_eur": family.outlay,
        "effects_eur": family.effects,
        "bcr_net": family.net,
        "bcr_gross": family.gross,
        "bcr_fiscal": family.fiscal,
        "bcr_municipal": family.municipal,
        "bcr_cashable": family.cashable,
        "payback_years": payback_years(balance.welfare_by_year.mean(axis=0), balance.once_by_year[0]),
        "payback_years_discounted": payback_years(balance.discounted_by_year.mean(axis=0), balance.once_by_year[1]),
        "wrong_pocket_share": wrong_pocket_share(balance),
    }


def _in_doubt(result: Result) -> dict[str, object]:
    """The margin and the chance with doubt about the design in it; no chance where there is no difference at all."""
    low, high = np.quantile(result.npv_in_doubt, (0.05, 0.95))
    chance_of_gain = (result.npv_in_doubt > 0).mean() if result.balance.npv.any() else None
    return {"npv_doubt_p05_eur": low, "npv_doubt_p95_eur": high, "prob_npv_positive_doubt": chance_of_gain}


def input_rows(appraisal: Appraisal) -> Rows:
    """Every number that the result depends on, with its range and source."""
    model = appraisal.table.inputs
    return [
        {
            "input": one.id,
            "label": one.label,
            "group": one.group,
            "unit": one.unit,
            "value": model.means[0, at],
            "p05": model.at_quantile(at, 0.05),
            "p95": model.at_quantile(at, 0.95),
            "status": one.status,
            "source": one.source,
        }
        for at, one in enumerate(model.inputs)
    ]


def distribution_rows(appraisal: Appraisal) -> Rows:
    """The outcome at every whole percent."""
    if not appraisal.shows_balance:
        return []
    probabilities = np.arange(1, 100) / 100
    return [
        {"alternative": result.balance.alternative.id, "probability": probability, "npv_eur": value}
        for result in appraisal.results
        for probability, value in zip(probabilities, np.quantile(result.balance.npv, probabilities), strict=True)
    ]
