"""Individual change beyond the noise of the instrument, from transition counts: est_change__reliable.

A move counts when it is more than 1.96 standard errors of a difference (Jacobson-Truax), and when at most one in twenty
unchanged clients would make one as large by the noise floor: with five levels a move of one can pass the first and
still be made by one in five. Edwards-Nunnally first draws the score before towards the mean, which corrects for
regression to the mean, and stands beside it. Variants that centre on the mean after, or use random slopes without the
common slope, are left out: they call ordinary clients worse or better than they are. Sources: Jacobson and Truax
1991; Speer 1992.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from data_contracts.demonstrable import LEVEL
from data_contracts.tables import estimate_companions
from data_contracts.vocabulary.certainty import Z_95
from data_contracts.vocabulary.scales import sufficient_from
from indicators.arrays import Flags, Floats
from indicators.change.noise_floor import RELIABILITY_BAND, unchanged_by_reliability
from indicators.counts.pair_counts import PairCounts, as_table, pair_counts

NO_SPREAD = "Alle mensen begonnen met dezelfde score; de ruis is dan niet te schatten."


def reliable_change(transitions: pd.DataFrame, reliabilities: Sequence[float] = RELIABILITY_BAND) -> pd.DataFrame:
    """Clients recovered, improved, equal, worse and relapsed, per table, method and reliability.

    Recovered is a reliable rise that crosses into sufficient, relapsed a reliable fall that crosses out of it.
    `levels_needed` is the smallest move that is beyond noise. Refused without spread before.
    """
    pairs = pair_counts(transitions)
    cut = np.array([sufficient_from(*key) for key in pairs.keys[["subject", "life_domain"]].itertuples(index=False)])
    sufficient = pairs.levels >= cut[:, None]
    into = ~sufficient[:, :, None] & sufficient[:, None, :]
    out_of = sufficient[:, :, None] & ~sufficient[:, None, :]
    mean, deviation = spread_before(pairs)
    needed = {reliability: levels_needed(pairs, deviation, reliability) for reliability in reliabilities}
    tables = []
    for method in ("beyond_noise", "edwards_nunnally"):
        for reliability in reliabilities:
            if method == "beyond_noise":
                rose, fell = beyond_noise(pairs, needed[reliability])
            else:
                rose, fell = edwards_nunnally(pairs, mean, deviation, reliability)
            kinds = {
                "recovered": rose & into,
                "improved": rose & ~into,
                "equal": ~rose & ~fell,
                "worse": fell & ~out_of,
                "relapsed": fell & out_of,
            }
            known = deviation > 0
            counts = {f"n_{kind}": np.sum(pairs.counts * cells, axis=(1, 2)) for kind, cells in kinds.items()}
            tables.append(
                pairs.keys.assign(
                    method=method,
                    reliability=reliability,
                    n_clients=pairs.n_clients,
                    levels_needed=np.where(known, needed[reliability], np.nan),
                    **{name: np.where(known, count, 0) for name, count in counts.items()},
                    refused_because=pd.Series(NO_SPREAD, index=pairs.keys.index).mask(known),
                )
            )
    return as_table(estimate_companions.RELIABLE, pd.concat(tables, ignore_index=True))


def standard_error_of_difference(deviation: Floats, reliability: float) -> Floats:
    """Standard error of the difference of two ratings of an unchanged person."""
    return deviation * np.sqrt(2 * (1 - reliability))


def spread_before(pairs: PairCounts) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the score before, float64[G] each; 0 where there is no spread."""
    n = pairs.n_clients
    mean = pairs.before @ pairs.levels / n
    squares = np.sum(pairs.before * (pairs.levels - mean[:, None]) ** 2, axis=1)
    return mean, np.sqrt(squares / np.maximum(n - 1, 1))


def beyond_noise(pairs: PairCounts, needed: Floats) -> tuple[Flags, Flags]:
    """Which cells are a rise and which a fall of as many levels as are `needed`, bool[G, K + 1, K + 1] each."""
    return pairs.moved >= needed[:, None, None], -pairs.moved >= needed[:, None, None]


def levels_needed(pairs: PairCounts, deviation: Floats, reliability: float) -> Floats:
    """The smallest move in levels that counts, float64[G]; beyond the scale where even the largest does not."""
    cells = unchanged_by_reliability(pairs.before[:, 1:] / pairs.n_clients[:, None], reliability)
    distance = np.abs(pairs.moved[1:, 1:])
    moves = np.arange(1, len(pairs.levels))
    by_noise = np.stack([np.sum(cells * (distance >= move), axis=(1, 2)) for move in moves], axis=1)
    larger = moves > Z_95 * standard_error_of_difference(deviation, reliability)[:, None]
    counts = larger & (by_noise <= LEVEL)
    return np.where(counts.any(axis=1), moves[counts.argmax(axis=1)], len(pairs.levels)).astype(np.float64)


def edwards_nunnally(pairs: PairCounts, mean: Floats, deviation: Floats, reliability: float) -> tuple[Flags, Flags]:
    """The same by Edwards and Nunnally: the score after compared with the expected true score before."""
    expected = mean[:, None] + reliability * (pairs.levels - mean[:, None])
    needed = Z_95 * (deviation * np.sqrt(1 - reliability))[:, None, None]
    beyond = pairs.levels[None, None, :] - expected[:, :, None]
    return beyond > needed, -beyond > needed
