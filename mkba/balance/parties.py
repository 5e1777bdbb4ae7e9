"""Who pays and who gains: each line enters at its payer and its receiver, under the budget of its law."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from data_contracts.vocabulary.field import Law, Stakeholder
from data_contracts.vocabulary.mkba import LineType
from mkba.arrays import Array
from mkba.binding.line_table import LineRow, LineTable
from mkba.inputs.line_model import Line

# Those who spend under a law; the other parties have one purse.
_SPENDS_UNDER_A_LAW = (
    Stakeholder.MUNICIPALITY,
    Stakeholder.STATE,
    Stakeholder.HEALTH_INSURER,
    Stakeholder.CARE_OFFICE,
)
PUBLIC = (*_SPENDS_UNDER_A_LAW, Stakeholder.JUSTICE_CHAIN)


@dataclass(frozen=True, slots=True)
class Party:
    """One stakeholder and the budget that it spends from."""

    stakeholder: Stakeholder
    law: Law | None

    @property
    def budget(self) -> str:
        """Code of the budget: the law, or the stakeholder itself."""
        return self.law.value if self.law is not None else self.stakeholder.value

    @property
    def label(self) -> str:
        """The budget in Dutch."""
        if self.law is None:
            # Beside its budgets by law the bare name of a party would look like all of them together.
            spends = self.stakeholder in _SPENDS_UNDER_A_LAW
            return f"{self.stakeholder.label}: niet onder één wet" if spends else self.stakeholder.label
        return f"{self.stakeholder.label}: {self.law.label}"


def party_of(stakeholder: Stakeholder, line: Line) -> Party:
    """The party that a line touches."""
    return Party(stakeholder, line.law if stakeholder in _SPENDS_UNDER_A_LAW else None)


def parties(table: LineTable) -> tuple[Party, ...]:
    """Every party that a priced line touches, in the order of the vocabulary; the others stand in the PM list."""
    found = {
        party_of(stakeholder, row.line)
        for row in table.rows
        if row.is_priced
        for stakeholder in (row.line.payer, row.line.receiver)
        if stakeholder is not None
    }
    order = list(Stakeholder)
    return tuple(sorted(found, key=lambda party: (order.index(party.stakeholder), party.budget)))


def entries(table: LineTable, who: tuple[Party, ...]) -> Array:
    """+1 where a line's amount arrives, -1 where it is paid; shape (n_lines, n_parties); PM lines enter nowhere."""
    matrix = np.zeros((len(table.rows), len(who)))
    for at, row in enumerate(table.rows):
        if not row.is_priced:
            continue
        if row.line.receiver is not None:
            matrix[at, who.index(party_of(row.line.receiver, row.line))] += 1.0
        if row.line.payer is not None:
            matrix[at, who.index(party_of(row.line.payer, row.line))] -= 1.0
    return matrix


def cash_shares(table: LineTable) -> tuple[tuple[float, int], ...]:
    """Per line which share of it is money in or out of a budget, and after how many years.

    An outlay and a transfer are money by nature, and so is a loss: nobody needs an agreement to spend more. A benefit
    is money only as far as mkba.yaml says that it can be cashed. Whether a line is a loss is decided once, at the mean.
    """
    return tuple(_cash_share(row, is_loss(table, row)) for row in table.rows)


def is_loss(table: LineTable, row: LineRow) -> bool:
    """Does a line make somebody spend more, at the mean? Wellbeing and lost production leave no budget."""
    if not row.is_priced or row.line.type is not LineType.RESOURCE or row.line.role == "outlay":
        return False
    return float(row.product(table.inputs.means)[0]) * row.sign * row.welfare_sign < 0


def _cash_share(row: LineRow, loses: bool) -> tuple[float, int]:
    line = row.line
    if loses or line.role == "outlay" or (line.type is LineType.TRANSFER and line.cashing is None):
        return 1.0, 0
    return (line.cashing.share, line.cashing.lag_years) if line.cashing is not None else (0.0, 0)
