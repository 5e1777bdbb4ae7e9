"""What a mean tells of counts: a sum of whole scores leaves little room."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from data_contracts.gate.rounding import Floats, Integers, bin_of, rounded_count, rounded_to_step
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


def tell_the_number(means: Mapping[str, Floats], step: Floats, n: Integers, base: int, threshold: Integers) -> Flags:
    """True where only one of the numbers of clients that are rounded alike goes with a row's rounded means, by name.

    Everybody knows that a number that is shown is not below the threshold. The sum of whole scores is whole, and the
    sum of changes is the sum after less the sum before.
    """
    low, high = bin_of(rounded_count(n, base), base)
    n_that_fit = np.zeros(len(n), dtype=np.int64)
    for size in (low + more for more in range(base)):
        sums = {name: _whole_sums(mean, step, size) for name, mean in means.items()}
        fits = np.logical_and.reduce(
            [size <= high, size >= threshold, *(least <= most for least, most in sums.values())]
        )
        if sums.keys() >= {"mean_before", "mean_after", "mean_change"}:
            before, after, change = (sums[f"mean_{name}"] for name in ("before", "after", "change"))
            fits &= (after[0] - before[1] <= change[1]) & (change[0] <= after[1] - before[0])
        n_that_fit += fits
    return n_that_fit == 1


def _whole_sums(mean: Floats, step: Floats, n: Integers) -> tuple[Floats, Floats]:
    """The least and the most that `n` whole scores can add up to when their mean is rounded to this one."""
    half = step / 2 + 1e-9
    return np.ceil(n * (mean - half)), np.floor(n * (mean + half))


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
    pairs = exact[["subject", "life_domain"]].drop_duplicates()
    found = {pair: scale_of(*map(str, pair)) for pair in pairs.itertuples(index=False, name=None)}
    rows = [found[pair] for pair in exact[["subject", "life_domain"]].itertuples(index=False, name=None)]
    values = [(one.lowest, one.highest, one.sufficient_from) if one else (np.nan,) * 3 for one in rows]
    lowest, highest, cut = np.array(values, dtype=np.float64).reshape(-1, 3).T
    return lowest, highest, cut
