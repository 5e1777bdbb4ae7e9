"""The periods of a group beside each other: years of intake of everybody, or of one team."""

from __future__ import annotations

import pandas as pd

from data_contracts.vocabulary.field import TEAM_AND_COHORT
from data_contracts.vocabulary.logic import ONE_PERIOD, PERIOD_IN_PART
from indicators.results_logic.values.released import GROUP


def two_periods(
    table: pd.DataFrame, period_from: str | None, period_to: str | None, in_part: frozenset[str]
) -> pd.DataFrame:
    """One row per group: the columns of its early and its late period, with suffix _from and _to.

    `table` has slice, slice_value, level and status. A cohort is a period of everybody ('all'), a team+cohort one of a
    team. Without a wish the first and the last period with a figure are taken, never one that is delivered in part
    (`in_part`). `status` is 'released' where there are two, else the status of what stands in the way.
    """
    if table.empty:
        return pd.DataFrame(columns=[*GROUP, "status"])
    cohorts = table[table["slice"] == "cohort"].assign(
        period=lambda frame: frame["slice_value"], slice="all", slice_value="all"
    )
    by_team = split_team_and_cohort(table[table["slice"] == "team+cohort"])
    teams = by_team.assign(slice="team", slice_value=by_team["team"]).drop(columns="team")
    periods = pd.concat([cohorts, teams]).sort_values([*GROUP, "period"])
    is_part = periods["period"].isin(in_part)
    periods = periods.assign(
        level=periods["level"].mask(is_part), status=periods["status"].mask(is_part, PERIOD_IN_PART)
    )
    if period_from and period_to:
        periods = periods[periods["period"].isin([period_from, period_to])]
    usable = periods[periods["level"].notna()]
    first, last = usable.drop_duplicates(GROUP, keep="first"), usable.drop_duplicates(GROUP, keep="last")
    pairs = first.merge(last, on=GROUP, suffixes=("_from", "_to"), validate="one_to_one")
    pairs = pairs[pairs["period_from"] != pairs["period_to"]].drop(columns=["status_from", "status_to"])
    known = periods.assign(known=periods["level"].notna()).sort_values("known", kind="stable")
    groups = known.drop_duplicates(GROUP)[[*GROUP, "status", "known"]]
    groups["status"] = groups["status"].mask(groups.pop("known"), ONE_PERIOD)
    found = groups.merge(pairs, on=GROUP, how="left", validate="one_to_one")
    found["status"] = found["status"].where(found["period_to"].isna(), "released")
    return found


def split_team_and_cohort(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of slice 'team+cohort' with the columns `team` and `period` that its value is made of."""
    parts = table["slice_value"].astype("str").str.rpartition(TEAM_AND_COHORT)
    empty = pd.Series(dtype="str", index=table.index)
    return table.assign(team=parts.get(0, empty), period=parts.get(2, empty))
