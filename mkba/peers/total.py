"""The own total of a balance that came from a workbook, beside what that workbook says of itself."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mkba.inputs.model import Mkba
from mkba.peers.lines import LeftOut
from mkba.peers.stated import Stated

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Beside:
    """One total: as the balance gives it, as the workbook states it, and the euros of what was left out of it."""

    what: str
    own: Decimal
    stated: Stated | None
    left_out: Decimal

    @property
    def difference(self) -> Decimal | None:
        """What the workbook says more than the balance."""
        return None if self.stated is None else self.stated.amount.quantize(_CENT) - self.own

    @property
    def unexplained(self) -> Decimal | None:
        """The part of the difference that does not lie in what was left out."""
        return None if self.difference is None else self.difference - self.left_out


def own_totals(model: Mkba) -> dict[str, Decimal]:
    """Costs, benefits and balance of a balance of declared numbers, in euros as they stand, not discounted."""
    found = {"costs": Decimal(0), "benefits": Decimal(0)}
    for line in model.lines:
        price = model.price(line.price) if line.price else None
        if line.quantity.kind != "declared" or (line.is_pm and price is None):
            continue
        numbers = [line.quantity.value, *(one.value for one in line.factors), price.value if price else 1.0]
        amount = math.prod((Decimal(repr(one)) for one in numbers), start=Decimal(line.duration_years))
        found["costs" if line.role == "outlay" else "benefits"] += amount
    rounded = {what: amount.quantize(_CENT) for what, amount in found.items()}
    return rounded | {"net": (found["benefits"] - found["costs"]).quantize(_CENT)}


def beside(model: Mkba, stated: Mapping[str, Stated], left_out: tuple[LeftOut, ...]) -> list[Beside]:
    """Each total of the balance beside that of the workbook."""
    known = [(one.is_cost, one.amount) for one in left_out if one.amount is not None]
    costs = sum((amount for is_cost, amount in known if is_cost), Decimal(0)).quantize(_CENT)
    benefits = sum((amount for is_cost, amount in known if not is_cost), Decimal(0)).quantize(_CENT)
    parts = {"costs": costs, "benefits": benefits, "net": benefits - costs}
    return [Beside(what, own, stated.get(what), parts[what]) for what, own in own_totals(model).items()]
