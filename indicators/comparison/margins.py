"""The figures of a comparison of two groups, each with a team jackknife calibrated as that of the plain difference.

The plain difference is linear in the outcomes, so that its calibration is known (`few_teams`); one serves all figures.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from data_contracts.headline import AT_EQUAL_START
from indicators.arrays import Floats, Integers
from indicators.comparison.bounded_scale import on_underlying_scale, over_both
from indicators.comparison.figures import (
    Pairs,
    ancova,
    at_equal_start,
    difference_in_differences,
    doubly_robust,
    weighted,
)
from indicators.effects.few_teams import Inferred, calibration, left_out_weights
from indicators.effects.logistic import fitted_probability
from indicators.effects.team_cells import EXPOSED, UNEXPOSED, TeamCells, team_cells

DIFFERENCE, WEIGHTED, DOUBLY_ROBUST = "effect", "effect_weighted", "effect_doubly_robust"
MEASURES = (DIFFERENCE, AT_EQUAL_START, WEIGHTED, DOUBLY_ROBUST)


@dataclass(frozen=True, slots=True)
class Figures:
    """`of`: measure -> figure with its margin. On a scale that ends, also the two that the difference lies between."""

    of: dict[str, Inferred]
    in_points: float | None = None
    underlying: float | None = None

    @classmethod
    def none(cls, n_teams: int) -> Figures:
        """Of an outcome that is refused."""
        return cls({measure: (np.nan, np.zeros(n_teams), np.nan) for measure in MEASURES})


def difference_weights(cells: TeamCells, multiplicity: Floats) -> Floats:
    """Weights of the mean over exposed minus the mean over unexposed clients of one outcome."""
    weights = multiplicity[:, None, :, None] * cells.weight
    total = weights.sum(axis=(2, 3), keepdims=True)
    signed = weights * np.array([-1.0, 1.0])[:, None, None]
    return np.divide(signed, total, out=np.full_like(signed, np.nan), where=total > 0)


def plain_cells(pairs: Pairs, team: Integers) -> TeamCells:
    """The cells of the change, by which every figure is calibrated."""
    side = np.where(pairs.treated, EXPOSED, UNEXPOSED).astype(np.int8)
    change = (pairs.after - pairs.before)[:, None]
    return team_cells(team, np.zeros_like(team), side, change, np.ones_like(change)).outcome(0)


def jackknife(
    point: Callable[[Pairs, int], Floats], pairs: Pairs, team: Integers, n_teams: int
) -> tuple[Floats, Floats]:
    """`point` (M,) of all pairs, at place 0, and how it moves without each team in turn (J, M), at places 1 and on."""
    everyone = point(pairs, 0)
    deviation = np.zeros((n_teams, everyone.size))
    for place, one in enumerate(np.unique(team), start=1):
        deviation[one] = point(pairs.of(team != one), place) - everyone
    return everyone, deviation


def propensities_of(pairs: Pairs, team: Integers) -> list[Floats]:
    """Of all clients, and then of all outside each team in turn."""
    subsets = [pairs, *(pairs.of(team != one) for one in np.unique(team))]
    return [fitted_probability(subset.background, subset.treated) for subset in subsets]


def figures_of(
    pairs: Pairs, team: Integers, n_teams: int, propensities: Sequence[Floats], *, has_start: bool, ends: bool
) -> Figures:
    """Every figure with its margin; on a scale that `ends` the difference in change is that over both scales."""

    def point(some: Pairs, place: int) -> Floats:
        return np.array(
            [
                difference_in_differences(some),
                ancova(some)[0] if has_start else at_equal_start(some),
                weighted(some, propensities[place]),
                doubly_robust(some, propensities[place]),
                on_underlying_scale(some) if ends else np.nan,
            ]
        )

    points, deviation = jackknife(point, pairs, team, n_teams)
    cells = plain_cells(pairs, team)
    scale, freedom = calibration(*left_out_weights(difference_weights, cells), cells.weight.ravel())
    every = [(float(one), scale * moved, freedom) for one, moved in zip(points, deviation.T, strict=True)]
    of = dict(zip(MEASURES, every[:-1], strict=True))
    if not ends:
        return Figures(of)
    return Figures(of | {DIFFERENCE: over_both(every[0], every[-1])}, float(points[0]), float(points[-1]))
