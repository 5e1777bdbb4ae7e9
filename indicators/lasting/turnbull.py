"""How long a result lasts when a relapse is known to lie between two measurements: Turnbull's estimator, with bounds.

Turnbull 1976, Journal of the Royal Statistical Society B 38:290-295: the distribution under which what was seen is most
likely. It says how much of it lies between two moments, not where: at a moment in between, the share that lasts lies
between two bounds that cannot cross. The figure itself takes the part in between as spread evenly.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indicators.arrays import Floats, Integers
from indicators.lasting.relapse import Spells

# Of the likelihood of one client: less gained in a step, and nothing visible moves any more.
_CLOSE = 1e-10
_SMALLEST = 1e-18
_MOST_STEPS = 2_000


@dataclass(frozen=True, slots=True)
class Lasting:
    """How much of the relapses lies in each stretch (M,) from `after` up to `until`: `mass` (R, M) for R weightings."""

    after: Floats
    until: Floats
    mass: Floats

    def at(self, months: float) -> Floats:
        """(R,) the share that lasts at `months`."""
        length = np.where(np.isfinite(self.until), self.until - self.after, np.inf)
        return 1 - self.mass @ np.clip((months - self.after) / length, 0, 1)

    def bounds(self, months: float) -> tuple[Floats, Floats]:
        """(R,) each: the lowest and the highest share that lasts, wherever in its stretch a relapse may lie."""
        return 1 - self.mass @ (self.after < months), 1 - self.mass @ (self.until <= months)


def between_measurements(found: Spells) -> tuple[Floats, Floats]:
    """(N,) whole months after which, and up to which, a relapse came; without end where none was seen."""
    after = found.last_good.round()
    return after, np.where(found.relapsed, np.maximum(found.first_bad.round(), after + 1), np.inf)


def turnbull(after: Floats, until: Floats, weights: Floats | None = None) -> Lasting:
    """The estimate for clients (N,), for each row of `weights` (R, N), how often each client counts; once by default.

    By the self-consistent steps of Turnbull, accelerated (Varadhan and Roland 2008, Scandinavian Journal of Statistics
    35:335-353) and never less likely than the plain step. Clients with equal moments are taken together.
    """
    pairs, which = np.unique(np.column_stack([after, until]), axis=0, return_inverse=True)
    weights = np.ones((1, after.size)) if weights is None else weights
    counts = np.zeros((len(weights), len(pairs)))
    np.add.at(counts.T, which.ravel(), weights.T)
    counts /= counts.sum(axis=1, keepdims=True)
    # Leaving out one of several clients with equal moments gives one answer.
    counts, row = np.unique(counts, axis=0, return_inverse=True)
    starts, ends = _stretches(pairs[:, 0], pairs[:, 1])
    inside = ((pairs[:, :1] <= starts) & (ends <= pairs[:, 1:])).astype(np.float64)
    return Lasting(starts, ends, _most_likely(counts, inside)[row.ravel()])


def _stretches(after: Floats, until: Floats) -> tuple[Floats, Floats]:
    """The stretches that can hold a relapse: from a beginning to the next end, without another beginning between."""
    moment = np.concatenate([after, until])
    # At one moment an end comes before a beginning: a client who relapsed by then did so before another's began.
    is_start = np.repeat([1, 0], [after.size, until.size])
    order = np.lexsort([is_start, moment])
    moment, is_start = moment[order], is_start[order]
    held = np.flatnonzero((is_start[:-1] == 1) & (is_start[1:] == 0))
    return moment[held], moment[held + 1]


def _most_likely(counts: Floats, inside: Floats) -> Floats:
    mass = np.full((len(counts), inside.shape[1]), 1 / inside.shape[1])
    reached = _likelihood(mass, counts, inside)
    for _ in range(_MOST_STEPS):
        once = _step(mass, counts, inside)
        twice = _step(once, counts, inside)
        first, bend = once - mass, twice - 2 * once + mass
        size = np.sqrt((bend**2).sum(axis=1, keepdims=True))
        length = np.sqrt((first**2).sum(axis=1, keepdims=True)) / np.where(size > 0, size, np.inf)
        length = np.maximum(length, 1.0)
        leap = np.maximum(mass + 2 * length * first + length**2 * bend, _SMALLEST)
        leap = _step(leap / leap.sum(axis=1, keepdims=True), counts, inside)
        of_leap, of_steps = _likelihood(leap, counts, inside), _likelihood(twice, counts, inside)
        mass = np.where((of_leap > of_steps)[:, None], leap, twice)
        before, reached = reached, np.maximum(of_leap, of_steps)
        if (reached - before).max() < _CLOSE:
            break
    return mass


def _step(mass: Floats, counts: Floats, inside: Floats) -> Floats:
    seen = mass @ inside.T
    ratio = np.divide(counts, seen, out=np.zeros_like(seen), where=counts > 0)
    return np.asarray(mass * (ratio @ inside))


def _likelihood(mass: Floats, counts: Floats, inside: Floats) -> Floats:
    seen = mass @ inside.T
    return np.asarray((counts * np.log(np.where(counts > 0, seen, 1.0))).sum(axis=1))


def left_out(unit: Integers) -> Floats:
    """(U, N) weightings that leave out one unit each."""
    return (np.unique(unit)[:, None] != unit).astype(np.float64)
