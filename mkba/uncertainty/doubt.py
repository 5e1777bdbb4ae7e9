"""The outcome with doubt about the design beside the chance in the measurement.

The first margin holds only when the comparison is right and prices and numbers are as declared. Here the same draws get
an unseen drift that pulls every effect one way, people who were not measured and may have no effect, numbers of people
that go up or down, and prices without a margin of their own. How wide each is stands in a pack of its own.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy import special

from data_contracts.vocabulary.mkba import PriceStatus
from mkba.binding.line_table import LineTable
from mkba.draws.joint import normal_scores
from mkba.inputs.packs import Doubt

Array = npt.NDArray[np.float64]
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
    done: set[int] = set()
    for row in table.rows:
        change = next((term.column for term in row.terms if term.role == "change"), None)
        if row.effect is None or change is None or change in done:
            continue
        done.add(change)
        place = model.inputs[change].effect
        drift = row.sign * pack.drift.stamps[row.effect.stamp] * sd[place] * scores[:, 0]
        if model.is_log[place]:
            found[:, change] = np.exp(kept * np.log(found[:, change]) + drift)
        else:
            found[:, change] = kept * found[:, change] + drift


def _around_one(sd: float, scores: Array) -> Array:
    """Lognormal factors with mean 1."""
    return np.asarray(np.exp(sd * scores - sd**2 / 2), dtype=np.float64)
