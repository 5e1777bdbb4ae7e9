"""What a mean tells of counts: sums of whole scores leave little room."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.gate.rounding import Floats, Integers
from data_contracts.gate.spec import TableSpec
from data_contracts.gate.table import Flags
from data_contracts.scales import scale_of

MEAN_STEP = 0.1  # of a mean beside which something is hidden


def told_by_means(spec: TableSpec, exact: pd.DataFrame, top: int) -> tuple[Integers, Integers]:
    """The least and the most that each count (R, K) can be, for someone who sees the rounded means of its row.

    A step up is 1 to `highest - lowest` points and a step down as many, so a mean change bounds who went up and down; a
    mean score bounds who is sufficient. The reader is given the other counts of the row exactly: a little too careful.
    A mean that its counts contradict tells them exactly, so it will not be shown beside a hidden one.
    """
    at = {name: column for column, name in enumerate(spec.counts)}
    least = np.zeros((len(exact), len(at)), np.int64)
    most = np.full((len(exact), len(at)), top, np.int64)
    lowest, highest, cut = _scales(exact)
    n = exact[spec.whole].to_numpy(np.float64)
    slack = n * MEAN_STEP / 2

    def note(part: str, low: Floats, high: Floats) -> None:
        known = np.isfinite(low) & np.isfinite(high)
        column = at[part]
        least[known, column] = np.maximum(least[known, column], np.ceil(low[known] - 1e-9)).astype(np.int64)
        most[known, column] = np.minimum(most[known, column], np.floor(high[known] + 1e-9)).astype(np.int64)

    for mean, part in spec.means.items():
        points = exact[mean].to_numpy(np.float64) * n
        if part == "change":
            up, down = (exact[name].to_numpy(np.float64) for name in ("n_up", "n_down"))
            largest = highest - lowest
            note("n_down", (up - points - slack) / largest, largest * up - points + slack)
            note("n_up", (down + points - slack) / largest, largest * down + points + slack)
        else:
            low = (points - slack - (cut - 1) * n) / (highest - cut + 1)
            note(part, low, (points + slack - lowest * n) / (cut - lowest))
    counts = exact[spec.counts].to_numpy(np.int64)
    return np.minimum(least, counts), np.maximum(most, counts)


def at_the_end(exact: pd.DataFrame, mean: str, n: Integers, threshold: Integers) -> Flags:
    """True where fewer points than the threshold keep a mean from the end of its scale: nearly all scored the same."""
    lowest, highest, _ = _scales(exact)
    values = exact[mean].to_numpy(np.float64)
    with np.errstate(invalid="ignore"):
        return np.minimum(values - lowest, highest - values) * n < threshold


def _scales(exact: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Lowest, highest and lowest sufficient score per row; NaN where nobody is scored."""
    pairs = exact[["subject", "life_domain"]].drop_duplicates()
    found = {pair: scale_of(*map(str, pair)) for pair in pairs.itertuples(index=False, name=None)}
    rows = [found[pair] for pair in exact[["subject", "life_domain"]].itertuples(index=False, name=None)]
    values = [(one.lowest, one.highest, one.sufficient_from) if one else (np.nan,) * 3 for one in rows]
    lowest, highest, cut = np.array(values, dtype=np.float64).reshape(-1, 3).T
    return lowest, highest, cut
