"""What a mean tells of counts: a sum of whole scores leaves little room."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.gate.rounding import Floats, Integers, rounded_to_step
from data_contracts.gate.spec import TableSpec
from data_contracts.gate.table import Facts, Flags
from data_contracts.vocabulary.scales import scale_of

MEAN_STEP = 0.1  # of a mean beside which something is hidden


def facts_of_means(spec: TableSpec, exact: pd.DataFrame) -> Facts:
    """What the rounded means of each row tell of its counts.

    A score is `lowest` to `highest`, from `sufficient_from` when sufficient and below it when not, so a mean score
    bounds how many are sufficient. A step up or down is 1 to `highest - lowest` points, so a mean change bounds who
    went up and down. Rows that are not on a scale, or have no mean, tell nothing.
    """
    at = {name: column for column, name in enumerate(spec.counts)}
    if not spec.means:
        return Facts.none(len(at))
    lowest, highest, cut = _scales(exact)
    reach, one = highest - lowest, np.ones(len(exact))
    found = [Facts.none(len(at))]
    for mean, part in spec.means.items():
        middle = rounded_to_step(exact[mean], MEAN_STEP)
        low, high = middle - MEAN_STEP / 2, middle + MEAN_STEP / 2
        if part == "change":
            found.append(_never_positive(at, {"n_up": one, "n_down": -reach, spec.whole: -high}))
            found.append(_never_positive(at, {"n_up": -reach, "n_down": one, spec.whole: low}))
        else:
            found.append(_never_positive(at, {part: cut - lowest, spec.whole: lowest - high}))
            found.append(_never_positive(at, {part: cut - 1 - highest, spec.whole: low - cut + 1}))
    return Facts.joined(found)


def at_the_end(exact: pd.DataFrame, mean: str, n: Integers, threshold: Integers) -> Flags:
    """True where fewer points than the threshold keep a mean from the end of its scale: nearly all scored the same."""
    lowest, highest, _ = _scales(exact)
    values = exact[mean].to_numpy(np.float64)
    with np.errstate(invalid="ignore"):
        return np.minimum(values - lowest, highest - values) * n < threshold


def _never_positive(at: dict[str, int], terms: dict[str, Floats]) -> Facts:
    """The fact that a combination of a row's counts is not above zero, for rows where it is known."""
    size = len(next(iter(terms.values())))
    weights = np.zeros((size, len(at)))
    for name, values in terms.items():
        weights[:, at[name]] = values
    known = np.isfinite(weights).all(axis=1)
    return Facts(np.flatnonzero(known), weights[known])


def _scales(exact: pd.DataFrame) -> tuple[Floats, Floats, Floats]:
    """Lowest, highest and lowest sufficient score per row; NaN where nobody is scored."""
    if "life_domain" not in exact:
        return (np.full(len(exact), np.nan),) * 3
    pairs = exact[["subject", "life_domain"]].drop_duplicates()
    found = {pair: scale_of(*map(str, pair)) for pair in pairs.itertuples(index=False, name=None)}
    rows = [found[pair] for pair in exact[["subject", "life_domain"]].itertuples(index=False, name=None)]
    values = [(one.lowest, one.highest, one.sufficient_from) if one else (np.nan,) * 3 for one in rows]
    lowest, highest, cut = np.array(values, dtype=np.float64).reshape(-1, 3).T
    return lowest, highest, cut
