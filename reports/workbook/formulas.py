"""The line table of the MKBA as formulas of a workbook: the same terms, conversions and years, by name.

Every formula comes with the value that the engine gives at the means. Only functions that every Excel and LibreOffice
knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from data_contracts.vocabulary.names import folded
from mkba.balance.amounts import LineRow, LineTable, intake, year_weights
from mkba.balance.discounting import OFFSET
from mkba.inputs.model import Alternative
from reports.language.terms import unit_words

_KINDS = {"effect": "Verschil", "price": "Prijs", "volume": "Aantal"}
RATE = "Discontovoet"
MEASURED = "gemeten verschil met zonder de aanpak; onder nul is minder, boven nul meer"


@dataclass(frozen=True, slots=True)
class Assumption:
    """One named cell that a reader may change."""

    name: str
    label: str
    value: float
    low: float | None
    high: float | None
    unit: str
    source: str
    status: str


@dataclass(frozen=True, slots=True)
class Formula:
    """The text of a formula, and what it gives at the means."""

    text: str
    value: float


class Names:
    """A defined name for every input, discount rate and price conversion of a line table."""

    def __init__(self, lines: LineTable) -> None:
        self.lines = lines
        self.assumptions: list[Assumption] = []
        means, model = lines.inputs.means[0], lines.inputs
        self.inputs = [
            self._named(
                f"{_KINDS.get(one.group, 'Deel')} {one.label}",
                one.label if one.effect is None else f"{one.label}: {MEASURED}",
                float(means[at]),
                (model.at_quantile(at, 0.05), model.at_quantile(at, 0.95)) if model.is_uncertain[at] else None,
                unit_words(one.unit),
                one.source,
                one.status,
            )
            for at, one in enumerate(model.inputs)
        ]
        self.by_input = {one.id: name for one, name in zip(model.inputs, self.inputs, strict=True)}
        schedule = lines.packs.discount[lines.model.discount]
        used = {row.line.discount_class for row in lines.rows}
        self.rates = {
            name: self._named(
                RATE if name == "standard" else f"{RATE} {name}",
                f"discontovoet per jaar: {schedule.label}",
                rate,
                None,
                "deel per jaar",
                schedule.source,
                "verified",
            )
            for name, rate in schedule.classes.items()
            if name in used
        }
        self.conversions = {
            (one.label, one.factor): self._named(
                one.label, one.label, one.factor, None, "factor", one.source, "verified"
            )
            for one in dict.fromkeys(one for row in lines.rows for one in row.conversions)
        }

    def _named(
        self,
        words: str,
        label: str,
        value: float,
        interval: tuple[float, float] | None,
        unit: str,
        source: str,
        status: str,
    ) -> str:
        stem = re.sub(r"[^A-Za-z0-9]+", "_", folded(words).capitalize()).strip("_")[:60]
        stem = stem if "_" in stem else f"{stem}_waarde" if stem[-1].isdigit() else stem
        taken = {one.name for one in self.assumptions}
        name = next(one for one in (stem, *(f"{stem}_nr{n}" for n in range(2, 1000))) if one not in taken)
        low, high = interval or (None, None)
        self.assumptions.append(Assumption(name, label, value, low, high, unit, source, status))
        return name


def full_year(names: Names, row: LineRow) -> Formula:
    """Amount of a line in a full year, before overlap: sign x terms x conversions."""
    means = names.lines.inputs.means
    parts = [
        {"x": "{0}", "1-x": "(1-{0})", "x-1": "({0}-1)"}[term.form].format(names.inputs[term.column])
        for term in row.terms
    ]
    parts += [names.conversions[one.label, one.factor] for one in row.conversions]
    value = row.sign * float(row.product(means)[0]) * row.conversion
    return Formula(("-" if row.sign < 0 else "") + "*".join(parts or ["1"]), value)


def due(names: Names, row: LineRow) -> Formula:
    """Which part of the measured effect of a line is due to the approach; 1 where mkba.yaml takes nothing off."""
    text = "*".join(f"(1-{names.inputs[term.column]})" for term in row.terms if term.role == "due")
    return Formula(text or "1", float(row.product(names.lines.inputs.means, "due")[0]))


def discounted_years(names: Names, row: LineRow, alternative: Alternative) -> list[Formula | None]:
    """What each year counts, discounted; None for a year in which the line does nothing."""
    model = names.lines.model
    weights = year_weights(row, alternative, model.horizon_years)
    if not intake(row, alternative, model.horizon_years).any():
        return [None] * model.horizon_years
    left_text, left = _rest(names, row)
    offset = 0.0 if row.line.runs == "once" else OFFSET[model.timing]
    rate = names.rates[row.line.discount_class]
    value_of_rate = next(one.value for one in names.assumptions if one.name == rate)
    found: list[Formula | None] = []
    for year, of_year in enumerate(weights):
        used = [(power, float(weight)) for power, weight in enumerate(of_year) if weight]
        if not used:
            found.append(None)
            continue
        text = "+".join(
            repr(weight) + (f"*{left_text}^{power}" if power and left_text else "") for power, weight in used
        )
        value = sum(weight * left**power for power, weight in used)
        factor = (1.0 + value_of_rate) ** -(year + offset)
        found.append(Formula(f"({text})/(1+{rate})^{year + offset!r}", float(value * factor)))
    return found


def _rest(names: Names, row: LineRow) -> tuple[str, float]:
    """What is left of the difference after one more year."""
    if not row.decay:
        return "", 1.0
    means = names.lines.inputs.means[0]
    text = "*".join(f"(1-{names.inputs[column]})" for column in row.decay)
    return f"({text})", float(np.prod([1.0 - means[column] for column in row.decay]))
