"""How many would move with no true change: the noise floor that stands beside every share that improved.

Two ratings of an unchanged person differ, because rating is not perfectly reliable. With a latent normal score, the
start distribution as it was found, and latent scores that correlate so that the scores themselves correlate by the
reliability (own_reliability.py says what that is), the expected shares follow. They are an assumption shown as a band,
never subtracted. No published reliability of the ZRM per life domain was found, so the band is declared, or estimated
from a municipality's own double ratings (agreement.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy import special

from data_contracts.contract import empty_frame
from data_contracts.tables import estimates, released_companions
from data_contracts.vocabulary.scales import Scale, scale_of
from indicators.arrays import Floats
from indicators.change.own_reliability import Band, by_band
from indicators.counts.pair_counts import as_table

RELIABILITY_BAND = (0.70, 0.80, 0.89)
FAR = 8.0
STEEPEST, HALVINGS = 20.0, 40
CLOSEST = 0.9999


def noise_floor_of_released(
    change: pd.DataFrame, declared: Sequence[float], own: Mapping[str, Band] | None = None, subject: str = "zrm"
) -> pd.DataFrame:
    """out_change__noise_floor from out_change__by_domain, for everybody together: it tells nothing that is not out.

    The start distribution is not released; its mean and its share sufficient are. Of all distributions with these two,
    the one with the largest entropy stands for it, which moves the floor by at most two and a half percentage points
    for starts with one peak. The reliabilities are a life domain's `own` or else the `declared` ones; without either it
    has no floor, nor has a row without both figures.
    """
    rows = change[(change["subject"] == subject) & (change["slice"] == estimates.ALL)]
    rows = rows.dropna(subset=["mean_before", "n_sufficient_before"]).reset_index(drop=True)
    scale = scale_of(subject, estimates.ALL)
    bands = by_band(rows["life_domain"].unique(), own or {}, declared)
    if rows.empty or scale is None or not bands:
        return empty_frame(released_companions.NOISE_FLOOR)
    tables = [
        _floor(rows[rows["life_domain"].isin(domains)], reliability, scale)
        for band, domains in bands.items()
        for reliability in band
    ]
    return as_table(released_companions.NOISE_FLOOR, pd.concat(tables, ignore_index=True))


def _floor(rows: pd.DataFrame, reliability: float, scale: Scale) -> pd.DataFrame:
    mean, sufficient, n = (
        rows[name].to_numpy(np.float64) for name in ("mean_before", "n_sufficient_before", "n_clients")
    )
    start = least_assuming_shares(mean, np.minimum(sufficient / n, 1), scale.sufficient_from, scale.highest)
    moved = np.arange(scale.highest)[None, :] - np.arange(scale.highest)[:, None]
    cells = unchanged_by_reliability(start, reliability)
    shares = {
        "share_up_by_noise": np.sum(cells * (moved > 0), axis=(1, 2)),
        "share_down_by_noise": np.sum(cells * (moved < 0), axis=(1, 2)),
    }
    return rows.assign(reliability=reliability, **shares)


def least_assuming_shares(mean: Floats, sufficient: Floats, sufficient_from: int, highest: int) -> Floats:
    """Shares of the scores 1 to `highest` with this mean and share sufficient and the largest entropy, float64[G, K].

    Both halves of the scale are tilted by the same factor per score; the factor is found by halving. A mean that no
    tilt reaches, because it was rounded, gets the nearest.
    """
    score = np.arange(1, highest + 1)
    halves = [(score < sufficient_from, 1 - sufficient), (score >= sufficient_from, sufficient)]
    low, high = np.full(len(mean), -STEEPEST), np.full(len(mean), STEEPEST)
    shares = np.zeros((len(mean), highest))
    for _ in range(HALVINGS):
        tilt = (low + high) / 2
        for half, weight in halves:
            part = np.exp(tilt[:, None] * (score[half] - score[half].mean()))
            shares[:, half] = weight[:, None] * part / part.sum(axis=1, keepdims=True)
        below = shares @ score < mean
        low, high = np.where(below, tilt, low), np.where(below, high, tilt)
    return shares


def unchanged_by_reliability(start: Floats, reliability: float) -> Floats:
    """Chance of each pair of scores when nobody truly changes, float64[G, K, K]; `start`: shares, float64[G, K].

    The scores correlate by `reliability`. Cutting a scale into a few levels loses some of the correlation of what lies
    behind, so that this correlates more; by how much is found by halving. Where all scores are equal there is none.
    """
    low, high = np.zeros(len(start)), np.full(len(start), CLOSEST)
    for _ in range(HALVINGS):
        latent = (low + high) / 2
        below = observed_correlation(unchanged_cells(start, latent)) < reliability
        low, high = np.where(below, latent, low), np.where(below, high, latent)
    return unchanged_cells(start, (low + high) / 2)


def observed_correlation(cells: Floats) -> Floats:
    """Correlation of the two scores in tables of chances, float64[G]; 1 where all scores are equal."""
    level = np.arange(cells.shape[1])
    first, second = cells.sum(axis=2) @ level, cells.sum(axis=1) @ level
    together = np.einsum("gbj,b,j->g", cells, level, level) - first * second
    spread = np.sqrt((cells.sum(axis=2) @ level**2 - first**2) * (cells.sum(axis=1) @ level**2 - second**2))
    return np.divide(together, spread, out=np.ones_like(together), where=spread > 1e-12)


def unchanged_cells(start: Floats, latent: Floats | float) -> Floats:
    """Chance of each pair of scores when what lies behind them correlates by `latent`, a number or float64[G].

    Two standard normal scores with that correlation, cut at the thresholds that give the start shares.
    """
    at_most = np.clip(np.cumsum(start, axis=1), 0, 1)[:, :-1]
    cut = np.clip(special.ndtri(at_most), -FAR, FAR)
    both = _both_below(cut[:, :, None], cut[:, None, :], np.reshape(latent, (-1, 1, 1)))
    n_groups, n_levels = start.shape
    below = np.zeros((n_groups, n_levels + 1, n_levels + 1))
    below[:, 1:-1, 1:-1] = both
    below[:, -1, 1:-1] = below[:, 1:-1, -1] = at_most
    below[:, -1, -1] = 1
    return np.clip(np.diff(np.diff(below, axis=1), axis=2), 0, 1)


def _both_below(first: Floats, second: Floats, correlation: Floats) -> Floats:
    """P(X < first, Y < second) for standard normal X and Y, by Owen's T (Owen 1956)."""
    # The formula divides by the cut; a cut at exactly 0 is its limit.
    h, k = (np.where(cut == 0, 1e-12, cut) for cut in np.broadcast_arrays(first, second))
    spread = np.sqrt(1 - correlation**2)
    left = special.owens_t(h, (k - correlation * h) / (h * spread))
    right = special.owens_t(k, (h - correlation * k) / (k * spread))
    return (special.ndtr(h) + special.ndtr(k)) / 2 - left - right - np.where(h * k > 0, 0.0, 0.5)
