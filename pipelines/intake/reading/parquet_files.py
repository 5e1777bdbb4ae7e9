"""Parquet: columns as text in the same written forms as cells, in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from pipelines.intake.reading import limits
from pipelines.intake.reading.bulk import in_memory
from pipelines.intake.reading.engine import engine
from pipelines.intake.reading.sheets import (
    DATE,
    MOMENT,
    NUMBER,
    TEXT,
    TIME,
    YES_NO,
    Declared,
    Opened,
    Row,
    Sheet,
    Unreadable,
)

_BROKEN = ("dit is geen leesbaar Parquet-bestand.", "Vraag een nieuwe uitdraai.")
_WHOLE = (
    "TINYINT",
    "SMALLINT",
    "INTEGER",
    "BIGINT",
    "HUGEINT",
    "UTINYINT",
    "USMALLINT",
    "UINTEGER",
    "UBIGINT",
    "UHUGEINT",
)


@dataclass(frozen=True)
class ParquetRows:
    """A Parquet file; row 1 holds the names of its columns."""

    content: bytes
    names: tuple[str, ...]
    types: tuple[str, ...]

    def __iter__(self) -> Iterator[Row]:
        """The names, then every row."""
        connection = engine()
        width = self.into(connection, "parquet_rows")
        cells = ", ".join(f"coalesce(c{at}, '')" for at in range(width))
        result = connection.execute(f"SELECT row_number, kinds, {cells} FROM parquet_rows ORDER BY row_number")
        while rows := result.fetchmany(10_000):
            for number, kinds, *texts in rows:
                yield Row(number, tuple(texts), kinds)

    def into(self, connection: duckdb.DuckDBPyConnection, target: str) -> int:
        """The table of all rows; raises Unreadable when the pages of the file are broken."""
        quoted = ['"' + name.replace('"', '""') + '"' for name in self.names]
        cells = [
            f"{_written(name, kind)} AS c{at}" for at, (name, kind) in enumerate(zip(quoted, self.types, strict=True))
        ]
        kinds = "".join(_letter(kind) for kind in self.types)
        header = ", ".join(f"$n{at} AS c{at}" for at in range(len(quoted)))
        with in_memory(connection, self.content) as place:
            try:
                connection.execute(
                    f"""CREATE OR REPLACE TEMP TABLE {target} AS
                    SELECT 1::INTEGER AS row_number, '{TEXT * len(self.names)}' AS kinds, {header}
                    UNION ALL
                    SELECT (row_number() OVER () + 1)::INTEGER, '{kinds}', {", ".join(cells)}
                    FROM read_parquet('{place}')""",
                    {f"n{at}": name for at, name in enumerate(self.names)},
                )
            except duckdb.Error:
                raise Unreadable(*_BROKEN) from None
        return len(quoted)


def open_parquet(content: bytes, name: str, declared: Declared) -> Opened:
    """A Parquet file as one sheet whose first row holds the names of its columns; raises Unreadable."""
    connection = engine()
    with in_memory(connection, content) as place:
        try:
            relation = connection.sql(f"SELECT * FROM read_parquet('{place}')")
            names, types = tuple(relation.columns), tuple(str(kind) for kind in relation.types)
            count = connection.execute(f"SELECT sum(num_rows) FROM parquet_file_metadata('{place}')").fetchall()
        except duckdb.Error:
            raise Unreadable(*_BROKEN) from None
    if int(count[0][0] or 0) * len(names) > limits.MAX_CELLS * 4 or len(names) > limits.MAX_COLUMNS:
        raise Unreadable("het Parquet-bestand is te groot.", "Vraag een uitdraai in delen.")
    nested = next(
        (at for at, kind in enumerate(types) if kind.endswith("]") or kind.startswith(("STRUCT", "MAP"))), None
    )
    if nested is not None:
        raise Unreadable(f"kolom {nested + 1} is zelf een tabel.", "Vraag een uitdraai met één waarde per cel.")
    return Opened(name, "parquet", (Sheet("", ParquetRows(content, names, types)),))


def _letter(kind: str) -> str:
    if kind.startswith("TIMESTAMP"):
        return MOMENT
    if kind == "DATE":
        return DATE
    if kind.startswith("TIME"):
        return TIME
    if kind in _WHOLE or kind.startswith(("DOUBLE", "FLOAT", "DECIMAL")):
        return NUMBER
    return YES_NO if kind == "BOOLEAN" else TEXT


def _written(column: str, kind: str) -> str:
    """SQL for a column in the written form of its kind; a moment with a zone says +00:00, infinities are nothing."""
    if kind.startswith("TIMESTAMP"):
        zone = "+00:00" if kind.endswith("ZONE") else ""
        moment = f"make_timestamp(epoch_us({column}))" if zone else f"{column}::TIMESTAMP"
        return f"CASE WHEN isfinite({column}) THEN strftime({moment}, '%Y-%m-%d %H:%M:%S{zone}') END"
    if kind == "DATE":
        return f"CASE WHEN isfinite({column}) THEN {column}::VARCHAR END"
    if kind.startswith(("DOUBLE", "FLOAT")):
        fixed = f"rtrim(rtrim(printf('%.15f', {column}::DOUBLE), '0'), '.')"
        shortest = f"regexp_replace({column}::VARCHAR, '\\.0+$', '')"
        number = f"CASE WHEN {column}::VARCHAR LIKE '%e%' THEN {fixed} ELSE {shortest} END"
        return f"CASE WHEN isfinite({column}) THEN {number} END"
    if kind.startswith("DECIMAL"):
        return f"regexp_replace(regexp_replace({column}::VARCHAR, '(\\.\\d*?)0+$', '\\1'), '\\.$', '')"
    return f"nullif({column}::VARCHAR, '')"
