"""Beside design D: one municipality against a mix of others that followed the same course before the start.

The mix has weights of at least zero that sum to one, and lies as near as possible to the own line before the start
(Abadie, Diamond and Hainmueller 2010, without predictors: the earlier outcomes count, equally). Each line is first
taken from its own mean before the start (Doudchenko and Imbens 2016; Ferman and Pinto 2021): others must share the
course, not the level. Every other municipality is then treated as if it had started, the own one among its donors.
Where nothing happened, the own municipality is then as likely to stand out as any other, so that the p-value is exact.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from indicators.arrays import Flags, Floats, Integers

MIN_DONORS = 10
MIN_BEFORE = 8
# Worse than so many times the middle fit of all municipalities, and the past was not imitated.
WORST_FIT = 2.0
_EXACT_FIT = 1e-6
TOO_EXACT = (
    "De nagebootste lijn past vóór de start volmaakt. Dat komt doordat er te veel gemeenten zijn voor te weinig "
    "perioden, of doordat een gemeente er dubbel in zit. Zo'n lijn zegt niets over daarna."
)
TOO_POOR = (
    "Geen mengsel van de andere gemeenten volgt de lijn van deze gemeente vóór de start goed genoeg. Het zit er veel "
    "verder naast dan bij de andere gemeenten."
)


@dataclass(frozen=True, slots=True)
class Imitation:
    """The own municipality (column 0) and its J donors, each imitated by all others.

    `imitated` (T, J + 1) are the lines to compare with, each on the level of its own municipality; `weights` (J,) make
    the own one. `error_before` and `error_after` (J + 1,) are root mean squared gaps. `is_compared` (J + 1,) tells
    whose past was imitated well enough, and not exactly, by one rule for all; `refused_because` why the own one was
    not. `effect` is the mean own gap after the start; `lowest` and `highest` are its ends when each donor with weight
    is left out in turn.
    """

    imitated: Floats
    weights: Floats
    error_before: Floats
    error_after: Floats
    is_compared: Flags
    effect: float
    lowest: float
    highest: float
    refused_because: str | None

    @property
    def n_placebos(self) -> int:
        """Donors whose past was imitated well enough to compare with."""
        return int(self.is_compared[1:].sum())

    @property
    def n_as_large(self) -> int:
        """Placebos that moved from their imitation at least as much as the own municipality, for how well it fitted."""
        ratio = self.error_after[self.is_compared] / self.error_before[self.is_compared]
        return int((ratio[1:] >= ratio[0]).sum())

    @property
    def p_value(self) -> float:
        """Share of the compared municipalities, the own one included, that moved at least as much."""
        return (1 + self.n_as_large) / (1 + self.n_placebos)


def refusal(n_donors: int, n_before: int, n_after: int) -> str | None:
    """Why these series cannot carry a comparison, in words for the report; None when they can."""
    if n_donors < MIN_DONORS:
        return f"Er zijn {n_donors} andere gemeenten met een volledige reeks; minstens {MIN_DONORS} zijn nodig."
    if n_before < MIN_BEFORE:
        return f"Er zijn {n_before} perioden vóór de start; minstens {MIN_BEFORE} zijn nodig."
    return None if n_after else "Er is nog geen hele periode na de start."


def imitation(values: Floats, n_before: int) -> Imitation:
    """The imitation of every column of `values` (T, J + 1) by the others; the first is the own municipality."""
    shape = values - values[:n_before].mean(axis=0)
    units = np.arange(values.shape[1])
    gaps = np.column_stack([_gap(shape, one, np.delete(units, one), n_before) for one in range(units.size)])
    before, after = (np.sqrt((part**2).mean(axis=0)) for part in (gaps[:n_before], gaps[n_before:]))
    fits = before > _EXACT_FIT * np.sqrt((shape[:n_before] ** 2).mean())
    middle = np.median(before[fits]) if fits.any() else 0.0
    weights = donor_weights(shape[:n_before, 0], shape[:n_before, 1:])
    without = [_gap(shape, 0, units[(units != 0) & (units != one)], n_before) for one in 1 + np.flatnonzero(weights)]
    effects = [float(gap[n_before:].mean()) for gap in (gaps[:, 0], *without)]
    is_compared = fits & (before <= WORST_FIT * middle)
    because = None if is_compared[0] else TOO_POOR if fits[0] else TOO_EXACT
    return Imitation(
        imitated=values - gaps,
        weights=weights,
        error_before=before,
        error_after=after,
        is_compared=is_compared,
        effect=effects[0],
        lowest=min(effects),
        highest=max(effects),
        refused_because=because if fits.mean() > 0.5 else TOO_EXACT,
    )


def donor_weights(own: Floats, donors: Floats) -> Floats:
    """(J,) weights of at least 0 with sum 1 that bring `donors` (T, J) nearest to `own` (T,) by least squares.

    The nearest point to the origin in the hull of the differences D. Non-negative u that minimise
    |D u|^2 + (sum(u) - 1)^2 are a multiple of these weights, so that Lawson and Hanson's method finds them exactly.
    """
    apart = donors - own[:, None]
    size = np.abs(apart).max() or 1.0
    system = np.vstack([apart / size, np.ones(donors.shape[1])])
    found, _ = optimize.nnls(system, np.append(np.zeros(own.size), 1.0))
    return np.asarray(found / found.sum())


def _gap(shape: Floats, unit: int, donors: Integers, n_before: int) -> Floats:
    """(T,) one municipality minus its imitation by `donors`, both from their own mean before the start."""
    weights = donor_weights(shape[:n_before, unit], shape[:n_before, donors])
    return np.asarray(shape[:, unit] - shape[:, donors] @ weights)
