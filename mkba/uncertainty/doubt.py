"""The outcome with doubt about the design beside the chance in the measurement.

The first margin holds only when the comparison is right and prices and numbers are as declared. Here the same draws get
an unseen drift that pulls all effects one way at once, people who were not measured and may have no effect, numbers of
people that go up or down, and prices without a margin of their own. How wide each is stands in a pack of its own.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import special

from data_contracts.vocabulary.mkba import PriceStatus
from mkba.arrays import Array
from mkba.balance.gradient import effect_gradient
from mkba.binding.line_table import LineTable
from mkba.draws.joint import normal_scores
from mkba.inputs.packs import Doubt

_OWN_STREAM = 1  # beside the draws of the inputs, from the same seed


def doubted(table: LineTable, inputs: Array, seed: int, n_randomisations: int) -> Array:
    """`inputs` (n_draws, n_inputs) with doubt about the design on top; the same seed gives the same bytes."""
    pack = table.packs.doubt[table.model.doubt]
    prices = [
        at for at, one in enumerate(table.inputs.inputs) if one.group == "price" and not table.inputs.is_uncertain[at]
    ]
    per_block = len(inputs) // n_randomisations
    scores = normal_scores(3 + len(prices), per_block, (seed, _OWN_STREAM), n_randomisations)
    _shuffle_blocks(scores, per_block, seed)
    found = inputs.copy(order="F")
    _doubt_effects(table, found, pack, scores)
    around = _around_one(pack.volume.sd, scores[:, 2])
    for column in set(table.volumes.values()) - {None}:
        found[:, column] *= around
    for place, column in enumerate(prices, start=3):
        status = next(one for one in PriceStatus if one.value == table.inputs.inputs[column].status)
        found[:, column] *= _around_one(pack.prices.sd[status], scores[:, place])
    return found


def _shuffle_blocks(scores: Array, per_block: int, seed: int) -> None:
    """Points of two scramblings of one sequence go together row by row; in another order they do not."""
    order = np.random.default_rng((seed, _OWN_STREAM))
    for start in range(0, len(scores), per_block):
        order.shuffle(scores[start : start + per_block])


def _doubt_effects(table: LineTable, found: Array, pack: Doubt, scores: Array) -> None:
    """Drift, the same way for every gain, and people without an effect; on each effect's own scale."""
    model = table.inputs
    kept = 1.0 - pack.unmeasured.share * special.ndtr(scores[:, 1])
    sd = np.sqrt(np.diag(model.effect_covariance))
    columns = _changes(table, pack)
    share = _of_their_sum(table, {place: size for place, (_, _, size) in columns.items()})
    for place, (change, sign, size) in columns.items():
        drift = sign * share * size * sd[place] * scores[:, 0]
        if model.is_log[place]:
            found[:, change] = np.exp(kept * np.log(found[:, change]) + drift)
        else:
            found[:, change] = kept * found[:, change] + drift


def _changes(table: LineTable, pack: Doubt) -> dict[int, tuple[int, float, float]]:
    """Place of each effect -> its column, which way is a gain, and the drift that its stamp leaves room for."""
    found: dict[int, tuple[int, float, float]] = {}
    for row in table.rows:
        change = next((term.column for term in row.terms if term.role == "change"), None)
        place = None if change is None else table.inputs.inputs[change].effect
        if row.effect is not None and change is not None and place is not None:
            found.setdefault(place, (change, row.sign, pack.drift.stamps[row.effect.stamp]))
    return found


def _of_their_sum(table: LineTable, sizes: dict[int, float]) -> float:
    """The share of its own standard error that each effect drifts, so that the balance drifts by those of the balance.

    A drift of one standard error for each of many effects at once would be one of several standard errors of their sum:
    what they have in common moves all of them, and their errors do not add up like that.
    """
    gradient, covariance = effect_gradient(table), table.inputs.effect_covariance
    weight = np.zeros(len(gradient))
    for place, size in sizes.items():
        weight[place] = gradient[place] * size
    one_way = float(np.abs(weight) @ np.sqrt(np.diag(covariance)))
    variance = float(weight @ covariance @ weight)
    return math.sqrt(max(variance, 0.0)) / one_way if one_way > 0 else 1.0


def _around_one(sd: float, scores: Array) -> Array:
    """Lognormal factors with mean 1."""
    return np.asarray(np.exp(sd * scores - sd**2 / 2), dtype=np.float64)
