"""One euro walked back: each line from released quantity to present value, step by step with its source."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mkba.balance import Balance
from mkba.line_table import LineRow
from mkba.lines import reach
from mkba.wording import unit_label

ROLE_LABELS = {
    "change": "gemeten verschil",
    "volume": "hoeveelheid",
    "factor": "omrekening",
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


def _parts(
    at_mean: Balance, overlap: float, at: int, row: LineRow
) -> Iterator[tuple[str, str, float, str, str | None, str | None]]:
    table = at_mean.table
    means = table.inputs.means
    for term in row.terms:
        one = table.inputs.inputs[term.column]
        yield ROLE_LABELS[term.role], one.label, float(term.of(means)[0]), unit_label(one.unit), one.status, one.source
    if row.sign < 0:
        yield "richting", "minder is een baat", -1.0, "", None, None
    for conversion in row.conversions:
        yield "prijspeil", conversion.label, conversion.factor, "", None, conversion.source
    if row.effect is not None and (times := float(reach(table, means, at_mean.alternative)[0])) != 1.0:
        yield "bereik", f"meer cliënten: {at_mean.alternative.label}", times, "", None, "mkba.yaml, alternatives"
    if overlap != 1.0:
        yield "overlap", f"telt deels mee in groep '{row.line.overlap_group}'", overlap, "", None, "mkba.yaml"
    product = row.sign * row.conversion * float(row.product(means)[0]) * overlap
    product *= float(reach(table, means, at_mean.alternative)[0]) if row.effect is not None else 1.0
    schedule = table.packs.discount[table.model.discount]
    years = float(at_mean.line_pv[0, at]) / product if product else 0.0
    label = f"jaren, teruggerekend naar {table.model.base_year} ({schedule.label})"
    yield "jaren", label, years, "jaar", None, schedule.source
