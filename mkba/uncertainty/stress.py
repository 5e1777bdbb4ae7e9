"""Tests that every outcome goes through: what if reality is less kind than the analysis?

Each test changes one thing and runs over the same draws, so a difference is no noise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from mkba.arrays import Array
from mkba.balance.balance import balance, net_present_values, welfare_signs
from mkba.balance.discounting import yearly_factors
from mkba.balance.gradient import effect_gradient
from mkba.balance.overlap import overlap_shares
from mkba.binding.line_table import LineRow, LineTable
from mkba.inputs.model import Alternative
from mkba.inputs.packs import StressTests

ALPHAS = {
    0.0: "van elke groep telt alleen de grootste",
    0.5: "de grootste telt heel, de andere half",
    1.0: "alle tellen heel",
}
RATE_STEPS = (-0.01, 0.01)
HORIZONS = (0.5, 2.0)
LONGEST = 200
HALF_A_CENT = 0.005


@dataclass(frozen=True, slots=True)
class Stressed:
    """One test: the outcome draw by draw, or None when what it needs was not released."""

    test: str
    setting: str
    label: str
    npv: Array | None
    source: str


def stress_tests(table: LineTable, inputs: Array, alternative: Alternative, overlap: Array) -> list[Stressed]:
    """Every test that can move the outcome of an alternative, and those for which a number is missing.

    Without groups nothing overlaps, and a longer horizon than any line lasts is no test: a row that says "no
    difference" would read as robust.
    """
    pack = table.packs.stress[table.model.stress_tests]
    base = net_present_values(table, inputs, alternative, overlap)
    found = [
        *_induced_demand(table, inputs, alternative, overlap, pack),
        *_optimism(table, inputs, alternative, overlap, pack),
        *_drift(table, inputs, alternative, overlap),
        *_horizons(table, inputs, alternative, overlap),
        *_rates(table, inputs, alternative, overlap),
        *_overlaps(table, inputs, alternative),
    ]
    return [one for one in found if one.npv is None or _moves(one.npv, base)]


def _moves(values: Array, base: Array) -> bool:
    """By half a cent in any draw: what adds up in another order differs by less."""
    return bool(np.abs(values - base).max() >= HALF_A_CENT)


def _induced_demand(
    table: LineTable, inputs: Array, alternative: Alternative, overlap: Array, pack: StressTests
) -> Iterator[Stressed]:
    """The approach also brings new demand: a share of today's cost per client-year on top, every year it runs."""
    base = net_present_values(table, inputs, alternative, overlap)
    level = table.baseline
    clients = table.volumes["client_year"]
    years = min(alternative.years, table.model.horizon_years)
    factors = yearly_factors(years, table.standard_rate, table.model.timing).sum() if years else 0.0
    for one in pack.induced_demand:
        if level is None or clients is None:
            missing = f"{one.label}: niet te rekenen, de kosten van voorzieningen per cliëntjaar zijn niet vrijgegeven"
            yield Stressed("induced_demand", one.id, missing, None, one.source)
        else:
            extra = one.share * inputs[:, level.column] * level.conversion * inputs[:, clients] * factors
            yield Stressed("induced_demand", one.id, f"{one.label}: +{one.share:.0%}", base - extra, one.source)


def _gains(table: LineTable, alternative: Alternative, overlap: Array) -> list[LineRow]:
    """The lines that are a benefit at the mean, as for overlap."""
    at_mean = balance(table, table.inputs.means, alternative, overlap).line_pv[0] * welfare_signs(table)
    return [row for row, gain in zip(table.rows, at_mean, strict=True) if gain > 0]


def _drift(table: LineTable, inputs: Array, alternative: Alternative, overlap: Array) -> Iterator[Stressed]:
    """Teams were already moving apart, as far as the check before the start cannot exclude, under all benefits at once.

    What was found of it moves every benefit whole. The margins around that do not add up: they are laid together as the
    errors of the effects hang together, as with the drift in doubt (decision 75). A loss stays as it was measured.
    """
    moved, drifts = inputs.copy(order="F"), _drifts(table, alternative, overlap)
    share = _of_their_sum(table, {place: margin for place, (_, _, margin) in drifts.items()})
    for column, seen, margin in drifts.values():
        moved[:, column] = inputs[:, column] + seen + share * margin
    label = "de scheefgroei vóór de start die de toets niet kan uitsluiten, bij alle baten tegelijk"
    values = net_present_values(table, moved, alternative, overlap)
    yield Stressed("drift", "not_excluded", label, values, "het einde van de marge van de toets op scheefgroei")


def _drifts(table: LineTable, alternative: Alternative, overlap: Array) -> dict[int, tuple[int, float, float]]:
    """Place of each effect under a benefit -> its column, the drift that was found, and the margin around that."""
    found: dict[int, tuple[int, float, float]] = {}
    for row in _gains(table, alternative, overlap):
        column = next((term.column for term in row.terms if term.role == "change"), None)
        place = None if column is None else table.inputs.inputs[column].effect
        if row.effect is None or column is None or place is None or not np.isfinite(row.effect.under_drift):
            continue
        furthest = row.effect.under_drift - row.effect.mean
        # A drift that nobody can tell apart from its margin is all margin.
        seen = row.effect.drift_seen if np.isfinite(row.effect.drift_seen) else 0.0
        found[place] = column, seen, furthest - seen
    return found


def _of_their_sum(table: LineTable, margins: dict[int, float]) -> float:
    """The share of its own margin that each drift takes, so that together they take the margin of their sum."""
    gradient, covariance = effect_gradient(table), table.inputs.effect_covariance
    sd = np.sqrt(np.diag(covariance))
    weight = np.zeros(len(gradient))
    for place, margin in margins.items():
        weight[place] = gradient[place] * abs(margin)
    apart = float(np.abs(weight).sum())
    scaled = np.divide(weight, sd, out=np.zeros_like(weight), where=sd > 0)
    together = math.sqrt(max(float(scaled @ covariance @ scaled), 0.0))
    return together / apart if apart > 0 else 1.0


def _optimism(
    table: LineTable, inputs: Array, alternative: Alternative, overlap: Array, pack: StressTests
) -> Iterator[Stressed]:
    """Benefits cut by the strength of their evidence."""
    gains = {row.line.id for row in _gains(table, alternative, overlap)}
    kept = np.array([1.0 - _cut(row, pack) if row.line.id in gains else 1.0 for row in table.rows])
    cut = net_present_values(table, inputs, alternative, overlap * kept)
    label = "baten gekort naar de sterkte van het bewijs"
    yield Stressed("optimism", "by_evidence", label, cut, pack.optimism.source)


def _cut(row: LineRow, pack: StressTests) -> float:
    if row.line.role == "outlay":
        return 0.0
    if row.effect is not None:
        return pack.optimism.stamps.get(row.effect.stamp, 0.0)
    return pack.optimism.evidence.get(row.line.evidence, 0.0)


def _horizons(table: LineTable, inputs: Array, alternative: Alternative, overlap: Array) -> Iterator[Stressed]:
    for factor in HORIZONS:
        years = min(max(1, round(table.model.horizon_years * factor)), LONGEST)
        other = replace(table, model=table.model.model_copy(update={"horizon_years": years}))
        values = net_present_values(other, inputs, alternative, overlap)
        yield Stressed("horizon", f"{years}_years", f"horizon van {years} jaar", values, "vaste proef")


def _rates(table: LineTable, inputs: Array, alternative: Alternative, overlap: Array) -> Iterator[Stressed]:
    schedule = table.packs.discount[table.model.discount]
    for step in RATE_STEPS:
        classes = {name: rate + step for name, rate in schedule.classes.items()}
        shifted = schedule.model_copy(update={"classes": classes})
        values = net_present_values(_with_discount(table, shifted.id, classes), inputs, alternative, overlap)
        label = f"discontovoet 1 procentpunt {'hoger' if step > 0 else 'lager'}"
        yield Stressed("discount", f"{step:+.2f}", label, values, schedule.source)
    for name, other in sorted(table.packs.discount.items()):
        if name != schedule.id:
            classes = {key: other.classes.get(key, other.classes["standard"]) for key in schedule.classes}
            values = net_present_values(_with_discount(table, schedule.id, classes), inputs, alternative, overlap)
            yield Stressed("discount", name, other.label, values, other.source)


def _with_discount(table: LineTable, name: str, classes: dict[str, float]) -> LineTable:
    schedule = table.packs.discount[name].model_copy(update={"classes": classes})
    packs = replace(table.packs, discount=table.packs.discount | {name: schedule})
    return replace(table, packs=packs)


def _overlaps(table: LineTable, inputs: Array, alternative: Alternative) -> Iterator[Stressed]:
    for alpha, words in ALPHAS.items():
        shares = overlap_shares(table, alternative, alpha)
        values = net_present_values(table, inputs, alternative, shares)
        yield Stressed("overlap", f"{alpha:g}", f"baten die overlappen: {words}", values, "vaste proef")
