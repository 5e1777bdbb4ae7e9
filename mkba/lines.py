"""The line table: each line of mkba.yaml as a product of inputs over years. Formulas are data, not code.

Amount of a line in year t: sign x its terms x its conversions x what is left of it after k years, summed over the years
of intake: sum_k fade_in[k] * rest ** k * intake[t - k] * (1 + g) ** t.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from data_contracts.mkba_vocabulary import LineType, PriceStatus
from mkba.discounting import yearly_factors
from mkba.effects import Effect
from mkba.line_model import EURO, Line
from mkba.model import Alternative, Mkba
from mkba.packs import Packs, Price
from mkba.uncertainty import InputModel

Array = npt.NDArray[np.float64]
Role = Literal["change", "volume", "factor", "remainder", "price"]


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
    """A certain number that turns one kind of euro into another: price index or VAT."""

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
        """How sure the euros are: the weakest of price and factors; None for a PM line."""
        if self.line.is_pm:
            return None
        quantity = self.line.quantity
        found = [factor.status for factor in self.line.factors]
        if self.price is not None:
            found.append(self.price.status)
        elif quantity.counted_unit == EURO:
            found.append(quantity.status if quantity.kind == "declared" else quantity.amount_status)
        order = list(PriceStatus)
        return max(found, key=order.index) if found else None

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
    the year that they were counted in; `scaling` those
    of extra clients per fte and their yield, per alternative that scales up.
    """

    model: Mkba
    packs: Packs
    rows: tuple[LineRow, ...]
    inputs: InputModel
    volumes: dict[str, int | None]
    scaling: dict[str, tuple[int, int]]
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
        used |= {column for pair in self.scaling.values() for column in pair}
        return [at for at, varies in enumerate(self.inputs.is_uncertain) if varies and at in used]

    @property
    def standard_rate(self) -> float:
        """The rate of the class 'standard'."""
        return self.packs.discount[self.model.discount].classes["standard"]


def amounts(table: LineTable, inputs: Array, alternative: Alternative) -> Array:
    """Amount of each line in a year of full effect, shape (n_draws, n_lines); 0 where a line is missing.

    Positive is what the receiver gets or the payer pays. PM lines count units at 1 euro each, for switching values.
    """
    result = np.zeros((len(inputs), len(table.rows)), order="F")
    more = reach(table, inputs, alternative)
    for at, row in enumerate(table.rows):
        if row.missing is None:
            result[:, at] = row.product(inputs) * (row.sign * row.conversion)
            if row.effect is not None:
                result[:, at] *= more
    return result


def reach(table: LineTable, inputs: Array, alternative: Alternative) -> Array:
    """How many times the effect of today an alternative has, shape (n_draws,); more than 1 when it scales up."""
    columns, clients = table.scaling.get(alternative.id), table.volumes["client"]
    if columns is None or clients is None or alternative.extra_fte is None:
        return np.ones(len(inputs))
    extra = alternative.extra_fte * inputs[:, columns[0]] * inputs[:, columns[1]]
    more: Array = 1.0 + extra / inputs[:, clients]
    return more


def intake(row: LineRow, alternative: Alternative, horizon: int) -> Array:
    """In which years the line starts anew, shape (horizon,)."""
    line = row.line
    named = line.alternatives is not None and alternative.id in line.alternatives
    if line.alternatives is not None and not named:
        return np.zeros(horizon)
    years = np.arange(horizon)
    if line.runs == "once":
        return ((years == 0) & (alternative.years > 0 or named)).astype(float)
    return (years < alternative.years).astype(float)


def year_weights(row: LineRow, alternative: Alternative, horizon: int) -> Array:
    """Weight of `rest ** k` in the amount of year t, shape (horizon, duration)."""
    starts = intake(row, alternative, horizon)
    duration = min(row.line.duration_years, horizon)
    fade = np.ones(duration)
    fade[: len(row.line.fade_in[:duration])] = row.line.fade_in[:duration]
    weights = np.zeros((horizon, duration))
    for k in range(duration):
        weights[k:, k] = fade[k] * starts[: horizon - k]
    grown: Array = weights * (1.0 + row.line.real_growth) ** np.arange(horizon)[:, None]
    return grown


def discount_weights(table: LineTable, row: LineRow, rate: float) -> Array:
    """Discount factor of each year for a line; what happens once happens at the start of the base year."""
    timing = "start" if row.line.runs == "once" else table.model.timing
    return yearly_factors(table.model.horizon_years, rate, timing)


def rest(row: LineRow, inputs: Array) -> Array:
    """What is left of the difference after one more year, shape (n_draws,)."""
    left = np.ones(len(inputs))
    for column in row.decay:
        left *= 1.0 - inputs[:, column]
    return left
