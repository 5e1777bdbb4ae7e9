"""A what-if: the same analysis with other effects, prices, years, discount rate or agreements about cashing in.

The inputs change, never the computing, so that everything at its own value gives the balance of the report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

from mkba.binding.effects import Effects, Released
from mkba.inputs.line_model import Line
from mkba.inputs.model import Mkba
from mkba.inputs.packs import Packs
from mkba.inputs.spread import Spread

Number = TypeVar("Number", bound=Spread)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How much of each is taken: 1 is as in the study. `years` is how long alternatives go on, None as in the study;
    `discount` is added to every rate, in percentage points.
    """

    effect: float = 1.0
    price: float = 1.0
    years: int | None = None
    discount: float = 0.0
    cashed: float = 1.0


def changed(model: Mkba, packs: Packs, released: Released, what: WhatIf) -> tuple[Mkba, Packs, Released]:
    """What `appraise` takes, with the changes in it."""
    return _model(model, what), _packs(packs, model, what), _released(released, what)


def _model(model: Mkba, what: WhatIf) -> Mkba:
    alternatives = [
        one.model_copy(update={"years": what.years}) if what.years is not None and one.years else one
        for one in model.alternatives
    ]
    lines = [_line(one, what.cashed) for one in model.lines]
    prices = [_times(one, what.price) for one in model.prices]
    return model.model_copy(update={"alternatives": alternatives, "lines": lines, "prices": prices})


def _line(line: Line, cashed: float) -> Line:
    if line.cashing is None:
        return line
    share = min(1.0, line.cashing.share * cashed)
    return line.model_copy(update={"cashing": line.cashing.model_copy(update={"share": share})})


def _packs(packs: Packs, model: Mkba, what: WhatIf) -> Packs:
    schedule = packs.discount[model.discount]
    rates = {name: rate + what.discount / 100 for name, rate in schedule.classes.items()}
    lists = {
        name: one.model_copy(update={"prices": [_times(price, what.price) for price in one.prices]})
        for name, one in packs.price_lists.items()
    }
    discount = {**packs.discount, model.discount: schedule.model_copy(update={"classes": rates})}
    return replace(packs, discount=discount, price_lists=lists)


def _released(released: Released, what: WhatIf) -> Released:
    """Every effect times the same number, with its margin; the totals are what was counted and stay."""
    effects = tuple(replace(one, mean=one.mean * what.effect) for one in released.effects.effects)
    return replace(released, effects=Effects(effects, released.effects.covariance * what.effect**2))


def _times(price: Number, factor: float) -> Number:
    ends = {"low": price.low, "high": price.high}
    moved = {name: end * factor for name, end in ends.items() if end is not None}
    return price.model_copy(update={"value": price.value * factor, **moved})
