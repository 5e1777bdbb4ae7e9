"""The noise floor of start scores that are known to the last person: what the released one is held against."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from indicators.change.noise_floor import RELIABILITY_BAND, unchanged_by_reliability
from indicators.counts.pair_counts import pair_counts

LOW_SCORE = 2


def noise_floor(transitions: pd.DataFrame, reliabilities: Sequence[float] = RELIABILITY_BAND) -> pd.DataFrame:
    """Expected movement without true change per table and reliability, from the start scores themselves.

    `_low` is about the clients who started at `LOW_SCORE` or lower, as if chosen for that: it shows how much of their
    gain regression to the mean explains. Missing where nobody started that low.
    """
    pairs = pair_counts(transitions)
    before = pairs.before[:, 1:]
    base = pairs.keys.assign(n_clients=pairs.n_clients, n_clients_low=before[:, :LOW_SCORE].sum(axis=1))
    tables = []
    for reliability in reliabilities:
        cells = unchanged_by_reliability(before / pairs.n_clients[:, None], reliability)
        moved = pairs.moved[1:, 1:]
        low = cells[:, :LOW_SCORE]
        with np.errstate(invalid="ignore", divide="ignore"):
            up_low = np.sum(low * (moved[:LOW_SCORE] > 0), axis=(1, 2)) / low.sum(axis=(1, 2))
            gain_low = np.sum(low * moved[:LOW_SCORE], axis=(1, 2)) / low.sum(axis=(1, 2))
        tables.append(
            base.assign(
                reliability=reliability,
                share_up_by_noise=np.sum(cells * (moved > 0), axis=(1, 2)),
                share_down_by_noise=np.sum(cells * (moved < 0), axis=(1, 2)),
                share_up_by_noise_low=up_low,
                mean_gain_by_noise_low=gain_low,
            )
        )
    return pd.concat(tables, ignore_index=True)
