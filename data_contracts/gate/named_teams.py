"""Rows that name a team: they stand before the rules with everything else, and leave for that team's circle only.

Because they are inside audit and ledger, whoever reads the release beside the rows of any teams can derive nothing.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from data_contracts.gate.groups import OTHER
from data_contracts.vocabulary.names import folded

TEAM = "team"


@dataclass(frozen=True, slots=True)
class Parted:
    """One table behind the gate: what may stand in a release, and the rows of named teams."""

    released: pd.DataFrame
    of_teams: pd.DataFrame


def parted(out_frame: pd.DataFrame, agreed: Collection[str]) -> Parted:
    """The rows of teams apart; those of teams that `agreed` to be named stand in the release too.

    The group of small teams together is no team and has no circle: its row goes nowhere.
    """
    if "slice" not in out_frame:
        return Parted(out_frame, out_frame.iloc[:0])
    of_team = out_frame["slice"] == TEAM
    known = {folded(team) for team in agreed}
    no_team = out_frame["slice_value"] == OTHER
    may_be_named = out_frame["slice_value"].map(folded).isin(known) & ~no_team
    released = out_frame[~of_team | may_be_named].reset_index(drop=True)
    return Parted(released, out_frame[of_team & ~no_team].reset_index(drop=True))
