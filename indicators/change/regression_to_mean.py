"""Is the change more than regression to the mean? The Mee-Chua test over a range of means.

Clients enter at a low point. If the whole group's true mean were mu, part of the change would come by itself; the test
asks whether those who start exactly at mu changed. mu is not known, so it runs over a range and the answer is read as:
it holds if the true mean lies between here and there. Sources: Mee and Chua 1991; Ostermann, Willich and Luedtke 2008.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import scipy

from data_contracts.tables import estimate_companions
from indicators.counts.pair_counts import as_table, pair_counts

REFERENCE_MEANS = (2.0, 2.5, 3.0, 3.5, 4.0, 4.5)


def regression_to_mean(transitions: pd.DataFrame, means: Sequence[float] = REFERENCE_MEANS) -> pd.DataFrame:
    """est_change__regression_to_mean: change at each reference mean, with a 95 % interval and a two-sided p.

    The change of a client who started at the mean, from the regression of the score after on the score before.
    Missing where fewer than three clients, or no spread before.
    """
    pairs = pair_counts(transitions)
    n, levels = pairs.n_clients.astype(np.float64), pairs.levels
    mean_before = np.einsum("gbj,b->g", pairs.counts, levels) / n
    mean_after = np.einsum("gbj,j->g", pairs.counts, levels) / n
    before = levels[None, :, None] - mean_before[:, None, None]
    after = levels[None, None, :] - mean_after[:, None, None]
    spread = np.sum(pairs.counts * before**2, axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        slope = np.sum(pairs.counts * before * after, axis=(1, 2)) / spread
        residual = np.sum(pairs.counts * (after - slope[:, None, None] * before) ** 2, axis=(1, 2)) / (n - 2)
    enough = (n > 2) & (spread > 1e-9)
    tables = []
    for mean in means:
        with np.errstate(invalid="ignore", divide="ignore"):
            change = mean_after + slope * (mean - mean_before) - mean
            error = np.sqrt(residual * (1 / n + (mean - mean_before) ** 2 / spread))
            p_value = 2 * scipy.stats.t.sf(np.abs(change / error), np.maximum(n - 2, 1))
        half = scipy.stats.t.ppf(0.975, np.maximum(n - 2, 1)) * error
        found = {
            "change_beyond_regression": change,
            "change_low": change - half,
            "change_high": change + half,
            "p_value": p_value,
        }
        kept = {name: np.where(enough, values, np.nan) for name, values in found.items()}
        tables.append(pairs.keys.assign(reference_mean=mean, n_clients=pairs.n_clients, **kept))
    return as_table(estimate_companions.REGRESSION, pd.concat(tables, ignore_index=True))
