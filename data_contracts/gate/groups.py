"""Which group lies in which: the sums that someone who reads a whole table can make."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data_contracts.gate.spec import TEAM_AND_COHORT
from data_contracts.vocabulary import ALL

LINKS = ["equation", "parent", "child"]


def links_between(groups: pd.DataFrame, team_types: Mapping[str, str]) -> pd.DataFrame:
    """One row per sum and member: the rows `child` of one slice divide the row `parent`.

    `groups` has a row per table row with block, slice and slice_value. Every slice divides 'all'; team+cohort divides
    both team and cohort; teams divide the type that `team_types` gives them.
    """
    rows = groups.reset_index(drop=True).rename_axis("row").reset_index()
    slice_, value = rows["slice"], rows["slice_value"]
    divided = [rows.assign(of_slice=ALL, of_value=ALL)[slice_ != ALL]]
    both = rows[slice_ == "team+cohort"]
    if len(both):
        names = both["slice_value"].str.rpartition(TEAM_AND_COHORT)
        divided += [both.assign(of_slice="team", of_value=names[0]), both.assign(of_slice="cohort", of_value=names[2])]
    typed = rows[(slice_ == "team") & value.isin(list(team_types))]
    divided.append(typed.assign(of_slice="team_type", of_value=typed["slice_value"].map(team_types)))
    parents = rows.rename(columns={"row": "parent", "slice": "of_slice", "slice_value": "of_value"})
    found = pd.concat(divided).merge(parents, on=["block", "of_slice", "of_value"], validate="many_to_one")
    found = found.rename(columns={"row": "child"})
    found["equation"] = found.groupby(["parent", "slice"], sort=True).ngroup()
    return found[LINKS].sort_values(LINKS, ignore_index=True)
