"""Contracts of out_mkba__ tables: the balance computed on released quantities. Nothing here is about a person.

Amounts are real euros of `price_year`, discounted to `base_year`, benefits positive. `alternative` is an id of
mkba.yaml; each alternative is compared with the null alternative. A missing amount is missing, never zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pandera.pandas as pa

from data_contracts import mkba_vocabulary as money
from data_contracts import vocabulary as words
from data_contracts.contract import contract, empty_frame, flag, integer, number, share, text

LEADING = ("npv", "break_even", "none")
LINE_STATUS = ("priced", "pm", "not_released")
PRICE_STATUS = [one.value for one in money.PriceStatus]
LINE_TYPES = [one.value for one in money.LineType]
SEVERITIES = ("blocks", "warns")
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
        "prob_npv_positive": share(),
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
        "evidence": text(*[one.value for one in money.Evidence]),
        "sign": number(-1, 1, nullable=True),
        "change": number(nullable=True),
        "volume": number(nullable=True),
        "factors": number(nullable=True),
        "remainder": number(nullable=True),
        **_price(),
        "reach": number(nullable=True),
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
DISTRIBUTION = contract(
    "out_mkba__distribution",
    {"alternative": text(), "probability": share(nullable=False), "npv_eur": number()},
    key=["alternative", "probability"],
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
COMPARISON = contract(
    "out_mkba__comparison",
    {
        "alternative": text(),
        "step": integer(0),
        "factor": text("before", "price", "index", "rate", "volume", "effect", "method", "after"),
        "label": text(),
        "amount_eur": number(),
        "running_eur": number(),
    },
    key=["alternative", "step"],
)

MKBA_TABLES = {schema.name: schema for schema in list(globals().values()) if isinstance(schema, pa.DataFrameSchema)}


def mkba_frames(rows: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, pd.DataFrame]:
    """Every table of MKBA_TABLES as a frame that keeps its contract; euros to the cent.

    The engine gives rows and knows no database; the contracts, which do, stay on this side.
    """
    return {name: _frame(schema, rows.get(name, [])) for name, schema in MKBA_TABLES.items()}


def _frame(schema: pa.DataFrameSchema, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    if not rows:
        return empty_frame(schema)
    frame = pd.DataFrame(rows, columns=list(schema.columns))
    frame = frame.astype({name: str(column.dtype) for name, column in schema.columns.items()})
    euros = [name for name in schema.columns if name.endswith("_eur")]
    frame[euros] = frame[euros].round(2) + 0.0  # no "-0.00" in a report
    return frame
