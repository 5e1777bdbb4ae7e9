"""The analysis as rows of the released tables; data_contracts.tables.mkba makes frames of them."""

from __future__ import annotations

from mkba.appraisal import Appraisal
from mkba.arrays import Rows
from mkba.tables.balance import balance_rows, budget_rows, party_rows, year_rows
from mkba.tables.choice import information_rows, marginal_rows, stress_rows
from mkba.tables.headline import distribution_rows, headline_rows, input_rows
from mkba.tables.money import cashing_rows, side_payment_rows
from mkba.tables.pm import efficiency_rows, pm_rows
from mkba.tables.sensitivity import pair_rows, switching_rows, tornado_rows
from mkba.tables.trace import finding_rows, line_year_rows, trace_rows


def mkba_rows(appraisal: Appraisal) -> dict[str, Rows]:
    """Table name -> rows, each in a fixed order."""
    return {
        "out_mkba__headline": headline_rows(appraisal),
        "out_mkba__balance": balance_rows(appraisal),
        "out_mkba__stakeholders": party_rows(appraisal),
        "out_mkba__by_year": year_rows(appraisal),
        "out_mkba__budgets": budget_rows(appraisal),
        "out_mkba__cashing": cashing_rows(appraisal),
        "out_mkba__side_payments": side_payment_rows(appraisal),
        "out_mkba__tornado": tornado_rows(appraisal),
        "out_mkba__switching": switching_rows(appraisal),
        "out_mkba__switching_pairs": pair_rows(appraisal),
        "out_mkba__pm": pm_rows(appraisal),
        "out_mkba__efficiency": efficiency_rows(appraisal),
        "out_mkba__stress": stress_rows(appraisal),
        "out_mkba__information": information_rows(appraisal),
        "out_mkba__marginal": marginal_rows(appraisal),
        "out_mkba__inputs": input_rows(appraisal),
        "out_mkba__trace": trace_rows(appraisal),
        "out_mkba__line_years": line_year_rows(appraisal),
        "out_mkba__distribution": distribution_rows(appraisal),
        "out_mkba__findings": finding_rows(appraisal),
    }
