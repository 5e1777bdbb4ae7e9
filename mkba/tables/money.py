"""Rows on money between parties: what can be cashed in where and when, and who could pay whom."""

from __future__ import annotations

from collections import defaultdict

from data_contracts.vocabulary.field import Stakeholder
from data_contracts.vocabulary.mkba import LineType
from mkba.appraisal import Appraisal, Result
from mkba.arrays import Rows
from mkba.balance.amounts import amounts
from mkba.balance.parties import cash_shares, is_loss, party_of
from mkba.balance.side_payments import side_payments
from mkba.binding.line_table import LineRow

NO_CASHING = "geen afspraak over verzilveren in mkba.yaml"
LOSS = "een verlies: dat is meteen geld"
TRANSFER = "een overdracht: dat is meteen geld"


def cashing_rows(appraisal: Appraisal) -> Rows:
    """The calendar of verzilvering: which benefit can leave which budget, from what year, and how likely it is."""
    if not appraisal.shows_balance:
        return []
    rows: Rows = []
    money = cash_shares(appraisal.table)
    for result in appraisal.results:
        alternative = result.balance.alternative
        yearly = amounts(appraisal.table, appraisal.inputs) * result.overlap
        for at, row in enumerate(appraisal.table.rows):
            line = row.line
            counts = row.is_priced and line.role != "outlay" and line.is_part_of(alternative.id)
            if not counts or line.receiver is None or not result.balance.npv.any():
                continue
            share, lag = money[at]
            rows.append(
                {
                    "alternative": alternative.id,
                    "line": line.id,
                    "label": line.label,
                    "budget": party_of(line.receiver, line).label,
                    "from_year": appraisal.model.base_year + lag,
                    "cashable_share": share,
                    "benefit_eur": yearly[:, at].mean(),
                    "cashable_eur": share * yearly[:, at].mean(),
                    "prob_positive": (yearly[:, at] > 0).mean(),
                    "source": _why(appraisal, row),
                }
            )
    return rows


def _why(appraisal: Appraisal, row: LineRow) -> str:
    """Why so much of a line is money."""
    if is_loss(appraisal.table, row):
        return LOSS
    if row.line.cashing is not None:
        return row.line.cashing.source
    return TRANSFER if row.line.type is LineType.TRANSFER else NO_CASHING


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
