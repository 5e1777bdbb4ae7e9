"""Rows on money between parties: what can be cashed in where and when, and who could pay whom."""

from __future__ import annotations

from collections import defaultdict

from data_contracts.vocabulary.field import Stakeholder
from mkba.appraisal import Appraisal, Result
from mkba.balance.amounts import amounts
from mkba.balance.parties import cash_share, party_of
from mkba.balance.side_payments import side_payments

Rows = list[dict[str, object]]
NO_CASHING = "geen afspraak over verzilveren in mkba.yaml"


def cashing_rows(appraisal: Appraisal) -> Rows:
    """The calendar of verzilvering: which benefit can leave which budget, from what year, and how likely it is."""
    if not appraisal.shows_balance:
        return []
    rows: Rows = []
    for result in appraisal.results:
        yearly = amounts(appraisal.table, appraisal.inputs, result.balance.alternative) * result.overlap
        for at, row in enumerate(appraisal.table.rows):
            line = row.line
            if not row.is_priced or line.role == "outlay" or line.receiver is None or not result.balance.npv.any():
                continue
            share, lag = cash_share(line)
            rows.append(
                {
                    "alternative": result.balance.alternative.id,
                    "line": line.id,
                    "label": line.label,
                    "budget": party_of(line.receiver, line).label,
                    "from_year": appraisal.model.base_year + lag,
                    "cashable_share": share,
                    "benefit_eur": yearly[:, at].mean(),
                    "cashable_eur": share * yearly[:, at].mean(),
                    "prob_positive": (yearly[:, at] > 0).mean(),
                    "source": line.cashing.source if line.cashing is not None else NO_CASHING,
                }
            )
    return rows


def side_payment_rows(appraisal: Appraisal) -> Rows:
    """The smallest payments with which no budget loses; no rows when the gains cannot cover the losses."""
    if not appraisal.shows_balance:
        return []
    return [
        {
            "alternative": result.balance.alternative.id,
            "payer": payer.value,
            "payer_label": payer.label,
            "receiver": receiver.value,
            "receiver_label": receiver.label,
            "amount_eur": amount,
        }
        for result in appraisal.results
        for (payer, receiver), amount in (side_payments(_nets(result)) or {}).items()
    ]


def _nets(result: Result) -> dict[Stakeholder, float]:
    nets: dict[Stakeholder, float] = defaultdict(float)
    for place, party in enumerate(result.balance.parties):
        nets[party.stakeholder] += float(result.balance.party_pv[:, place].mean())
    return dict(nets)
