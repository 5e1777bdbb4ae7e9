"""Contracts of the balance itself: headline, lines, parties, years, money between parties. Nothing is about a person.

Amounts are real euros of `price_year`, discounted to `base_year`, benefits positive. `alternative` is an id of
mkba.yaml; each alternative is compared with the null alternative. A missing amount is missing, never zero.
"""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import contract, flag, integer, number, share, text
from data_contracts.vocabulary import field as words
from data_contracts.vocabulary import mkba as money

LEADING = ("npv", "break_even", "none")
LINE_STATUS = ("priced", "pm", "not_released")
PRICE_STATUS = [one.value for one in money.PriceStatus]
LINE_TYPES = [one.value for one in money.LineType]
STAKEHOLDERS = [one.value for one in words.Stakeholder]
STAMPS = [one.value for one in words.Stamp]


def _spread() -> dict[str, pa.Column]:
    """Mean and quantiles over the draws, and the run at the mean vector."""
    return {name: number(nullable=True) for name in ("mean_eur", "p05_eur", "p50_eur", "p95_eur", "at_mean_eur")}


def _price() -> dict[str, pa.Column]:
    return {
        "price_id": text(nullable=True),
        "price_eur": number(nullable=True),
        "price_year": integer(1990, 2100, nullable=True, sql="INTEGER"),
        "price_status": text(*PRICE_STATUS, nullable=True),
        "quantity_status": text(*PRICE_STATUS, nullable=True),
        "price_source": text(nullable=True),
        "price_level_factor": number(nullable=True),
    }


HEADLINE = contract(
    "out_mkba__headline",
    {
        "alternative": text(),
        "label": text(),
        "kind": text(*[one.value for one in money.AlternativeKind]),
        "leading": text(*LEADING),
        "is_indicative": flag(),
        "stamp": text(*STAMPS, nullable=True),
        "npv_mean_eur": number(nullable=True),
        "npv_at_mean_eur": number(nullable=True),
        "npv_p05_eur": number(nullable=True),
        "npv_p50_eur": number(nullable=True),
        "npv_p95_eur": number(nullable=True),
        "npv_simulation_se_eur": number(0, nullable=True),
        "npv_worst_tenth_eur": number(nullable=True),
        "npv_rounding_eur": number(0, nullable=True),
        "prob_npv_positive": share(),
        "npv_doubt_p05_eur": number(nullable=True),
        "npv_doubt_p95_eur": number(nullable=True),
        "prob_npv_positive_doubt": share(),
        # With what the study declared beforehand; empty without it.
        "npv_known_mean_eur": number(nullable=True),
        "npv_known_p05_eur": number(nullable=True),
        "npv_known_p95_eur": number(nullable=True),
        "prob_npv_positive_known": share(),
        "known_source": text(nullable=True),
        "known_about": text(nullable=True),
        "known_because": text(nullable=True),
        "prob_municipality_gains": share(),
        "npv_per_client_eur": number(nullable=True),
        "npv_per_year_eur": number(nullable=True),
        "outlay_eur": number(nullable=True),
        "effects_eur": number(nullable=True),
        "bcr_net": number(nullable=True),
        "bcr_gross": number(nullable=True),
        "bcr_fiscal": number(nullable=True),
        "bcr_municipal": number(nullable=True),
        "bcr_cashable": number(nullable=True),
        "break_even_share": number(nullable=True),
        "payback_years": number(0, nullable=True),
        "payback_years_discounted": number(0, nullable=True),
        "wrong_pocket_share": number(nullable=True),
        "verified_share": share(),
        "verified_price_share": share(),
        "verified_quantity_share": share(),
        "n_lines_priced": integer(0),
        "n_lines_pm": integer(0),
        "n_lines_not_released": integer(0),
        "price_year": integer(1990, 2100),
        "base_year": integer(1990, 2100),
        "horizon_years": integer(1, 200),
        "discount": text(),
        "discount_rate": number(-1, 1),
        "timing": text("start", "mid", "end"),
        "n_draws": integer(1),
        "n_randomisations": integer(1),
        "seed": integer(0, sql="BIGINT"),
        "parameters_hash": text(),
        "sentence": text(),
    },
    key=["alternative"],
)
BALANCE = contract(
    "out_mkba__balance",
    {
        "alternative": text(),
        "line": text(),
        "label": text(),
        "role": text("outlay", "effect"),
        "type": text(*LINE_TYPES),
        "status": text(*LINE_STATUS),
        "payer": text(*STAKEHOLDERS, nullable=True),
        "receiver": text(*STAKEHOLDERS, nullable=True),
        "law": text(*[one.value for one in words.Law], nullable=True),
        "unit": text(),
        "estimate_id": text(nullable=True),
        "stamp": text(*STAMPS, nullable=True),
        "vintage": text(nullable=True),  # the earlier release that its effect is shown from
        "evidence": text(*[one.value for one in money.Evidence]),
        "sign": number(-1, 1, nullable=True),
        "change": number(nullable=True),
        "volume": number(nullable=True),
        "factors": number(nullable=True),
        "remainder": number(nullable=True),
        **_price(),
        "discounted_years": number(nullable=True),
        "overlap_share": share(),
        "overlap_group": text(nullable=True),
        "welfare_sign": number(-1, 1, nullable=True),
        **_spread(),
        "note": text(nullable=True),
    },
    key=["alternative", "line"],
)
PARTIES = contract(
    "out_mkba__stakeholders",
    {
        "alternative": text(),
        "stakeholder": text(*STAKEHOLDERS),
        "budget": text(),
        "label": text(),
        "costs_eur": number(nullable=True),
        "benefits_eur": number(nullable=True),
        "transfers_eur": number(nullable=True),
        **_spread(),
        "prob_gains": share(),
    },
    key=["alternative", "stakeholder", "budget"],
)
BY_YEAR = contract(
    "out_mkba__by_year",
    {
        "alternative": text(),
        "year": integer(1990, 2300),
        "welfare_eur": number(),
        "cumulative_eur": number(),
        "cumulative_discounted_eur": number(),
        "cumulative_discounted_p05_eur": number(),
        "cumulative_discounted_p95_eur": number(),
    },
    key=["alternative", "year"],
)
BUDGETS = contract(
    "out_mkba__budgets",
    {
        "alternative": text(),
        "stakeholder": text(*STAKEHOLDERS),
        "budget": text(),
        "label": text(),
        "year": integer(1990, 2300),
        "budget_year": integer(1, 5),
        "cash_eur": number(),
        "cash_p05_eur": number(),
        "cash_p95_eur": number(),
        "prob_positive": share(nullable=False),
    },
    key=["alternative", "stakeholder", "budget", "year"],
)
CASHING = contract(
    "out_mkba__cashing",
    {
        "alternative": text(),
        "line": text(),
        "label": text(),
        "budget": text(),
        "from_year": integer(1990, 2300),
        "cashable_share": share(nullable=False),
        "benefit_eur": number(),
        "cashable_eur": number(),
        "prob_positive": share(nullable=False),
        "source": text(),
    },
    key=["alternative", "line"],
)
SIDE_PAYMENTS = contract(
    "out_mkba__side_payments",
    {
        "alternative": text(),
        "payer": text(),
        "payer_label": text(),
        "receiver": text(),
        "receiver_label": text(),
        "amount_eur": number(0),
    },
    key=["alternative", "payer", "receiver"],
)

DISTRIBUTION = contract(
    "out_mkba__distribution",
    {"alternative": text(), "probability": share(nullable=False), "npv_eur": number()},
    key=["alternative", "probability"],
)
