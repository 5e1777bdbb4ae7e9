"""Rows that were set aside and whose record is known: what an earlier delivery had of it stays, as stale.

Such a row says that the record is there and not what it holds. A part of the key that cannot be read may be anything.
"""

from __future__ import annotations

import duckdb

from data_contracts.tables import core as contracts
from data_contracts.vocabulary.reasons import NOT_QUARANTINED, Reason
from pipelines.intake.core import PLAIN, conforming
from pipelines.intake.reading.texts import Rules
from pipelines.intake.reading.typed import typing_of

# raw table -> the day in its key, and what else is in it beside the client
SPOILABLE: dict[str, tuple[str, str]] = {
    "assessments": ("assessed_on", "edition"),
    "ladder": ("assessed_on", "ladder_variant"),
    "trajectories": ("started_on", "NULL"),
    "provisions": ("started_on", "product"),
    "events": ("occurred_on", "event_kind"),
    "experienced": ("asked_on", "scale"),
}
_NO_CLIENT = (Reason.ERASED, Reason.ROW_UNREADABLE, Reason.CLIENT_MISSING, Reason.CLIENT_KEY_MALFORMED)
# Where the day itself may be what is wrong.
_NO_DAY = (
    Reason.DATE_MISSING,
    Reason.DATE_UNREADABLE,
    Reason.DATE_TOO_EARLY,
    Reason.DATE_IN_FUTURE,
    Reason.END_BEFORE_START,
)


def spoiled(
    connection: duckdb.DuckDBPyConnection, raws: dict[str, duckdb.DuckDBPyRelation], rules: Rules
) -> duckdb.DuckDBPyRelation:
    """core_intake__spoiled of the raw tables that have people in them."""
    parts = [part for table in SPOILABLE if table in raws for part in _of_table(connection, raws[table], table, rules)]
    return conforming(connection, " UNION ALL ".join(parts) or None, str(contracts.SPOILED.name))


def _of_table(
    connection: duckdb.DuckDBPyConnection, raw: duckdb.DuckDBPyRelation, table: str, rules: Rules
) -> list[str]:
    raw.to_view(f"raw_{table}", replace=True)
    day, what = SPOILABLE[table]
    name = "core_zrm__assessments" if table == "assessments" else PLAIN[table].name
    unused = _listed(NOT_QUARANTINED + _NO_CLIENT)
    parts = []
    for (entry,) in connection.execute(f"SELECT DISTINCT entry FROM raw_{table} ORDER BY entry").fetchall():
        rows = f"spoiled_{table}_{entry}"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {rows} AS SELECT * FROM raw_{table}"
            f" WHERE entry = {entry} AND verdict NOT IN ({unused})"
        )
        values = typing_of(connection, rows, rules.mappings[entry], rules).columns | {"NULL": "NULL"}
        readable = f"CASE WHEN verdict NOT IN ({_listed(_NO_DAY)}) THEN {values[day]} END"
        parts.append(
            f"""SELECT '{name}' AS table_name, {values["client_no"]} AS client_no, {values["record_no"]} AS record_no,
            {readable} AS on_day, ({values[what]})::VARCHAR AS what FROM {rows}"""
        )
    return parts


def _listed(codes: tuple[str, ...]) -> str:
    return ", ".join(f"'{code}'" for code in codes)
