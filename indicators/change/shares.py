"""Shares with intervals that hold for small numbers, from counts only.

The gate rounds the counts first; the shares are then made from the rounded counts, so a share never tells more than
the counts beside it.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.vocabulary.certainty import Z_95
from indicators.arrays import Floats

SHARES = ("up", "equal", "down", "sufficient_before", "sufficient_after")


def wilson_interval(successes: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Wilson's 95 % score interval of a share; NaN where n is 0 or missing. Source: Wilson 1927.

    Not statsmodels' proportion_confint, to which tests hold it: loading that is a tenth of what writing a report takes.
    """
    people = np.where((n > 0) & np.isfinite(successes), n, np.nan)
    share, square = successes / people, Z_95**2
    middle = share + square / (2 * people)
    half = Z_95 * np.sqrt(share * (1.0 - share) / people + square / (4.0 * people**2))
    wider = 1 + square / people
    return np.clip(middle / wider - half / wider, 0.0, 1.0), np.clip(middle / wider + half / wider, 0.0, 1.0)


def net_interval(n_up: Floats, n_down: Floats, n: Floats) -> tuple[Floats, Floats]:
    """95 % interval of the share up minus the share down, both of the same people.

    The adjusted Wald interval for paired shares, one added to each count. Source: Bonett and Price 2012.
    """
    up, down = (n_up + 1) / (n + 2), (n_down + 1) / (n + 2)
    with np.errstate(invalid="ignore"):
        half = Z_95 * np.sqrt((up + down - (up - down) ** 2) / (n + 2))
    return np.maximum(up - down - half, -1.0), np.minimum(up - down + half, 1.0)


def with_shares(counts: pd.DataFrame) -> pd.DataFrame:
    """`counts` with share_x, share_x_low and share_x_high for every n_x of SHARES that it holds, and share_net.

    Needs n_clients, n_up and n_down. With a column `design_effect` the margins are those of n_clients divided by it: of
    as many independent clients as those of a few teams are worth. A missing count gives a missing share. Rounded parts
    may add up to more than the rounded whole; a share stops at 1.
    """
    n = _floats(counts, "n_clients")
    n[~(n > 0)] = np.nan
    alone = n / _design_effect(counts)
    columns: dict[str, Floats] = {}
    for name in SHARES:
        if f"n_{name}" in counts:
            part = np.minimum(_floats(counts, f"n_{name}"), n)
            low, high = wilson_interval(part / n * alone, alone)
            columns |= {f"share_{name}": part / n, f"share_{name}_low": low, f"share_{name}_high": high}
    up, down = _floats(counts, "n_up"), _floats(counts, "n_down")
    risen, fallen = (np.minimum(one, n) / n * alone for one in (up, down))
    low, high = net_interval(risen, fallen, alone)
    columns |= {"share_net": np.clip((up - down) / n, -1, 1), "share_net_low": low, "share_net_high": high}
    return counts.assign(**columns)


def _design_effect(counts: pd.DataFrame) -> Floats:
    """1 where nothing is known of teams; one that is hidden is taken as large as the largest that is shown."""
    if "design_effect" not in counts:
        return np.ones(len(counts))
    found = counts["design_effect"].astype("float64")
    return np.array(found.fillna(found.max()).fillna(1.0), dtype=np.float64)


def _floats(counts: pd.DataFrame, name: str) -> Floats:
    return np.array(counts[name].astype("float64"), dtype=np.float64)
