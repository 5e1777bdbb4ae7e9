"""How far the balance moves with each effect by itself: which of them carry it, and how much."""

from __future__ import annotations

import numpy as np

from mkba.arrays import Array
from mkba.balance.balance import net_present_values
from mkba.balance.overlap import overlap_shares
from mkba.binding.line_table import LineTable


def effect_gradient(table: LineTable) -> Array:
    """Euros of the first alternative per unit of each effect on its own scale, at the means; 0 where nothing varies."""
    model, choice = table.inputs, table.model.alternatives[0]
    columns = {one.effect: at for at, one in enumerate(model.inputs) if one.effect is not None}
    spread = np.sqrt(np.diag(model.effect_covariance))
    steps = np.repeat(model.means, len(columns), axis=0)
    for place, (effect, column) in enumerate(columns.items()):
        at_mean = steps[place, column]
        steps[place, column] = at_mean * np.exp(spread[effect]) if model.is_log[effect] else at_mean + spread[effect]
    moved = net_present_values(table, np.vstack([model.means, steps]), choice, overlap_shares(table, choice))
    gradient = np.zeros(len(spread))
    for place, effect in enumerate(columns):
        gradient[effect] = (moved[place + 1] - moved[0]) / spread[effect] if spread[effect] > 0 else 0.0
    return gradient
