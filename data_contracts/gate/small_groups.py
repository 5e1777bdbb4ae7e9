"""Names of groups with too few people: the name of a one-person team says who it is about."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from data_contracts.gate.spec import TableSpec
from data_contracts.study import Thresholds
from data_contracts.vocabulary.field import TEAM_AND_COHORT

OTHER = "overig"
NAMED = ("team", "team+cohort")  # slices whose groups carry a name that someone made up


def without_small_groups(
    spec: TableSpec, exact: pd.DataFrame, populations: pd.Series, thresholds: Thresholds
) -> tuple[pd.DataFrame, pd.Series, int]:
    """`exact` and `populations` without names that give people away, and how many rows have no place any more.

    Teams that nowhere in the table reach the threshold become one group 'overig', which then stands before the same
    rules. Where figures of groups cannot be added, the rows are left out.
    """
    if "slice" not in exact:
        return exact, populations, 0
    named = exact["slice"].isin(NAMED)
    parts = exact["slice_value"].str.rsplit(TEAM_AND_COHORT, n=1)
    team = parts.str[0]
    largest = exact.loc[named, spec.whole].groupby(team[named]).max()
    small = largest.index[largest < thresholds.clients]
    is_small = named & team.isin([*small, OTHER])
    if not len(small):
        return exact, populations, 0
    if not spec.can_be_added:
        kept, who = exact[~is_small].reset_index(drop=True), populations[~is_small].reset_index(drop=True)
        return kept, who, int(is_small.sum())
    other = np.where(exact["slice"] == "team", OTHER, OTHER + TEAM_AND_COHORT + parts.str[-1])
    renamed = exact.assign(slice_value=exact["slice_value"].mask(is_small, other), population=populations)
    together = _added(spec, renamed[is_small])
    result = pd.concat([renamed[~is_small], together]).astype(renamed.dtypes.to_dict()).reset_index(drop=True)
    return result.drop(columns="population"), result["population"], 0


def _added(spec: TableSpec, groups: pd.DataFrame) -> pd.DataFrame:
    """Groups with the same key as one row: counts and sums added, means weighted, the rest unknown."""
    at = groups.groupby(spec.key, sort=True, dropna=False)
    added = [name for name in [*spec.counts, *spec.sums, "client_years"] if name in groups]
    result = at.first().assign(**{name: at[name].sum() for name in added})
    for name in spec.means:
        points = groups.assign(points=groups[name] * groups[spec.whole]).groupby(spec.key, dropna=False)["points"]
        result[name] = points.sum(min_count=1) / result[spec.whole]
    for name in [*spec.tests, *(side for pair in spec.intervals for side in pair)]:
        result[name] = np.nan
    if "refused_because" in result:
        result["refused_because"] = None
    for total in spec.sums:
        result = result.assign(**_dominance(spec, groups, total))
    result["population"] = at["population"].agg(_together)
    return result.reset_index()[groups.columns]


def _together(populations: pd.Series) -> str:
    return hashlib.sha256("|".join(sorted(populations)).encode()).hexdigest()


def _dominance(spec: TableSpec, groups: pd.DataFrame, total: str) -> dict[str, pd.Series]:
    """The shares of the largest and the two largest clients in groups that are put together."""
    largest = groups[total] * groups["largest_share"].fillna(0)
    second = groups[total] * groups["two_largest_share"].fillna(0) - largest
    each = pd.concat([groups.assign(amount=amount) for amount in (largest, second)])
    amounts = each.groupby(spec.key, dropna=False)["amount"]
    whole = groups.groupby(spec.key, dropna=False)[total].sum().replace(0, np.nan)
    return {
        "largest_share": amounts.max() / whole,
        "two_largest_share": amounts.agg(lambda each: each.nlargest(2).sum()) / whole,
    }
