"""Names of groups with too few people: the name of a one-person team says who it is about."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data_contracts.gate.groups import OTHER, TEAM
from data_contracts.gate.spec import TableSpec
from data_contracts.protection import Thresholds
from data_contracts.tables.released_parts import Status
from data_contracts.vocabulary.field import ALL, TEAM_AND_COHORT
from data_contracts.vocabulary.slices import is_named_outside

OF_TEAMS = (TEAM, "team+cohort")  # slices whose small groups are put together as one team


def without_small_groups(spec: TableSpec, exact: pd.DataFrame, thresholds: Thresholds) -> tuple[pd.DataFrame, int]:
    """`exact` without names that give people away, and how many rows have no place any more.

    Teams that nowhere in the table reach the threshold become one group 'overig', which then stands before the same
    rules. Where figures of groups cannot be added, the rows are left out; so are those of any other small group whose
    name a delivery brought: who is in it is in no group of that slice.
    """
    if "slice" not in exact:
        return exact, 0
    exact, n_unnamed = _without_unnamed(spec, exact, thresholds)
    parts = exact["slice_value"].str.rsplit(TEAM_AND_COHORT, n=1)
    small = small_teams(spec, exact, thresholds)
    is_small = exact["slice"].isin(OF_TEAMS) & parts.str[0].isin([*small, OTHER])
    if not small:
        return exact, n_unnamed
    if not spec.can_be_added:
        return exact[~is_small].reset_index(drop=True), n_unnamed + int(is_small.sum())
    other = np.where(exact["slice"] == TEAM, OTHER, OTHER + TEAM_AND_COHORT + parts.str[-1])
    renamed = exact.assign(slice_value=exact["slice_value"].mask(is_small, other))
    together = _added(spec, renamed[is_small])
    return pd.concat([renamed[~is_small], together]).astype(renamed.dtypes.to_dict()).reset_index(drop=True), n_unnamed


def without_few(spec: TableSpec, out_frame: pd.DataFrame) -> pd.DataFrame:
    """The rows behind the gate without groups of too few people, which would only say that there is somebody.

    Whether a cohort or a type of team has nobody or nine people is nobody's business: when such a row appears in a
    later release, it would tell that a few came in.
    """
    if not spec.group:
        return out_frame
    is_everybody = out_frame[spec.group[-1]] == ALL
    return out_frame[is_everybody | (out_frame["status"] != Status.TOO_FEW)].reset_index(drop=True)


def small_teams(spec: TableSpec, exact: pd.DataFrame, thresholds: Thresholds) -> list[str]:
    """Teams that nowhere in the table reach the threshold."""
    if "slice" not in exact:
        return []
    named = exact[exact["slice"].isin(OF_TEAMS)]
    largest = named.groupby(named["slice_value"].str.rsplit(TEAM_AND_COHORT, n=1).str[0])[spec.whole].max()
    return [str(team) for team in largest.index[largest < thresholds.clients]]


def _without_unnamed(spec: TableSpec, exact: pd.DataFrame, thresholds: Thresholds) -> tuple[pd.DataFrame, int]:
    """Without groups under the threshold of which a delivery brought the name, and how many rows went."""
    named = exact["slice"].map(is_named_outside)
    name = exact["slice_value"].str.rsplit(TEAM_AND_COHORT, n=1).str[0]
    largest = exact[spec.whole].groupby([exact["slice"], name]).transform("max")
    is_small = named & (largest < thresholds.clients)
    return exact[~is_small].reset_index(drop=True), int(is_small.sum())


def _added(spec: TableSpec, groups: pd.DataFrame) -> pd.DataFrame:
    """Groups with the same key as one row: counts and sums added, means weighted where each is known, else unknown."""
    at = groups.groupby(spec.key, sort=True)
    added = [name for name in [*spec.counts, *spec.sums, "client_years"] if name in groups]
    result = at.first().assign(**{name: at[name].sum() for name in added})
    for name in spec.means:
        points = groups.assign(points=groups[name] * groups[spec.whole]).groupby(spec.key)["points"]
        result[name] = points.sum(skipna=False) / result[spec.whole]
    for name in [*spec.tests, *(side for pair in spec.intervals for side in pair)]:
        result[name] = np.nan
    if "refused_because" in result:
        result["refused_because"] = None
    for total in spec.sums:
        result = result.assign(**_dominance(spec, groups, total))
    return result.reset_index()[groups.columns]


def _dominance(spec: TableSpec, groups: pd.DataFrame, total: str) -> dict[str, pd.Series]:
    """The shares of the largest and the two largest clients in groups that are put together."""
    largest = groups[total] * groups["largest_share"].fillna(0)
    second = groups[total] * groups["two_largest_share"].fillna(0) - largest
    each = pd.concat([groups.assign(amount=amount) for amount in (largest, second)])
    amounts = each.groupby(spec.key)["amount"]
    whole = groups.groupby(spec.key)[total].sum().replace(0, np.nan)
    return {
        "largest_share": amounts.max() / whole,
        "two_largest_share": amounts.agg(lambda each: each.nlargest(2).sum()) / whole,
    }
