"""Intake, one run per delivery: raw tables with a verdict per row, typed core tables, quarantine and account."""

from __future__ import annotations

import dagster as dg
import duckdb
import pandas as pd

from data_contracts import core as contracts
from data_contracts.core import raw_contract
from pipelines.intake import core
from pipelines.intake.accounting import accounting
from pipelines.intake.opening import accept, delivery_of, rules_of
from pipelines.intake.raw import raw_table
from pipelines.intake.teams import delivered_register, named_register, numbered, study_register, team_numbers
from pipelines.intake.typed import Rules, text_columns
from pipelines.table_asset import Task, table_asset
from pipelines.tables import Value

GROUP = "intake"
REGISTER = "core_teams__register"
RAW = {
    "teams": "raw_teams__register",
    "assessments": "raw_zrm__assessments",
    "ladder": "raw_ladder__scores",
    "clients": "raw_clients__attributes",
    "trajectories": "raw_cases__trajectories",
    "provisions": "raw_provisions__use",
    "events": "raw_events__incidents",
    "experienced": "raw_experienced__marks",
    "costs": "raw_costs__yearly",
    "bridge": "raw_clients__bridge",
}
WITH_CLIENTS = [table for table in RAW if table not in ("teams", "costs")]
WITH_TEAMS = ["assessments", "trajectories", "costs"]


def _register(task: Task) -> pd.DataFrame:
    """The delivered register, or the study's; empty when there is neither."""
    key = task.delivery_key
    raw, rules = task.relation(RAW["teams"]), rules_of(task.place, key, None)
    register = delivered_register(task.connection, raw, delivery_of(task.place, key), rules)
    if register.empty and task.place.files.teams:
        register = study_register(task.place.files.teams)
    return register


def _rules(task: Task) -> Rules:
    """The rules for typing, once the teams are numbered."""
    return rules_of(task.place, task.delivery_key, team_numbers(task.frame(REGISTER)))


def _raws(task: Task, tables: list[str]) -> dict[str, duckdb.DuckDBPyRelation]:
    return {table: task.relation(RAW[table]) for table in tables}


def _raw_asset(table: str) -> dg.AssetsDefinition:
    reads = [] if table == "teams" else [RAW["teams"]]

    @table_asset(raw_contract(RAW[table], text_columns(table)), GROUP, reads, per_delivery=True)
    def raw(task: Task) -> Value:
        """Text as delivered, every row with its verdict."""
        register = _register(task) if reads else pd.DataFrame()
        numbers = None if register.empty else team_numbers(numbered(register))
        rules = rules_of(task.place, task.delivery_key, numbers)
        return raw_table(task.connection, delivery_of(task.place, task.delivery_key), table, rules)

    return raw


raw_assets = [_raw_asset(table) for table in RAW]


@table_asset(contracts.TEAMS, GROUP, [RAW["teams"], *(RAW[table] for table in WITH_TEAMS)], per_delivery=True)
def core_teams__register(task: Task) -> Value:
    """The teams with a number each; without a register, the names that occur."""
    register = _register(task)
    if register.empty:
        sources = " UNION ".join(f"SELECT team, verdict FROM {task.tables[RAW[table]].sql}" for table in WITH_TEAMS)
        names = task.connection.sql(
            f"SELECT DISTINCT team FROM ({sources}) WHERE verdict = 'accepted' AND team IS NOT NULL ORDER BY team"
        ).fetchall()
        register = named_register([name for (name,) in names])
    return numbered(register)


@table_asset(contracts.ASSESSMENTS, GROUP, [RAW["assessments"], REGISTER], per_delivery=True)
def core_zrm__assessments(task: Task) -> Value:
    """Assessments, one row each, one column per life domain in use."""
    delivery = delivery_of(task.place, task.delivery_key)
    return core.assessments(task.connection, task.relation(RAW["assessments"]), delivery, _rules(task))


@table_asset(contracts.NOT_SCORED, GROUP, [RAW["assessments"], REGISTER], per_delivery=True)
def core_zrm__not_scored(task: Task) -> Value:
    """Why a domain has no score, where the file says so."""
    delivery = delivery_of(task.place, task.delivery_key)
    return core.not_scored(task.connection, task.relation(RAW["assessments"]), delivery, _rules(task))


def _plain_asset(table: str) -> dg.AssetsDefinition:
    @table_asset(core.PLAIN[table], GROUP, [RAW[table], REGISTER], per_delivery=True)
    def plain(task: Task) -> Value:
        """The accepted rows, typed."""
        delivery = delivery_of(task.place, task.delivery_key)
        return core.plain_table(task.connection, task.relation(RAW[table]), delivery, table, _rules(task))

    return plain


plain_assets = [_plain_asset(table) for table in core.PLAIN]


@table_asset(contracts.KEYS, GROUP, [RAW[table] for table in WITH_CLIENTS], per_delivery=True)
def core_clients__keys(task: Task) -> Value:
    """The pseudonym beside client_no; it stands nowhere else in core."""
    return core.keys(task.connection, _raws(task, WITH_CLIENTS))


@table_asset(contracts.QUARANTINE, GROUP, list(RAW.values()), per_delivery=True)
def core_intake__quarantine(task: Task) -> Value:
    """Every row that was not accepted, with its reason; its values stay in the raw table."""
    return core.quarantine(task.connection, _raws(task, list(RAW)))


@table_asset(contracts.ACCOUNTING, GROUP, [*RAW.values(), REGISTER], per_delivery=True)
def core_intake__accounting(task: Task) -> Value:
    """Rows in = accepted + quarantined + exact duplicates, per file."""
    delivery = delivery_of(task.place, task.delivery_key)
    return accounting(task.connection, _raws(task, list(RAW)), delivery, _rules(task))


_CORE = [contracts.ASSESSMENTS, contracts.NOT_SCORED, contracts.KEYS, contracts.QUARANTINE, contracts.ACCOUNTING]


@table_asset(
    contracts.ACCEPTED_DELIVERIES,
    GROUP,
    [REGISTER, *(str(schema.name) for schema in [*_CORE, *core.PLAIN.values()])],
    per_delivery=True,
)
def core_intake__accepted(task: Task) -> Value:
    """The last step of intake: every table is there and keeps its contract, so the delivery counts from now on."""
    receipt = accept(task.place, task.delivery_key)
    account = task.frame("core_intake__accounting")
    return pd.DataFrame(
        {
            "delivery": [receipt.key],
            "name": [receipt.name],
            "received_on": [pd.Timestamp(receipt.received_on)],
            "rows": [int(account["rows"].sum())],
            "accepted": [int(account["accepted"].sum())],
        }
    )
