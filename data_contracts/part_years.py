"""Years that the deliveries hold a part of: such a year is never told, or compared, as if it were whole."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd


def years_in_part(reach: pd.DataFrame) -> frozenset[int]:
    """From est_reach__by_year or out_reach__by_year; a year of which that is not known is none of them."""
    if reach.empty:
        return frozenset()
    in_part = reach["is_whole_year"].astype("boolean").eq(False).fillna(False)
    return frozenset(int(year) for year in reach.loc[in_part, "year"])


def last_whole_year(years: Iterable[int], in_part: frozenset[int]) -> int | None:
    """The last year that is not in part; without one the last, and None without years."""
    found = {int(year) for year in years}
    return max(found - in_part or found, default=None)
