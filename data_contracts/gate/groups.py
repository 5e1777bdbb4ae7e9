"""Which group lies in which: the sums that someone who reads a whole table can make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.gate.rounding import Integers
from data_contracts.vocabulary.field import ALL, TEAM_AND_COHORT


@dataclass(frozen=True, slots=True)
class Links:
    """Sums over rows: the rows `child` with the same `equation` belong to one slice and divide the row `parent`."""

    equation: Integers
    parent: Integers
    child: Integers


def links_between(groups: pd.DataFrame, team_types: Mapping[str, str]) -> Links:
    """The sums between the rows of `groups`, which has block, slice and slice_value.

    Every slice divides 'all'; team+cohort divides both team and cohort; teams divide the type that `team_types` gives
    them. Only rows of one block are added up.
    """
    rows = groups.reset_index(drop=True).rename_axis("child").reset_index()
    divided = [rows[rows["slice"] != ALL].assign(of_slice=ALL, of_value=ALL)]
    both = rows[rows["slice"] == "team+cohort"]
    names = both["slice_value"].str.rsplit(TEAM_AND_COHORT, n=1)
    divided += [both.assign(of_slice="team", of_value=names.str[0])]
    divided += [both.assign(of_slice="cohort", of_value=names.str[-1])]
    typed = rows[(rows["slice"] == "team") & rows["slice_value"].isin(list(team_types))]
    divided.append(typed.assign(of_slice="team_type", of_value=typed["slice_value"].map(team_types)))
    parents = rows.rename(columns={"child": "parent", "slice": "of_slice", "slice_value": "of_value"})
    found = pd.concat(divided).merge(parents, on=["block", "of_slice", "of_value"], validate="many_to_one")
    equation = found.groupby(["parent", "slice"], sort=True).ngroup()
    order = np.lexsort((found["child"], equation))
    return Links(*(np.asarray(column, np.int64)[order] for column in (equation, found["parent"], found["child"])))
