"""Which options give an effect at the lowest price: dominance and incremental ratios (ICER)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Place:
    """Place of one option: 'efficient' with its incremental ratio, or 'dominated' or 'extended' (by a mix)."""

    status: str
    ratio: float | None = None


def frontier(costs: Sequence[float], effects: Sequence[float]) -> list[Place]:
    """The place of every option; the cheapest efficient one has no ratio, having nothing to be compared with."""
    order = sorted(range(len(costs)), key=lambda at: (costs[at], -effects[at]))
    best = float("-inf")
    kept: list[int] = []
    places: list[Place] = [Place("dominated")] * len(costs)
    for at in order:
        if effects[at] > best:
            best = effects[at]
            kept.append(at)
    while True:
        ratios = [_ratio(costs, effects, *pair) for pair in pairwise(kept)]
        worse = next((i for i in range(1, len(ratios)) if ratios[i] <= ratios[i - 1]), None)
        if worse is None:
            break
        places[kept.pop(worse)] = Place("extended")
    for step, at in enumerate(kept):
        places[at] = Place("efficient", ratios[step - 1] if step else None)
    return places


def _ratio(costs: Sequence[float], effects: Sequence[float], first: int, second: int) -> float:
    return (costs[second] - costs[first]) / (effects[second] - effects[first])
