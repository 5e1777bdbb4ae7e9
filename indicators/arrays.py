"""Names of the numpy arrays that the statistics pass around; shapes stand in the docstrings."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Integers = NDArray[np.integer[Any]]
Flags = NDArray[np.bool_]


def sums(index: Integers, values: Floats, n_groups: int) -> Floats:
    """The sum of `values` per group, float64[n_groups]."""
    return np.bincount(index, weights=values, minlength=n_groups).astype(np.float64)
