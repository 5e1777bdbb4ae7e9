"""What a table meets at the gate: who may be in it, the slices that may leave, and everything that was shown before."""

from __future__ import annotations

from collections.abc import Callable, Collection

import duckdb
import pandas as pd

from data_contracts.gate.asked import Opened, opened_slices, rows_that_may_leave
from data_contracts.gate.ledger import Before
from data_contracts.gate.specs import SPECS
from data_contracts.gate.summary import Released
from data_contracts.study import Study
from data_contracts.tables import estimates
from data_contracts.vocabulary.field import ALL
from pipelines.releases.people import members_of, state_now
from pipelines.storage.home import Home

Frames = Callable[[str], pd.DataFrame]
TEAMS, GROUPS = "core_teams__register__current", "core_clients__groups"


def cells_released(
    frames: Frames, study: Study, shown_before: Before, opened: Collection[Opened]
) -> dict[str, Released]:
    """All tables about groups of clients by name, beside each other and against everything that was shown before."""
    from data_contracts.gate.disclosure import release_tables

    return release_tables(
        {
            name: rows_that_may_leave(name, frames(str(spec.source.name)), study.slices, opened)
            for name, spec in SPECS.items()
        },
        study.thresholds,
        study.slices,
        shown_before,
        team_types=_team_types(frames(TEAMS)),
        users=frames(str(estimates.USERS.name)),
    )


def members(groups: pd.DataFrame, study: Study, opened: Collection[Opened]) -> pd.DataFrame:
    """client_no, slice, slice_value: the groups of each client in every slice of which somebody may read a group."""
    from pipelines.records.panel import group_label

    names = [one.name for one in opened_slices(study.slices, opened) if one.name != ALL]
    labels = {name: group_label(groups, name) for name in names}
    return members_of(groups[["client_no"]].assign(**labels), list(labels))


def _team_types(teams: pd.DataFrame) -> dict[str, str]:
    known = teams[teams["team_type"].notna()]
    return {str(team): str(kind) for team, kind in zip(known["team"], known["team_type"], strict=True)}


def people_state(
    connection: duckdb.DuckDBPyConnection, home: Home, frames: Frames, study: Study, opened: Collection[Opened]
) -> duckdb.DuckDBPyRelation:
    """closed_gate__people: who contributes what to every figure now, and who is in which group that may be read."""
    from data_contracts.gate.disclosure import unnamed_teams

    users = frames(str(estimates.USERS.name))
    unnamed = [
        (name, spec.outcome[0], team)
        for name, spec in SPECS.items()
        for team in unnamed_teams(name, frames(str(spec.source.name)), study.thresholds, users)
    ]
    others = pd.DataFrame(unnamed, columns=["table_name", "kind", "team"], dtype="str")
    return state_now(connection, home, members(frames(GROUPS), study, opened), others)
