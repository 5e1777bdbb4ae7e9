"""Where an axis has its marks: few, round, and in the words of the report."""

from __future__ import annotations

import math
from collections.abc import Sequence


def round_amounts(ends: Sequence[float]) -> list[float]:
    """Three to six round amounts from below the lowest to above the highest of `ends`."""
    low, high = min(ends), max(ends)
    size = 10.0 ** math.floor(math.log10((high - low) / 2 or 1.0))
    step = next(one * size for one in (1, 2, 5, 10) if (high - low) / (one * size) <= 4)
    return [step * place for place in range(math.floor(low / step), math.ceil(high / step) + 1)]
