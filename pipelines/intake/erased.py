"""Rows of people who were erased: counted with their place in the file, and nothing of their text is kept.

The same function empties them when a delivery is read and when people are erased from one that was read before, so both
leave the same rows.
"""

from __future__ import annotations

import duckdb

from data_contracts.vocabulary.reasons import ACCEPTED, Reason
from pipelines.intake.reading.columns import text_columns
from pipelines.storage.suppression import Suppressed

PSEUDONYMS = ("client_key", "client_key_new")


def empty_erased(connection: duckdb.DuckDBPyConnection, rows: str, table: str, suppressed: Suppressed) -> int:
    """Empty the rows of erased people in the table `rows` of raw rows of one kind; gives how many there are.

    A row that cannot be read is theirs when a pseudonym of theirs stands anywhere in it. Where a bridge says that an
    erased person has another pseudonym, that one is suppressed too.
    """
    keys = [name for name in PSEUDONYMS if name in text_columns(table)]
    if not keys:
        return 0
    if len(keys) > 1:
        _follow(connection, rows, suppressed)
    columns = text_columns(table)
    texts = _distinct(connection, rows, keys, "true") | _distinct(connection, rows, columns, "NOT is_readable")
    erased = sorted(suppressed.among(texts))
    if not erased:
        return 0
    connection.execute("SET VARIABLE erased = $texts::VARCHAR[]", {"texts": erased})
    is_theirs = _any_of(keys) + f" OR (NOT is_readable AND ({_any_of(columns)}))"
    emptied = ", ".join(f"{name} = NULL" for name in columns)
    ((n_rows,),) = connection.execute(
        f"""UPDATE {rows} SET {emptied}, left_out_as = NULL, n_blanked = 0, verdict = '{Reason.ERASED}'
        WHERE {is_theirs}"""
    ).fetchall()
    connection.execute("RESET VARIABLE erased")
    return int(n_rows)


def _any_of(columns: list[str]) -> str:
    return " OR ".join(f"list_contains(getvariable('erased'), {name})" for name in columns)


def _distinct(connection: duckdb.DuckDBPyConnection, rows: str, columns: list[str], which: str) -> set[str]:
    union = " UNION ".join(f"SELECT {name} AS text FROM {rows} WHERE {which}" for name in columns)
    return {text for (text,) in connection.execute(f"SELECT text FROM ({union}) WHERE text IS NOT NULL").fetchall()}


def _follow(connection: duckdb.DuckDBPyConnection, rows: str, suppressed: Suppressed) -> None:
    """Suppress the other pseudonyms of erased people, as far as the bridge leads."""
    pairs = connection.execute(
        f"""SELECT DISTINCT {", ".join(PSEUDONYMS)} FROM {rows}
        WHERE verdict = '{ACCEPTED}' AND client_key IS NOT NULL AND client_key_new IS NOT NULL"""
    ).fetchall()
    while True:
        erased = suppressed.among({text for pair in pairs for text in pair})
        others = {text for pair in pairs if erased & set(pair) for text in pair} - erased
        if not others:
            return
        suppressed.add(others)
