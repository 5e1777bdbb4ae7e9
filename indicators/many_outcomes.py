"""P-values when many outcomes were looked at: one of them would seem to differ by chance alone."""

from __future__ import annotations

import numpy as np
import scipy

from indicators.arrays import Floats


def adjusted(p_values: Floats, method: str) -> Floats:
    """(K,) p-values adjusted by 'holm' or Benjamini and Hochberg's 'fdr_bh' for all that are known; others stay NaN.

    Not statsmodels' multipletests: it collects garbage at every call, which takes a second per study.
    """
    result = p_values.copy()
    known = np.isfinite(result)
    if method == "fdr_bh":
        result[known] = scipy.stats.false_discovery_control(result[known]) if known.any() else []
        return result
    order = np.argsort(result[known], kind="stable")
    stepped = np.maximum.accumulate(result[known][order] * np.arange(order.size, 0, -1))
    result[known] = np.minimum(stepped, 1)[np.argsort(order, kind="stable")]
    return result
