"""One table over all deliveries that count: what the source says now.

The delivery with the later extract date decides about a record, then the one received later. What a complete delivery
no longer holds is gone (standing.py). An assessment is decided about per life domain: a long file that brings one
domain leaves the others as they were.
People with a new pseudonym are joined by the key holder's bridge, teams get one number, and a merged team counts as its
successor (laid.py).
"""

from __future__ import annotations

from collections.abc import Collection

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.mapping.steps import Delivers
from data_contracts.tables.core import CORE, DOMAIN_COLUMNS
from pipelines.records.identity import same_record
from pipelines.records.laid import Laid
from pipelines.storage.tables import StoredTable

ASSESSMENTS = "core_zrm__assessments"


def current_table(
    ready: Laid, stored: StoredTable, delivers: Delivers | None = None, restricted: Collection[int] = ()
) -> duckdb.DuckDBPyRelation:
    """The `__current` table of `stored`; clients in `restricted` are in it under no number."""
    standing = ready.standing(ready.rows(stored), stored.name, delivers)
    if restricted and "client_no" in sql_columns(CORE[stored.name]):
        standing = f"SELECT * FROM ({standing}) WHERE client_no NOT IN ({_under_todays_number(ready, restricted)})"
    return decided(ready.connection, standing, stored.name)


def decided(connection: duckdb.DuckDBPyConnection, standing: str, table: str) -> duckdb.DuckDBPyRelation:
    """The `__current` table of the rows that stand: per record those of the last delivery."""
    columns = sql_columns(CORE[f"{table}__current"])
    if table == ASSESSMENTS:
        last = _decided_per_domain(standing, list(columns))
    else:
        last = f"""SELECT * FROM ({standing})
            QUALIFY delivery_order = max(delivery_order) OVER (PARTITION BY {same_record(table)})"""
    cast = ", ".join(f"{name}::{kind} AS {name}" for name, kind in columns.items())
    return connection.sql(f"SELECT {cast} FROM ({last}) ORDER BY ALL")


def _under_todays_number(ready: Laid, client_nos: Collection[int]) -> str:
    """SQL for the numbers under which these clients stand once the bridge has joined them."""
    numbers = pd.DataFrame({"client_no": pd.Series(sorted(client_nos), dtype="int64")})
    ready.connection.register("restricted_clients", numbers)
    return f"SELECT client_no FROM ({ready.of_today('restricted_clients')})"


def _decided_per_domain(rows: str, columns: list[str]) -> str:
    """SQL: assessments of one record as one row, each life domain from the last delivery that scored it.

    Several assessments of one record in one delivery stay several: the first of one meets the first of the other.
    Only records that stand in more than one row are decided about; the others cost as much again and stay as they are.
    """
    key = same_record(ASSESSMENTS)
    head = [name for name in columns if name not in DOMAIN_COLUMNS]
    last = ", ".join(
        f"CASE WHEN delivery_order = max(CASE WHEN {name} IS NOT NULL THEN delivery_order END) OVER record"
        f" THEN {name} END AS {name}"
        for name in DOMAIN_COLUMNS
    )
    packed = ", ".join(f"{name} := {name}" for name in head)
    domains = ", ".join(f"max({name}) AS {name}" for name in DOMAIN_COLUMNS)
    left = " OR ".join(f"{name} IS NOT NULL" for name in DOMAIN_COLUMNS)
    return f"""WITH delivered AS MATERIALIZED (SELECT *, hash({key}) AS record_hash FROM ({rows})),
        again AS (SELECT record_hash FROM delivered GROUP BY record_hash HAVING count(*) > 1),
        decided AS (
            SELECT * REPLACE ({last}), row_number() OVER (
                PARTITION BY {key}, delivery_order ORDER BY rater_no, {", ".join(DOMAIN_COLUMNS)}) AS nth
            FROM delivered SEMI JOIN again USING (record_hash) WINDOW record AS (PARTITION BY {key})),
        merged AS (
            SELECT arg_max(struct_pack({packed}), delivery_order) AS head, {domains}
            FROM decided WHERE {left} GROUP BY {key}, nth)
        SELECT unnest(head), {", ".join(DOMAIN_COLUMNS)} FROM merged
        UNION ALL BY NAME
        SELECT {", ".join([*head, *DOMAIN_COLUMNS])} FROM delivered ANTI JOIN again USING (record_hash) WHERE {left}"""
