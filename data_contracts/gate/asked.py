"""What a question opens: one slice of one outcome. Rows of slices that nobody asked for do not come to the gate.

A question opens all groups of its slice at once, for its own outcome only. So what a second question shows of another
group in it was decided with the first, and no series of questions can be made whose answers differ by a few people.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from data_contracts.slices import TEAM_AND_COHORT_SLICE, Slice
from data_contracts.study import Study
from data_contracts.tables.for_whom import OUT_FOR_WHOM


@dataclass(frozen=True, slots=True)
class Opened:
    """The slice `slice` in the rows of the out_ table `table` that are `about` one outcome."""

    table: str
    slice: str
    about: tuple[tuple[str, str], ...]

    @staticmethod
    def of(table: str, slice_name: str, about: Mapping[str, str]) -> Opened:
        """The same with the columns of the outcome by name."""
        return Opened(table, slice_name, tuple(sorted(about.items())))


def declared_open(study: Study) -> frozenset[Opened]:
    """The slices that the study declared to look at for a difference in effect: they leave in that table only."""
    return frozenset(Opened.of(str(OUT_FOR_WHOM.name), one.slice, {}) for one in study.design.for_whom)


def rows_that_may_leave(
    table: str, est_frame: pd.DataFrame, slices: Sequence[Slice], opened: Collection[Opened]
) -> pd.DataFrame:
    """`est_frame` without cells that nobody reads: slices that nobody asked for, and team-years.

    Team-years only serve the tests of a tree, before the gate.
    """
    if "slice" not in est_frame:
        return est_frame
    unasked = [one.name for one in slices if one.is_asked]
    kept = ~est_frame["slice"].isin([TEAM_AND_COHORT_SLICE, *unasked])
    for one in opened:
        if one.table == table:
            kept |= is_opened(est_frame, one)
    return est_frame[kept].reset_index(drop=True)


def is_opened(frame: pd.DataFrame, one: Opened) -> pd.Series:
    """Which rows of a table, before or behind the gate, a question opens."""
    found = frame["slice"] == one.slice
    for column, value in one.about:
        found &= frame[column] == value
    return found


def opened_slices(slices: Sequence[Slice], opened: Collection[Opened]) -> list[Slice]:
    """The slices of which somebody may read a group; 'all' is one of them."""
    asked = {one.slice for one in opened}
    return [one for one in slices if one.name != TEAM_AND_COHORT_SLICE and (not one.is_asked or one.name in asked)]
