"""One table over all deliveries that count, for every core table."""

from __future__ import annotations

from data_contracts.contract import sql_columns
from data_contracts.tables import core as contracts
from pipelines.assets.table_asset import Part, Task, table_assets
from pipelines.intake.core import conforming
from pipelines.records.current import current_table
from pipelines.records.episodes import with_episodes
from pipelines.records.identity import NATURAL_KEY
from pipelines.records.laid import laid
from pipelines.records.register import all_teams
from pipelines.records.standing import delivers_of
from pipelines.storage.restricted_people import restricted_clients
from pipelines.storage.tables import Value

GROUP = "current"
REGISTER, BRIDGE, SPOILED = "core_teams__register", "core_clients__bridge", "core_intake__spoiled"
ASSESSMENTS, TRAJECTORIES = "core_zrm__assessments", "core_cases__trajectories__current"


def _teams(task: Task) -> Value:
    """The register over all deliveries, with the team as which a merged team counts."""
    columns = list(sql_columns(contracts.TEAMS_CURRENT))
    return all_teams(task.tables[REGISTER], task.connection)[columns].drop_duplicates("team_no", ignore_index=True)


def _accounting(task: Task) -> Value:
    """The accounts of all deliveries that count."""
    return conforming(
        task.connection, f"SELECT * FROM {task.tables['core_intake__accounting'].sql}", "core_intake__accounting"
    )


def _current(task: Task, table: str) -> Value:
    stored, registers, bridges, spoiled = (task.tables[name] for name in (table, REGISTER, BRIDGE, SPOILED))
    teams = all_teams(registers, task.connection)
    ready = laid(task.connection, [path.stem for path in registers.paths], registers, bridges, teams, spoiled)
    delivers = delivers_of(task.place.files.mapping, table)
    result = current_table(ready, stored, delivers, restricted_clients(task.place.home))
    if table != ASSESSMENTS:
        return result
    task.relation(TRAJECTORIES).to_view("trajectories", replace=True)
    return with_episodes(task.connection, result, task.place.files.study)


def _part(table: str) -> Part:
    def make(task: Task) -> Value:
        """The same table over all deliveries that count."""
        return _current(task, table)

    reads = (table, REGISTER, BRIDGE, SPOILED, *([TRAJECTORIES] if table == ASSESSMENTS else []))
    return Part(contracts.CORE[f"{table}__current"], reads, make)


current_tables = table_assets(
    "current_tables",
    [
        Part(contracts.TEAMS_CURRENT, (REGISTER,), _teams),
        Part(contracts.ACCOUNTING_CURRENT, ("core_intake__accounting", "core_intake__accepted"), _accounting),
        # Assessments come last: their episodes follow the trajectories.
        *(_part(table) for table in sorted(NATURAL_KEY, key=ASSESSMENTS.__eq__)),
    ],
    GROUP,
)
