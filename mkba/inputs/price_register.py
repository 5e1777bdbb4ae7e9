"""Every shipped price with its age, source and status, and what was sought and not found."""

from __future__ import annotations

from dataclasses import dataclass

from mkba.inputs.packs import Packs
from mkba.inputs.prices import Price, PriceList

OLD_AFTER_YEARS = 5


@dataclass(frozen=True, slots=True)
class Listed:
    """One price as it stands in a list that counts now."""

    pack: PriceList
    price: Price
    age_years: int

    @property
    def is_old(self) -> bool:
        """Is the price of so long ago that an index does not save it?"""
        return self.age_years > OLD_AFTER_YEARS


def current_lists(packs: Packs) -> list[PriceList]:
    """Price lists that no newer one replaces, by id."""
    replaced = {one.replaces for one in packs.price_lists.values()}
    return [one for name, one in sorted(packs.price_lists.items()) if name not in replaced]


def listed(packs: Packs, year: int) -> list[Listed]:
    """Every price of the lists that count now, aged in `year`, in the order of the lists."""
    return [Listed(pack, price, year - price.price_year) for pack in current_lists(packs) for price in pack.prices]
