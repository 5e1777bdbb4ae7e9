"""core_ tables of one delivery: the accepted rows of the raw tables, typed."""

from __future__ import annotations

import duckdb

from data_contracts.contract import sql_columns
from data_contracts.tables import core as contracts
from data_contracts.tables.core import DOMAIN_COLUMNS
from data_contracts.tables.intake import QUARANTINE
from data_contracts.vocabulary.reasons import ACCEPTED, NOT_QUARANTINED
from pipelines.intake.reading.texts import CLIENT_NO, Rules
from pipelines.intake.reading.typed import typing_of

# raw table -> contract of its core table, for the tables that are a plain cast
PLAIN = {
    "ladder": contracts.LADDER,
    "clients": contracts.CLIENTS,
    "trajectories": contracts.TRAJECTORIES,
    "provisions": contracts.PROVISIONS,
    "events": contracts.EVENTS,
    "experienced": contracts.EXPERIENCED,
    "costs": contracts.COSTS,
    "bridge": contracts.BRIDGE,
}


def typed_rows(
    connection: duckdb.DuckDBPyConnection, raw: duckdb.DuckDBPyRelation, table: str, rules: Rules
) -> str | None:
    """SQL for the accepted rows of one raw table with typed columns, over all its files; None without rows."""
    raw.to_view(f"raw_{table}", replace=True)
    entries = connection.execute(f"SELECT DISTINCT entry FROM raw_{table} ORDER BY entry").fetchall()
    parts = []
    for (entry,) in entries:
        rows = f"accepted_{table}_{entry}"
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW {rows} AS SELECT * FROM raw_{table}"
            f" WHERE entry = {entry} AND verdict = '{ACCEPTED}'"
        )
        values = typing_of(connection, rows, rules.mappings[entry], rules).columns
        columns = ", ".join(f"{sql} AS {name}" for name, sql in values.items())
        parts.append(f"SELECT file, row_number, part, {columns} FROM {rows}")
    return " UNION ALL BY NAME ".join(parts) if parts else None


def plain_table(
    connection: duckdb.DuckDBPyConnection, raw: duckdb.DuckDBPyRelation, table: str, rules: Rules
) -> duckdb.DuckDBPyRelation:
    """A core table whose rows are the accepted raw rows."""
    return conforming(connection, typed_rows(connection, raw, table, rules), PLAIN[table].name)


def assessments(
    connection: duckdb.DuckDBPyConnection, raw: duckdb.DuckDBPyRelation, delivery_key: str, rules: Rules
) -> duckdb.DuckDBPyRelation:
    """core_zrm__assessments: one row per assessment, domains that the study does not list left out."""
    typed = typed_rows(connection, raw, "assessments", rules)
    wide = _as_wide(typed, rules) if typed else None
    connection.execute("SET VARIABLE delivery_key = $key", {"key": delivery_key})
    if wide:
        wide = f"SELECT *, getvariable('delivery_key')::VARCHAR AS delivery, 1::SMALLINT AS episode_id FROM ({wide})"
    return conforming(connection, wide, contracts.ASSESSMENTS.name)


_HEAD = "client_no, assessed_on, date_kind, team_no, edition, rater_type, rater_no, moment_label, record_no"


def _as_wide(typed: str, rules: Rules) -> str:
    """One row per assessment, whether it came as one row or as one row per domain.

    Two scores of one domain on one day (another worker, or a correction) make two assessments; nothing is overwritten.
    """
    listed = [domain.value for domain in rules.study.life_domains]
    kept = ", ".join(f"{name if name in listed else 'NULL::TINYINT'} AS {name}" for name in DOMAIN_COLUMNS)
    pivot = ", ".join(f"max(score) FILTER (WHERE life_domain = '{name}') AS {name}" for name in DOMAIN_COLUMNS)
    filled = " OR ".join(f"{name} IS NOT NULL" for name in listed)
    return f"""
        WITH typed AS (SELECT * FROM ({padded(typed)})),
        long AS (
            SELECT *, row_number() OVER (
                PARTITION BY {_HEAD}, life_domain ORDER BY file, row_number, part) AS occurrence
            FROM typed WHERE life_domain IS NOT NULL),
        pivoted AS (SELECT {_HEAD}, {pivot}, min(file) AS file FROM long GROUP BY {_HEAD}, occurrence),
        wide AS (
            SELECT {_HEAD}, {", ".join(DOMAIN_COLUMNS)}, file FROM typed WHERE life_domain IS NULL
            UNION ALL BY NAME SELECT * FROM pivoted),
        listed AS (SELECT {_HEAD}, {kept}, file FROM wide)
        SELECT * FROM listed WHERE {filled}"""


def padded(typed: str) -> str:
    """`typed` with every column that a wide or a long file may have."""
    nothing = ", ".join(
        ["NULL::VARCHAR AS life_domain", "NULL::TINYINT AS score", "NULL::VARCHAR AS not_scored"]
        + [f"NULL::TINYINT AS {name}, NULL::VARCHAR AS {name}_not_scored" for name in DOMAIN_COLUMNS]
    )
    return f"{typed} UNION ALL BY NAME SELECT {nothing} WHERE false"


def not_scored(
    connection: duckdb.DuckDBPyConnection, raw: duckdb.DuckDBPyRelation, rules: Rules
) -> duckdb.DuckDBPyRelation:
    """core_zrm__not_scored: the reasons that a file gives for a domain without a score; only domains in use."""
    typed = typed_rows(connection, raw, "assessments", rules)
    if typed is None:
        return conforming(connection, None, contracts.NOT_SCORED.name)
    parts = [
        f"SELECT client_no, assessed_on, '{name}' AS life_domain, {name}_not_scored AS reason FROM typed"
        f" WHERE {name}_not_scored IS NOT NULL"
        for name in (domain.value for domain in rules.study.life_domains)
    ]
    listed = ", ".join(f"'{domain.value}'" for domain in rules.study.life_domains)
    parts.append(
        "SELECT client_no, assessed_on, life_domain, not_scored AS reason FROM typed"
        f" WHERE not_scored IS NOT NULL AND life_domain IN ({listed})"
    )
    return conforming(
        connection, f"WITH typed AS ({padded(typed)}) {' UNION ALL '.join(parts)}", contracts.NOT_SCORED.name
    )


def keys(connection: duckdb.DuckDBPyConnection, raws: dict[str, duckdb.DuckDBPyRelation]) -> duckdb.DuckDBPyRelation:
    """core_clients__keys: the only table in which the pseudonym stands beside client_no."""
    parts = []
    for table, raw in raws.items():
        raw.to_view(f"raw_{table}", replace=True)
        names = ["client_key", "client_key_new"] if table == "bridge" else ["client_key"]
        parts += [f"SELECT {name} AS client_key FROM raw_{table} WHERE verdict = '{ACCEPTED}'" for name in names]
    distinct = f"SELECT DISTINCT client_key FROM ({' UNION ALL '.join(parts)})"
    return conforming(
        connection,
        f"SELECT {CLIENT_NO.format('client_key')} AS client_no, client_key FROM ({distinct})",
        contracts.KEYS.name,
    )


def quarantine(
    connection: duckdb.DuckDBPyConnection, raws: dict[str, duckdb.DuckDBPyRelation]
) -> duckdb.DuckDBPyRelation:
    """core_intake__quarantine: every row that is not accepted, with its reason; the values stay in the raw table."""
    parts = []
    for table, raw in raws.items():
        raw.to_view(f"raw_{table}", replace=True)
        parts.append(
            f"SELECT '{table}' AS table_name, file, row_number, part, verdict AS reason FROM raw_{table}"
            f" WHERE verdict NOT IN {NOT_QUARANTINED}"
        )
    return conforming(connection, " UNION ALL ".join(parts), QUARANTINE.name)


def conforming(connection: duckdb.DuckDBPyConnection, query: str | None, table: str) -> duckdb.DuckDBPyRelation:
    """The columns of a contract in its order and types, sorted by all of them; empty without a query."""
    columns = sql_columns(contracts.CORE[table])
    if query is None:
        nothing = ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items())
        return connection.sql(f"SELECT {nothing} WHERE false")
    cast = ", ".join(f"{name}::{kind} AS {name}" for name, kind in columns.items())
    return connection.sql(f"SELECT {cast} FROM ({query}) ORDER BY ALL")
