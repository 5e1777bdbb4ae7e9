"""What was known elsewhere about one effect, and the draws in its light.

The draws hold every size of effect as equally likely beforehand. Weighed by the density of what was known, at the
effect that was drawn, they are draws in the light of both (importance weights): exact for one normal, whatever the
balance does with the effect. Nothing is drawn anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from data_contracts.vocabulary.certainty import Z_95
from mkba.arrays import Array
from mkba.draws.joint import InputModel

Refusal = Literal["contradicts", "too_few"]
# With fewer, a chance has a simulation error of more than 2.5 points.
FEWEST_EFFECTIVE = 400
# What was measured would occur in so few of the municipalities that what was known allows: they contradict each other.
RARE = 0.01
# Lines that carry less of the variance of an outcome say too little of it, and it of them.
LEAST_CARRIED = 0.5


@dataclass(frozen=True, slots=True)
class Carried:
    """One outcome as the draws know it: `drawn` (n_draws,), give or take `left` (an sd), which no line carries.

    `share` of its variance is carried by the effects that lines rest on; 1 where all of it is drawn.
    """

    drawn: Array
    left: float
    share: float


@dataclass(frozen=True, slots=True)
class Weights:
    """`shares` (n_draws,) add up to 1 and are worth `effective` draws (Kish).

    `surprise` is how far the measured figure lies from what was known, in standard deviations of both together.
    """

    shares: Array
    effective: float
    surprise: float

    def refusal(self, worth: float = 1.0) -> Refusal | None:
        """Why there is no chance in this light; `worth`: how many draws each of these stands for."""
        if 2 * special.ndtr(-abs(self.surprise)) < RARE:
            return "contradicts"
        return "too_few" if self.effective * worth < FEWEST_EFFECTIVE else None


def carried(model: InputModel, inputs: Array, parts: Sequence[int]) -> Carried:
    """The sum of the released effects at `parts`, in each row of `inputs` (n_draws, n_inputs).

    A part that no line rests on is the regression on all that are drawn, by their released covariance.
    """
    columns = {one.effect: at for at, one in enumerate(model.inputs) if one.effect is not None}
    drawn = np.zeros(len(inputs))
    for at in parts:
        drawn += _on_own_scale(model, inputs, columns[at], at) if at in columns else model.effect_mean[at]
    others = [at for at in parts if at not in columns]
    if not others:
        return Carried(drawn, 0.0, 1.0)
    sd, known = np.sqrt(np.diag(model.effect_covariance)), [at for at in columns if model.effect_covariance[at, at] > 0]
    correlation = model.effect_covariance[np.ix_(known, known)] / np.outer(sd[known], sd[known])
    beside = model.effect_covariance[np.ix_(known, others)].sum(axis=1) / sd[known]
    # Released correlations are rounded, and with few teams of low rank.
    slopes = np.linalg.pinv(correlation, rcond=1e-6, hermitian=True) @ beside
    for at, slope in zip(known, slopes / sd[known], strict=True):
        drawn += slope * (_on_own_scale(model, inputs, columns[at], at) - model.effect_mean[at])
    of_others = float(model.effect_covariance[np.ix_(others, others)].sum())
    total = float(model.effect_covariance[np.ix_(parts, parts)].sum())
    left = max(of_others - float(slopes @ beside), 0.0)
    return Carried(drawn, float(np.sqrt(left)), 1 - left / total if total > 0 else 0.0)


def _on_own_scale(model: InputModel, inputs: Array, column: int, place: int) -> Array:
    values = inputs[:, column]
    return np.log(values) if model.is_log[place] else values


def weights(found: Carried, mean: float, spread: float) -> Weights:
    """The weight of each draw when the true effect of a next municipality was known as normal (`mean`, `spread`)."""
    distance = (found.drawn - mean) ** 2 / (2 * (spread**2 + found.left**2))
    density = np.exp(distance.min() - distance)
    shares = density / density.sum()
    low, middle, high = np.quantile(found.drawn, (0.025, 0.5, 0.975))
    both = np.sqrt(((high - low) / (2 * Z_95)) ** 2 + found.left**2 + spread**2)
    return Weights(shares, float(1 / (shares @ shares)), float((middle - mean) / both))


def chance_of_gain(npv: Array, weighing: Array) -> float:
    """The weighted share of draws with a positive balance."""
    return float(weighing[npv > 0].sum())


def quantiles(values: Array, weighing: Array, probabilities: Sequence[float]) -> Array:
    """Weighted quantiles: each draw stands in the middle of its own weight."""
    order = np.argsort(values)
    below = np.cumsum(weighing[order]) - weighing[order] / 2
    return np.asarray(np.interp(probabilities, below, values[order]), dtype=np.float64)
