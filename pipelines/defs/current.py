"""One table over all deliveries that count, for every core table."""

from __future__ import annotations

import dagster as dg

from data_contracts import core as contracts
from data_contracts.contract import sql_columns
from pipelines.current import RECORD, all_teams, current_table, with_episodes
from pipelines.intake.core import conforming
from pipelines.table_asset import Task, table_asset
from pipelines.tables import Value

GROUP = "current"
REGISTER, BRIDGE = "core_teams__register", "core_clients__bridge"


@table_asset(contracts.TEAMS_CURRENT, GROUP, [REGISTER])
def core_teams__register__current(task: Task) -> Value:
    """The register over all deliveries, with the team as which a merged team counts."""
    columns = list(sql_columns(contracts.TEAMS_CURRENT))
    return all_teams(task.tables[REGISTER], task.connection)[columns].drop_duplicates("team_no", ignore_index=True)


@table_asset(contracts.ACCOUNTING_CURRENT, GROUP, ["core_intake__accounting"])
def core_intake__accounting__current(task: Task) -> Value:
    """The accounts of all deliveries that count."""
    return conforming(
        task.connection, f"SELECT * FROM {task.tables['core_intake__accounting'].sql}", "core_intake__accounting"
    )


def _current(task: Task, table: str) -> Value:
    teams = all_teams(task.tables[REGISTER], task.connection)
    result = current_table(task.connection, task.tables[table], task.tables[REGISTER], task.tables[BRIDGE], teams)
    if table != "core_zrm__assessments":
        return result
    study = task.place.files.study
    listed = [domain.value for domain in study.life_domains]
    return with_episodes(task.connection, result, listed, study.new_episode_after_months)


def _current_asset(table: str) -> dg.AssetsDefinition:
    @table_asset(contracts.CORE[f"{table}__current"], GROUP, [table, REGISTER, BRIDGE])
    def current(task: Task) -> Value:
        """The same table over all deliveries that count."""
        return _current(task, table)

    return current


current_assets = [_current_asset(table) for table in RECORD]
