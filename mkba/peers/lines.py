"""A cost or benefit of somebody else's workbook, and a row that has no place in a balance of ours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal

from data_contracts.vocabulary.field import Stakeholder
from data_contracts.vocabulary.mkba import LineType


@dataclass(frozen=True, slots=True)
class Step:
    """One share between the number of people and the outcome: what the workbook says, and what is multiplied."""

    code: str
    stated: Decimal
    factor: Decimal


@dataclass(frozen=True, slots=True)
class PeerLine:
    """One cost or benefit with the numbers as they stand there.

    `count`: the number of people, or the euros of a cost. `worth`: euros per unit; None without a price.
    `low`, `high`: the range of the price, or of the euros of a cost. `stated`: what the row itself says it comes to.
    """

    sheet: str
    row: int
    label: str
    is_cost: bool
    party: Stakeholder
    kind: LineType
    year: int
    count: Decimal
    steps: tuple[Step, ...]
    worth: Decimal | None
    unit: str
    low: Decimal | None = None
    high: Decimal | None = None
    years: int = 1
    margin: str = ""
    source: str = ""
    value_kind: str = ""
    stated: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """Euros over its years, not discounted; nothing for what has no price."""
        if self.worth is None:
            return Decimal(0)
        return self.count * math.prod((one.factor for one in self.steps), start=Decimal(1)) * self.worth * self.years


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that was read and has no place in a balance of ours, with its euros where those are known."""

    sheet: str
    row: int
    label: str
    is_cost: bool
    reason: str
    amount: Decimal | None = None
