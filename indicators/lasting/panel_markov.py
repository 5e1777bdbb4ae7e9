"""Moves between levels in continuous time, seen only when somebody measures: a panel Markov model.

Kalbfleisch and Lawless (1985), The analysis of panel data under a Markov assumption, JASA 80:863-871; the same
likelihood as R's msm. Clients move to a neighbouring level at constant rates; what was measured at irregular moments
gives the rates. From them follow the time that a client stays at a level, and the expected time at 'voldoende
zelfredzaam' or better in the coming year: the duration that a balance of costs and benefits needs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from indicators.arrays import Flags, Floats, Integers

# A stay under a tenth of the shortest time between two measurements was not seen: the model does not fit.
SHORTEST_STAY = 0.1
# One team that would change a rate by more than a factor of 150 has all there is to know of it.
_LARGEST_SHIFT = 5.0


@dataclass(frozen=True, slots=True)
class LevelModel:
    """Rates (S, S) per unit of time, rows summing to 0; -2 log likelihood; covariance of the log rates of `moves`."""

    rates: Floats
    deviance: float
    covariance: Floats
    moves: Flags

    @property
    def stay(self) -> Floats:
        """(S,) mean time at a level before the next move."""
        return -1 / np.diag(self.rates)

    def expected_time(self, start: Floats, levels: Flags, horizon: float) -> float:
        """Expected time within `horizon` at `levels` (S,), for clients who start at the levels as `start` (S,) says."""
        return float(start @ _time_spent(self.rates, horizon) @ levels)

    def lasting(self, start: Floats, levels: Flags, horizon: float) -> float:
        """Share that has not left `levels` (S,) within `horizon`, of clients who start in them as `start` (S,) says."""
        inside = _exponential(self.rates[np.ix_(levels, levels)], horizon)
        return float(start[levels] @ inside.sum(axis=1))


def level_model(level_from: Integers, level_to: Integers, elapsed: Floats, n_levels: int) -> LevelModel | None:
    """The model by maximum likelihood, from pairs of successive measurements (M,) of levels 0 .. `n_levels` - 1.

    `elapsed` in one unit of time, larger than 0. Pairs with the same elapsed time and levels are counted once. None
    where the measurements cannot tell all rates: they would be infinite, or nothing follows from them.
    """
    try:
        with np.errstate(over="raise", divide="raise", invalid="raise"):
            model = _fitted(level_from, level_to, elapsed, n_levels)
    except (FloatingPointError, np.linalg.LinAlgError):
        return None
    is_sure = bool((np.linalg.eigvalsh(model.covariance) > 0).all())
    return model if is_sure and model.stay.min() >= SHORTEST_STAY * elapsed.min() else None


def _fitted(level_from: Integers, level_to: Integers, elapsed: Floats, n_levels: int) -> LevelModel:
    moves = np.abs(np.subtract.outer(np.arange(n_levels), np.arange(n_levels))) == 1
    counts, waits = _counted(level_from, level_to, elapsed, n_levels)
    start = np.log(_crude_rates(counts, waits)[moves])
    fit = optimize.minimize(_deviance_and_slope, start, args=(counts, waits, moves), jac=True, method="BFGS")
    hessian = _curvature(fit.x, counts, waits, moves)
    return LevelModel(_rates(fit.x, moves), float(fit.fun), np.asarray(2 * np.linalg.inv(hessian)), moves)


def without_each(
    model: LevelModel, level_from: Integers, level_to: Integers, elapsed: Floats, unit: Integers
) -> list[LevelModel]:
    """The model without the pairs of each `unit` (M,) in turn, to one Newton step: for a jackknife over teams."""
    log_rates = np.log(model.rates[model.moves])
    waits, at = np.unique(elapsed, return_inverse=True)
    probability, change = _probability_and_change(log_rates, waits, model.moves)
    slope = -2 * (change / probability)[:, at, level_from, level_to]
    units, place = np.unique(unit, return_inverse=True)
    per_unit = np.stack([np.bincount(place, one, units.size) for one in slope], axis=1)
    shifted = log_rates + np.clip(per_unit @ model.covariance / 2, -_LARGEST_SHIFT, _LARGEST_SHIFT)
    return [LevelModel(_rates(one, model.moves), model.deviance, model.covariance, model.moves) for one in shifted]


def _counted(level_from: Integers, level_to: Integers, elapsed: Floats, n_levels: int) -> tuple[Floats, Floats]:
    """(W, S, S) pairs per waiting time, and the waiting times (W,)."""
    waits, at = np.unique(elapsed, return_inverse=True)
    counts = np.zeros((waits.size, n_levels, n_levels))
    np.add.at(counts, (at, level_from, level_to), 1.0)
    return counts, waits


def _rates(log_rates: Floats, moves: Flags) -> Floats:
    rates = np.zeros(moves.shape)
    rates[moves] = np.exp(log_rates)
    return rates - np.diag(rates.sum(axis=1))


def _crude_rates(counts: Floats, waits: Floats) -> Floats:
    """Moves seen per unit of time at each level, kept off zero: where the search starts."""
    time = (counts.sum(axis=2) * waits[:, None]).sum(axis=0)
    return (counts.sum(axis=0) + 0.5) / np.maximum(time, waits.min())[:, None]


def _deviance_and_slope(log_rates: Floats, counts: Floats, waits: Floats, moves: Flags) -> tuple[float, Floats]:
    """-2 log likelihood and its gradient."""
    probability, change = _probability_and_change(log_rates, waits, moves)
    slope = -2 * (counts * change / probability).sum(axis=(1, 2, 3))
    return float(-2 * (counts * np.log(probability)).sum()), slope


def _probability_and_change(log_rates: Floats, waits: Floats, moves: Flags) -> tuple[Floats, Floats]:
    """(W, S, S) probabilities over each waiting time, and (P, W, S, S) their derivatives to each log rate.

    One eigendecomposition gives every exponential and, by Daleckii and Krein's formula, every derivative.
    """
    value, back, forth = _decomposed(_rates(log_rates, moves))
    probability = (back * np.exp(waits[:, None] * value)[:, None, :]) @ forth
    row, column = np.argwhere(moves).T
    direction = forth.T[row][:, :, None] * (np.exp(log_rates)[:, None] * (back[column] - back[row]))[:, None, :]
    gap = waits[:, None, None] * np.abs(np.subtract.outer(value, value))
    larger = np.exp(waits[:, None, None] * np.maximum.outer(value, value))
    # The divided difference of exp at two eigenvalues, also where they are nearly equal.
    slope = waits[:, None, None] * larger * np.divide(-np.expm1(-gap), gap, out=np.ones_like(gap), where=gap > 0)
    change = back @ (direction[:, None] * slope) @ forth
    return np.maximum(probability, 1e-300), change


def _curvature(log_rates: Floats, counts: Floats, waits: Floats, moves: Flags) -> Floats:
    """Second derivatives of the deviance, by central differences of its exact gradient."""
    step = 1e-4
    sides = [
        [_deviance_and_slope(log_rates + sign * step * unit, counts, waits, moves)[1] for sign in (1, -1)]
        for unit in np.eye(log_rates.size)
    ]
    hessian = np.array([(up - down) / (2 * step) for up, down in sides])
    return (hessian + hessian.T) / 2


def _time_spent(rates: Floats, horizon: float) -> Floats:
    """(S, S) expected time at each level within `horizon`, by level at the start: the integral of the probabilities."""
    value, back, forth = _decomposed(rates)
    moving = np.abs(value) > 1e-12
    spent = np.divide(np.expm1(value * horizon), value, out=np.full_like(value, horizon), where=moving)
    return np.asarray((back * spent) @ forth)


def _exponential(rates: Floats, time: float) -> Floats:
    value, back, forth = _decomposed(rates)
    return np.asarray((back * np.exp(value * time)) @ forth)


def _decomposed(rates: Floats) -> tuple[Floats, Floats, Floats]:
    """Eigenvalues (S,) and the matrices (S, S) around them: rates = back x values x forth.

    Moves go to a neighbouring level only, so the chain is reversible: scaled by the root of its resting distribution
    its rates are symmetric (Kalbfleisch and Lawless 1985, section 3). Also for some neighbouring levels of a chain.
    """
    up, down = np.diag(rates, 1), np.diag(rates, -1)
    root = np.exp(np.append(0.0, np.cumsum(np.log(up) - np.log(down))) / 2)
    value, vector = np.linalg.eigh(root[:, None] * rates / root)
    return value, vector / root[:, None], vector.T * root
