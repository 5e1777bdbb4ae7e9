"""The line table: each line of mkba.yaml as a product of inputs. Formulas are data, not code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from data_contracts.vocabulary.mkba import LineType, PriceStatus
from mkba.arrays import Array
from mkba.binding.effects import Effect
from mkba.draws.joint import InputModel
from mkba.inputs.line_model import Line
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.prices import Price

# 'due' takes off what would have happened without the approach, 'remainder' what does not count though it is due to it.
Role = Literal["change", "volume", "factor", "due", "remainder", "price"]


@dataclass(frozen=True, slots=True)
class Term:
    """One input in the product of a line: as it is ('x'), as what remains ('1-x') or as a change ('x-1')."""

    column: int
    role: Role
    form: Literal["x", "1-x", "x-1"] = "x"

    def of(self, inputs: Array) -> Array:
        """The term for each row of `inputs`."""
        value = inputs[:, self.column]
        return value if self.form == "x" else 1.0 - value if self.form == "1-x" else value - 1.0


@dataclass(frozen=True, slots=True)
class Conversion:
    """A certain number that turns one kind of euro into another: price index or VAT; `what` is its name in Dutch."""

    what: str
    label: str
    factor: float
    source: str


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line, ready to compute. `missing` says in Dutch why it cannot be computed; then it is PM, never zero.

    `decay` are inputs that multiply as 1 - x for every year after intake; `euro_year` is the year of the euros before
    the conversions.
    """

    line: Line
    price: Price | None = None
    effect: Effect | None = None
    missing: str | None = None
    is_ambiguous: bool = False
    sign: float = 1.0
    terms: tuple[Term, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    euro_year: int | None = None
    decay: tuple[int, ...] = ()

    @property
    def is_priced(self) -> bool:
        """Counts in the totals."""
        return self.missing is None and not self.line.is_pm

    @property
    def welfare_sign(self) -> float:
        """What a positive amount does to welfare: a transfer nothing, a gain adds, a cost takes."""
        if self.line.type is LineType.TRANSFER:
            return 0.0
        return 1.0 if self.line.receiver is not None else -1.0

    @property
    def price_status(self) -> PriceStatus | None:
        """How sure the euros are, of the price or of an amount in euros; None for a PM line."""
        if self.line.is_pm:
            return None
        quantity = self.line.quantity
        if self.price is not None:
            return self.price.status
        if quantity.kind == "declared":
            return quantity.status
        return None if quantity.kind == "extra_clients" else quantity.amount_status

    @property
    def quantity_status(self) -> PriceStatus:
        """How sure the count is: what was measured or registered is verified, what the study declares as it says."""
        found = [PriceStatus.VERIFIED, *(factor.status for factor in self.line.factors)]
        if self.line.quantity.kind == "declared":
            found.append(self.line.quantity.status)
        if self.line.displacement is not None:
            found.append(self.line.displacement.status)
        order = list(PriceStatus)
        return max(found, key=order.index)

    def product(self, inputs: Array, *roles: Role) -> Array:
        """Product of the terms with these roles (all of them when none is named), shape (n_draws,)."""
        value = np.ones(len(inputs))
        for term in self.terms:
            if not roles or term.role in roles:
                value *= term.of(inputs)
        return value

    @property
    def conversion(self) -> float:
        """All conversions together."""
        return float(np.prod([one.factor for one in self.conversions]))


@dataclass(frozen=True, slots=True)
class Baseline:
    """Today's cost of provisions per client-year, for the test on induced demand."""

    column: int
    conversion: float


@dataclass(frozen=True, slots=True)
class LineTable:
    """All lines with the inputs they draw on.

    `volumes` are the columns of clients and client-years per year, None where they were not released, and `volume_year`
    the year that they were counted in; `scaling` that of extra clients per fte, per alternative that scales up.
    """

    model: Mkba
    packs: Packs
    rows: tuple[LineRow, ...]
    inputs: InputModel
    volumes: dict[str, int | None]
    scaling: dict[str, int]
    baseline: Baseline | None = None
    volume_year: int | None = None

    def rates(self) -> Array:
        """Discount rate per line."""
        classes = self.packs.discount[self.model.discount].classes
        return np.array([classes[row.line.discount_class] for row in self.rows])

    @property
    def moving_columns(self) -> list[int]:
        """Uncertain inputs that a priced line or an alternative depends on."""
        used = {term.column for row in self.rows if row.is_priced for term in row.terms}
        used |= {column for row in self.rows if row.is_priced for column in row.decay}
        return [at for at, varies in enumerate(self.inputs.is_uncertain) if varies and at in used]

    @property
    def standard_rate(self) -> float:
        """The rate of the class 'standard'."""
        return self.packs.discount[self.model.discount].classes["standard"]
