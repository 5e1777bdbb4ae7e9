"""Contracts of what stands around the balance: sensitivity, what has no price, checks, the walk back to the source."""

from __future__ import annotations

from data_contracts.contract import contract, flag, integer, number, share, text
from data_contracts.tables.mkba_balance import PRICE_STATUS

SEVERITIES = ("blocks", "warns")
TORNADO = contract(
    "out_mkba__tornado",
    {
        "alternative": text(),
        "rank": integer(1),
        "input": text(),
        "label": text(),
        "unit": text(),
        "status": text(),
        "value_p10": number(),
        "value_p90": number(),
        "npv_at_p10_eur": number(),
        "npv_at_p90_eur": number(),
        "npv_given_p10_eur": number(nullable=True),
        "npv_given_p90_eur": number(nullable=True),
        "changes_sign": flag(),
    },
    key=["alternative", "input"],
)
SWITCHING = contract(
    "out_mkba__switching",
    {
        "alternative": text(),
        "kind": text("line", "input"),
        "name": text(),
        "label": text(),
        "unit": text(nullable=True),
        "status": text(nullable=True),
        "value_now": number(nullable=True),
        "multiplier": number(nullable=True),
        "switching_value": number(nullable=True),
        "n_roots": integer(0),
        "sentence": text(),
    },
    key=["alternative", "kind", "name"],
)
TWO_WAY = contract(
    "out_mkba__switching_pairs",
    {
        "alternative": text(),
        "input": text(),
        "with_input": text(),
        "label": text(),
        "with_label": text(),
        "value": number(),
        "with_switching_value": number(nullable=True),
    },
    key=["alternative", "input", "with_input", "value"],
)
PM = contract(
    "out_mkba__pm",
    {
        "alternative": text(),
        "line": text(),
        "label": text(),
        "reason": text("no_price", "not_released"),
        "unit": text(),
        "receiver": text(nullable=True),
        "units_per_year": number(nullable=True),
        "units_discounted": number(nullable=True),
        "switching_eur_per_unit": number(nullable=True),
        "pm_text": text(),
        "sentence": text(),
    },
    key=["alternative", "line"],
)
STRESS = contract(
    "out_mkba__stress",
    {
        "alternative": text(),
        "test": text(),
        "setting": text(),
        "label": text(),
        "npv_mean_eur": number(nullable=True),
        "difference_eur": number(nullable=True),
        "prob_npv_positive": share(),
        "changes_sign": flag(),
        "turns_at_share": share(),
        "source": text(),
    },
    key=["alternative", "test", "setting"],
)
EFFICIENCY = contract(
    "out_mkba__efficiency",
    {
        "alternative": text(),
        "line": text(),
        "label": text(),
        "unit": text(),
        "net_costs_eur": number(),
        "units_discounted": number(),
        "status": text("efficient", "dominated", "extended"),
        "extra_costs_per_unit_eur": number(nullable=True),
    },
    key=["alternative", "line"],
)
INFORMATION = contract(
    "out_mkba__information",
    {
        "rank": integer(0),
        "input": text(),
        "label": text(),
        "group": text("all", "effect", "price", "volume"),
        "value_eur": number(0),
        "se_eur": number(0, nullable=True),
        "r_squared": share(),
        "one_more_year_eur": number(0, nullable=True),
        "sentence": text(),
    },
    key=["input"],
)
MARGINAL = contract(
    "out_mkba__marginal",
    {
        "alternative": text(),
        "compared_with": text(),
        "extra_fte": number(0),
        "outlay_per_fte_eur": number(nullable=True),
        "effects_per_fte_eur": number(nullable=True),
        "npv_per_fte_eur": number(nullable=True),
        "prob_positive": share(),
        "refused_because": text(nullable=True),
    },
    key=["alternative", "compared_with"],
)
INPUTS = contract(
    "out_mkba__inputs",
    {
        "input": text(),
        "label": text(),
        "group": text("effect", "price", "volume"),
        "unit": text(),
        "value": number(),
        "p05": number(),
        "p95": number(),
        "status": text("released", *PRICE_STATUS),
        "source": text(),
    },
    key=["input"],
)
TRACE = contract(
    "out_mkba__trace",
    {
        "alternative": text(),
        "line": text(),
        "step": integer(1),
        "what": text(),
        "label": text(),
        "operation": text("start", "times"),
        "value": number(),
        "unit": text(),
        "running": number(),
        "status": text(nullable=True),
        "source": text(nullable=True),
    },
    key=["alternative", "line", "step"],
)
LINE_YEARS = contract(
    "out_mkba__line_years",
    {
        "alternative": text(),
        "line": text(),
        "year": integer(1990, 2300),
        "share": number(),
        "years_from_base": number(0),
        "rate": number(-1, 1),
        "discount_factor": number(0),
        "discounted": number(),
    },
    key=["alternative", "line", "year"],
)
FINDINGS = contract(
    "out_mkba__findings",
    {
        "rule": text(),
        "severity": text(*SEVERITIES),
        "where": text(),
        "what": text(),
        "to_do": text(),
    },
)
