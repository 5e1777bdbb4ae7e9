"""The draws of one analysis in the light of what its study declared beforehand, or why there is no such light."""

from __future__ import annotations

from dataclasses import dataclass

from mkba.arrays import Array
from mkba.binding.beforehand import parts_of, place_of
from mkba.binding.effects import Effects
from mkba.binding.line_table import LineTable
from mkba.inputs.beforehand import Beforehand
from mkba.uncertainty.beforehand import LEAST_CARRIED, Refusal, Weights, carried, weights
from mkba.wording import difference, number

_REFUSED: dict[Refusal, str] = {
    "contradicts": (
        "wat hier is gemeten en wat elders is gevonden spreken elkaar tegen. Klopten ze allebei, dan kwam zo'n meting "
        "bij minder dan 1 op de 100 gemeenten voor. Zoek eerst uit waarom dat is"
    ),
    "too_few": "wat elders is gevonden is zo precies dat er te weinig trekkingen van deze meting bij passen",
}
_NOT_CARRIED = "de regels met een prijs dragen te weinig van deze uitkomst"


@dataclass(frozen=True, slots=True)
class Light:
    """What was known, in words; and the weight of every draw, or `because`: why there is no chance in this light."""

    source: str
    about: str
    because: str | None = None
    weights: Weights | None = None


def light(known: Beforehand, table: LineTable, effects: Effects, inputs: Array) -> Light:
    """The weights of the draws `inputs` when this was known beforehand."""
    place = place_of(known, effects)
    if isinstance(place, str):
        return Light(known.source, "", place)
    factor, effect = _to_their_year(known, table), effects.effects[place]
    about = _about(known, f"{effect.unit}/{effect.per}")
    outcome = carried(table.inputs, inputs, parts_of(place, effects))
    if outcome.share < LEAST_CARRIED:
        return Light(known.source, about, _NOT_CARRIED)
    found = weights(outcome, known.mean * factor, known.spread * factor)
    refusal = found.refusal()
    return Light(known.source, about, _REFUSED[refusal]) if refusal else Light(known.source, about, None, found)


def _to_their_year(known: Beforehand, table: LineTable) -> float:
    """From euros of the year of what was known to those of the measured figure."""
    theirs = next(row.line.quantity.price_year for row in table.rows if known.is_carried_by(row.line))
    if known.price_year is None or theirs is None:
        return 1.0
    return table.packs.index[table.model.price_index].factor(known.price_year, theirs)


def _about(known: Beforehand, unit: str) -> str:
    """'80 euro per cliënt minder, met een spreiding van 120'."""
    return f"{difference(known.mean, unit)}, met een spreiding van {number(known.spread)}"
