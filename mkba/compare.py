"""Why the outcome of two runs differs: Shapley values over price, index, rate, volume, effect and method.

Each group gets the average of what switching it adds over all orders in which the groups can be switched, so the parts
add up to the whole difference whatever the order, to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial

from mkba.balance import net_present_values
from mkba.binding import line_table
from mkba.effects import Released
from mkba.model import Mkba
from mkba.overlap import overlap_shares
from mkba.packs import Packs

GROUPS = ("price", "index", "rate", "volume", "effect", "method")
LABELS = {
    "before": "vorige uitkomst",
    "price": "prijzen",
    "index": "prijspeil en index",
    "rate": "discontovoet",
    "volume": "aantallen en kosten",
    "effect": "gemeten effecten",
    "method": "regels en methode (mkba.yaml)",
    "after": "deze uitkomst",
}
Chosen = frozenset[str]


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that one outcome was computed from."""

    model: Mkba
    packs: Packs
    released: Released


@dataclass(frozen=True, slots=True)
class Difference:
    """Outcome before and after at the mean vector, and what each group adds, in whole cents."""

    before: float
    after: float
    parts: dict[str, float]


def difference(before: Run, after: Run, alternative: str) -> Difference:
    """What each group adds to the change of one alternative that both runs have; KeyError when one has not."""
    worth = {
        frozenset(chosen): _outcome(before, after, frozenset(chosen), alternative)
        for size in range(len(GROUPS) + 1)
        for chosen in combinations(GROUPS, size)
    }
    first, last = worth[frozenset()], worth[frozenset(GROUPS)]
    return Difference(round(first, 2), round(last, 2), _to_the_cent(shapley(worth), round(first, 2), round(last, 2)))


def shapley(worth: dict[Chosen, float]) -> dict[str, float]:
    """Shapley value of every member, from the worth of every set of members."""
    everyone = max(worth, key=len)
    n = len(everyone)
    values = dict.fromkeys(sorted(everyone), 0.0)
    for chosen, value in worth.items():
        for one in everyone - chosen:
            weight = factorial(len(chosen)) * factorial(n - len(chosen) - 1) / factorial(n)
            values[one] += weight * (worth[chosen | {one}] - value)
    return values


def _to_the_cent(parts: dict[str, float], first: float, last: float) -> dict[str, float]:
    """Parts in whole cents that add up to the rounded difference; what rounding leaves goes to the largest."""
    rounded = {name: round(parts[name], 2) for name in GROUPS}
    largest = max(GROUPS, key=lambda name: abs(parts[name]))
    rounded[largest] = round(rounded[largest] + (last - first) - sum(rounded.values()), 2)
    return rounded


def _outcome(before: Run, after: Run, chosen: Chosen, alternative: str) -> float:
    """Outcome at the mean vector with the chosen groups from `after` and the others from `before`."""
    side = {group: after if group in chosen else before for group in GROUPS}
    method = side["method"].model
    price, index, rate = side["price"].model, side["index"].model, side["rate"].model
    model = method.model_copy(
        update={
            "prices": _prices(price, method),
            "price_lists": _first(price.price_lists, method.price_lists),
            "price_index": index.price_index,
            "price_year": index.price_year,
            "discount": rate.discount,
            "volume": side["volume"].model.volume,
        }
    )
    packs = replace(
        side["method"].packs,
        price_lists=side["method"].packs.price_lists | side["price"].packs.price_lists,
        index=side["method"].packs.index | side["index"].packs.index,
        discount=side["method"].packs.discount | side["rate"].packs.discount,
    )
    released = Released(side["effect"].released.effects, side["volume"].released.totals)
    table = line_table(model, packs, released)
    found = {one.id: one for one in model.alternatives}[alternative]
    shares = overlap_shares(table, found)
    return float(net_present_values(table, table.inputs.means, found, shares)[0])


def _prices(price: Mkba, method: Mkba) -> list[object]:
    """Prices of one run; a price that only the other run has keeps its line computable."""
    known = {one.id for one in price.prices}
    return [*price.prices, *(one for one in method.prices if one.id not in known)]


def _first(wanted: list[str], others: list[str]) -> list[str]:
    return [*wanted, *(name for name in others if name not in wanted)]
