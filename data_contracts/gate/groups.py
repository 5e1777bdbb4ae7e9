"""Which group lies in which: the sums that someone who reads a whole table can make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.gate.rounding import Integers
from data_contracts.vocabulary.field import ALL, TEAM_AND_COHORT
from data_contracts.vocabulary.slices import AND, parts_of

Broader = Mapping[tuple[str, str], Mapping[str, str]]  # a slice and the slice of broader groups -> group in group

TEAM = "team"
OTHER = "overig"  # teams that are too small to be named, together


@dataclass(frozen=True, slots=True)
class Links:
    """Sums over rows: the rows `child` with the same `equation` belong to one slice and divide the row `parent`."""

    equation: Integers
    parent: Integers
    child: Integers

    def left_over(self, counts: Integers) -> tuple[Integers, Integers]:
        """Per sum the row that is divided (S,), and what its groups leave of its `counts` (S, K).

        That is who is in no group that stands there; below zero where groups overlap.
        """
        of_sum = np.zeros(self.equation.max(initial=-1) + 1, np.int64)
        of_sum[self.equation] = self.parent
        members = np.zeros((len(of_sum), counts.shape[1]), np.int64)
        np.add.at(members, self.equation, counts[self.child])
        return of_sum, counts[of_sum] - members


def links_between(groups: pd.DataFrame, team_types: Mapping[str, str], broader: Broader | None = None) -> Links:
    """The sums between the rows of `groups`, which has block, slice and slice_value.

    Every slice divides 'all'; a pair as team+cohort divides both; teams divide the type that `team_types` gives them,
    and groups the broader group that `broader` gives them. Only rows of one block are added up.
    """
    rows = groups.reset_index(drop=True).rename_axis("child").reset_index()
    divided = [rows[rows["slice"] != ALL].assign(of_slice=ALL, of_value=ALL)]
    for pair in rows.loc[rows["slice"].str.contains(AND, regex=False), "slice"].unique():
        both = rows[rows["slice"] == pair]
        names = both["slice_value"].str.rsplit(TEAM_AND_COHORT, n=1)
        divided += [both.assign(of_slice=of, of_value=names.str[at]) for at, of in enumerate(parts_of(pair))]
    for (of, within), labels in ({("team", "team_type"): team_types} | dict(broader or {})).items():
        nested = rows[(rows["slice"] == of) & rows["slice_value"].isin(list(labels))]
        divided.append(nested.assign(of_slice=within, of_value=nested["slice_value"].map(dict(labels))))
    parents = rows.rename(columns={"child": "parent", "slice": "of_slice", "slice_value": "of_value"})
    found = pd.concat(divided).merge(parents, on=["block", "of_slice", "of_value"], validate="many_to_one")
    equation = found.groupby(["parent", "slice"], sort=True).ngroup()
    order = np.lexsort((found["child"], equation))
    return Links(*(np.asarray(column, np.int64)[order] for column in (equation, found["parent"], found["child"])))
