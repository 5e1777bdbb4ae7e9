"""When clients came in, and in which way of working: what every estimate of a cause starts from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from data_contracts.tables.contributions import outcome_name
from indicators.contributions import Added
from indicators.effects.team_cells import exposure_of, half_year_of

OUTCOME_MONTHS = 12


def client_frame(groups: pd.DataFrame) -> pd.DataFrame:
    """client_no, team_no, intake_on, intake_period, never_starts and exposed, per client.

    Exposed is 1 when the client's team surely worked in the new way at intake, 0 when it surely did not for the whole
    year after it, and missing in between.
    """
    frame = groups[["client_no", "team_no", "intake_on", "first_year_complete"]].copy()
    intake_on = groups["intake_on"]
    frame["never_starts"] = groups["approach_from"].isna()
    frame["intake_period"] = half_year_of(intake_on)
    surely = exposure_of(intake_on, groups["approach_by"], OUTCOME_MONTHS)
    surely_not = exposure_of(intake_on, groups["approach_from"], OUTCOME_MONTHS)
    frame["exposed"] = surely.where(surely.eq(1), surely_not.where(surely_not.eq(0)))
    return frame


def whole_years(intake_on: pd.Series) -> set[int]:
    """Years in which clients came in from the first to the last quarter.

    Deliveries may begin or end within a year, and one of early October holds a few days of the last quarter: the first
    year of all needs somebody in January, and the last one in December.
    """
    quarters = intake_on.dt.quarter.groupby(intake_on.dt.year).agg(["min", "max"])
    whole = set(quarters.index[(quarters["min"] == 1) & (quarters["max"] == 4)])
    first, last = intake_on.min(), intake_on.max()
    cut = {end.year for end, month in ((first, 1), (last, 12)) if end.month != month}
    return whole - cut


def reach_by_year(groups: pd.DataFrame) -> pd.DataFrame:
    """est_reach__by_year: clients who came in per year, new, regular, or between while their team changed over."""
    counted = year_and_way(groups)[["year", "way"]].value_counts().rename("n_clients")
    table = counted.reset_index().sort_values(["year", "way"], ignore_index=True)
    return table.assign(is_whole_year=table["year"].isin(whole_years(groups["intake_on"])))


def year_and_way(groups: pd.DataFrame) -> pd.DataFrame:
    """client_no, the year of intake, and in which way the team worked then."""
    way = client_frame(groups)["exposed"].map({1: "new", 0: "regular"}).fillna("between")
    return pd.DataFrame({"client_no": groups["client_no"], "year": groups["intake_on"].dt.year, "way": way})


def reach_contributions(groups: pd.DataFrame) -> Iterator[Added]:
    """Everybody counts once, in the year of intake and under the way of working of then."""
    for (year, way), rows in year_and_way(groups).groupby(["year", "way"]):
        client = rows["client_no"].to_numpy(np.int64)
        yield Added(outcome_name("reach", [year, way]), client, np.zeros_like(client))
