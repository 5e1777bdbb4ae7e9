"""How many would move with no true change: the noise floor that stands beside every share that improved.

Two ratings of an unchanged person differ, because rating is not perfectly reliable. With a latent normal score, the
start distribution as it was found, and a test-retest correlation equal to the reliability, the expected shares follow.
They are an assumption shown as a band, never subtracted. No published reliability of the ZRM per life domain was found,
so the band is declared, or estimated from a municipality's own double ratings (agreement.py).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import special

from data_contracts import estimates
from indicators.arrays import Floats
from indicators.pair_counts import as_table, pair_counts

RELIABILITY_BAND = (0.70, 0.80, 0.89)
LOW_SCORE = 2
NODES = 48


def noise_floor(transitions: pd.DataFrame, reliabilities: Sequence[float] = RELIABILITY_BAND) -> pd.DataFrame:
    """est_change__noise_floor: expected movement without true change per table and reliability.

    `_low` is about the clients who started at `LOW_SCORE` or lower, as if chosen for that: it shows how much of their
    gain regression to the mean explains. Missing where nobody started that low.
    """
    pairs = pair_counts(transitions)
    before = pairs.before[:, 1:]
    base = pairs.keys.assign(n_clients=pairs.n_clients, n_clients_low=before[:, :LOW_SCORE].sum(axis=1))
    tables = []
    for reliability in reliabilities:
        cells = unchanged_cells(before / pairs.n_clients[:, None], reliability)
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
    return as_table(estimates.NOISE_FLOOR, pd.concat(tables, ignore_index=True))


def unchanged_cells(start: Floats, reliability: float) -> Floats:
    """Chance of each pair of scores when nobody truly changes, float64[G, K, K]; `start`: shares, float64[G, K].

    Two standard normal scores with correlation `reliability`, cut at the thresholds that give the start shares.
    """
    upper = np.cumsum(start, axis=1)
    lower = upper - start
    nodes, weights = np.polynomial.legendre.leggauss(NODES)
    share = lower[:, :, None] + start[:, :, None] * (nodes + 1) / 2
    first = special.ndtri(np.clip(share, 1e-300, 1 - 1e-16))
    cut = special.ndtri(np.clip(upper, 0, 1))
    spread = np.sqrt(1 - reliability**2)
    below = special.ndtr((cut[:, None, None, :] - reliability * first[..., None]) / spread)
    to_cut = np.einsum("gbn,gbnj->gbj", np.broadcast_to(weights / 2, first.shape), below) * start[:, :, None]
    to_cut[:, :, -1] = start
    return np.diff(to_cut, axis=2, prepend=0.0)
