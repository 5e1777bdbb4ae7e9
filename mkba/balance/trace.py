"""One euro walked back: each line from released quantity to present value, step by step with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mkba.balance.amounts import discount_weights, rest, year_weights, years_from_base
from mkba.balance.balance import Balance, polynomial
from mkba.binding.line_table import LineRow
from mkba.wording import unit_words

ROLE_LABELS = {
    "change": "gemeten verschil",
    "volume": "hoeveelheid",
    "factor": "omrekening",
    "due": "wat door de aanpak komt",
    "remainder": "wat ervan overblijft",
    "price": "prijs",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `value` multiplies what came before into `running`."""

    what: str
    label: str
    value: float
    unit: str
    running: float
    status: str | None
    source: str | None


def walk(at_mean: Balance, overlap: float, at: int) -> list[Step]:
    """The steps of line `at` in the run at the mean vector; empty for a line that is missing."""
    row = at_mean.table.rows[at]
    if row.missing is not None:
        return []
    running, steps = 1.0, []
    for what, label, value, unit, status, source in _parts(at_mean, overlap, at, row):
        running *= value
        steps.append(Step(what, label, value, unit, running, status, source))
    return steps


@dataclass(frozen=True, slots=True)
class Year:
    """One year of a line: which share of its full amount it has, and what a euro of then is worth in the base year."""

    year: int
    share: float
    years_from_base: float
    rate: float
    factor: float


def course(at_mean: Balance, at: int) -> list[Year]:
    """The years in which line `at` has an amount; sum of share x factor is the last step of its walk."""
    table = at_mean.table
    row, rate = table.rows[at], float(table.rates()[at])
    if row.missing is not None:
        return []
    left = rest(row, table.inputs.means)
    shares = polynomial(year_weights(row, at_mean.alternative, table.model.horizon_years), left)[:, 0]
    when = years_from_base(table, row)
    factors = discount_weights(table, row, rate)
    return [
        Year(table.model.base_year + year, float(share), float(when[year]), rate, float(factors[year]))
        for year, share in enumerate(shares)
        if share
    ]


def _parts(
    at_mean: Balance, overlap: float, at: int, row: LineRow
) -> Iterator[tuple[str, str, float, str, str | None, str | None]]:
    table = at_mean.table
    means = table.inputs.means
    for term in row.terms:
        one = table.inputs.inputs[term.column]
        yield ROLE_LABELS[term.role], one.label, float(term.of(means)[0]), unit_words(one.unit), one.status, one.source
    if row.sign < 0:
        yield "richting", "minder is een baat", -1.0, "", None, None
    for conversion in row.conversions:
        yield conversion.what, conversion.label, conversion.factor, "", None, conversion.source
    if overlap != 1.0:
        yield "overlap", f"telt deels mee in groep '{row.line.overlap_group}'", overlap, "", None, "mkba.yaml"
    schedule = table.packs.discount[table.model.discount]
    years = sum(one.share * one.factor for one in course(at_mean, at))
    label = f"jaren, teruggerekend naar {table.model.base_year} ({schedule.label})"
    yield "jaren", label, years, "jaar", None, schedule.source
