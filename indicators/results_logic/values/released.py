"""The released tables that a tree may read, and the rows of them that a measure needs."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from data_contracts.vocabulary.logic import ONE_PERIOD

TEAM_AND_COHORT = " | "  # between team and cohort in a slice_value of 'team+cohort'
GROUP = ["slice", "slice_value"]


@dataclass(frozen=True, slots=True)
class Released:
    """out_change__by_domain, out_change__funnel, out_care__use, out_effects__estimates and out_costs__by_year.

    The columns of the est_ table of that name plus `status`; a table that the study lacks is an empty frame.
    Counts are rounded to `round_to`. `without_difference` are the outcomes (subject, life_domain, what) of which the
    design of the study shows no difference, so that their change is not due to the approach as far as anybody can tell.
    Counts are rounded to `round_to`; the same tables before the gate (team_outcomes.before_the_gate) are not rounded.
    """

    change: pd.DataFrame = field(default_factory=pd.DataFrame)
    funnel: pd.DataFrame = field(default_factory=pd.DataFrame)
    use: pd.DataFrame = field(default_factory=pd.DataFrame)
    estimates: pd.DataFrame = field(default_factory=pd.DataFrame)
    costs: pd.DataFrame = field(default_factory=pd.DataFrame)
    round_to: int = 5
    without_difference: frozenset[tuple[str, str, str]] = frozenset()

    @property
    def rounding_variance(self) -> float:
        """Variance of what rounding adds to a count."""
        return self.round_to**2 / 12


def rows(table: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    """The rows of `table` in which every given column has the wanted value; None asks for nothing."""
    asked = {column: value for column, value in wanted.items() if value is not None}
    if table.empty:
        return table
    keep = pd.Series(True, index=table.index)
    for column, value in asked.items():
        keep &= (table[column] == value).fillna(False).astype(bool)
    return table[keep]


def two_periods(table: pd.DataFrame, period_from: str | None, period_to: str | None) -> pd.DataFrame:
    """One row per group: the columns of its early and its late period, with suffix _from and _to.

    `table` has slice, slice_value, level and status. A cohort is a period of everybody ('all'), a team+cohort one of a
    team. Without a wish the first and the last period with a figure are taken. `status` is 'released' where there are
    two, else the status of what stands in the way.
    """
    if table.empty:
        return pd.DataFrame(columns=[*GROUP, "status"])
    cohorts = rows(table, slice="cohort").assign(
        period=lambda frame: frame["slice_value"], slice="all", slice_value="all"
    )
    by_team = split_team_and_cohort(rows(table, slice="team+cohort"))
    teams = by_team.assign(slice="team", slice_value=by_team["team"]).drop(columns="team")
    periods = pd.concat([cohorts, teams]).sort_values([*GROUP, "period"])
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
