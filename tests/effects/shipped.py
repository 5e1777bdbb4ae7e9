"""The core tables of a shipped study from its own files, by the functions of the intake, without Dagster."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import duckdb
import pytest

from data_contracts.mapping.file import Mapping
from data_contracts.study import Study
from data_contracts.yaml_file import read_model
from pipelines.intake import core
from pipelines.intake.door import open_delivery
from pipelines.intake.opened import OpenedFiles
from pipelines.intake.raw import raw_table
from pipelines.intake.reading.texts import Rules
from pipelines.intake.teams import delivered_register, numbered, team_numbers
from pipelines.records.current import all_teams, current_table, with_episodes
from pipelines.records.identity import NATURAL_KEY
from pipelines.storage.platform import connect
from pipelines.storage.tables import StoredTable
from tests.effects.road import VIEWS
from tests.intake.taking_in import RECEIVED_ON
from tests.once import made_once

STUDIES = Path(__file__).parents[2] / "studies"
ASSESSMENTS, TEAMS, BRIDGE = "core_zrm__assessments", "core_teams__register", "core_clients__bridge"


def delivered(name: str, factory: pytest.TempPathFactory) -> tuple[Study, duckdb.DuckDBPyConnection]:
    """The study, and an engine with its core tables as views; the tables are made once for all tests of a session."""
    made = made_once(factory, f"core-{name}", partial(_taken_in, name))
    connection = connect()
    for path in sorted((made / "current").iterdir()):
        connection.read_parquet(str(path)).to_view(path.stem, replace=True)
    return read_model(STUDIES / name / "study.yaml", Study), connection


def _taken_in(name: str, work: Path) -> None:
    """The core tables as they count now in `current`, from the files of the delivery."""
    (work / "current").mkdir()
    study = read_model(STUDIES / name / "study.yaml", Study)
    connection = connect()
    mapping = read_model(STUDIES / name / "mapping.yaml", Mapping)
    delivery = open_delivery(STUDIES / name / "deliveries" / name, mapping)
    blind = Rules(study, mapping.every_file, RECEIVED_ON, None)
    with OpenedFiles(delivery, mapping.every_file) as opened:
        raw_teams = raw_table(connection, delivery, opened, "teams", blind)
        register = numbered(delivered_register(connection, raw_teams, blind))
        rules = Rules(study, mapping.every_file, RECEIVED_ON, team_numbers(register))
        raws = {table: raw_table(connection, delivery, opened, table, rules) for table in ("assessments", *core.PLAIN)}

    def stored(table: str, rows: duckdb.DuckDBPyRelation) -> StoredTable:
        path = work / f"{table}.parquet"
        rows.write_parquet(str(path))
        return StoredTable(table, (path,))

    registers = stored(TEAMS, connection.from_df(register))
    tables = {
        str(schema.name): core.plain_table(connection, raws[table], table, rules)
        for table, schema in core.PLAIN.items()
    } | {ASSESSMENTS: core.assessments(connection, raws["assessments"], delivery.key, rules)}
    bridges = stored(BRIDGE, tables[BRIDGE])
    teams = all_teams(registers, connection)
    connection.register("counted_teams", teams)
    connection.sql("SELECT * FROM counted_teams").write_parquet(str(work / "current" / "teams.parquet"))
    # The first measurement is found beside the trajectories, so they come before it.
    for view, schema in sorted(VIEWS.items(), key=lambda one: one[0] == "assessments"):
        table = str(schema.name).removesuffix("__current")
        if table not in NATURAL_KEY:
            continue
        rows = current_table(connection, stored(table, tables[table]), registers, bridges, teams)
        if table == ASSESSMENTS:
            rows = with_episodes(connection, rows, study)
        path = str(work / "current" / f"{view}.parquet")
        rows.write_parquet(path)
        connection.read_parquet(path).to_view(view, replace=True)
