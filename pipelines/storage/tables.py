"""Where tables lie: one Parquet file per table, or per table and delivery, written whole once its contract holds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import BrokenRules, broken_rules, judged, sql_columns
from data_contracts.errors import StudyError
from data_contracts.tables.released_parts import SHOWS_FIGURES, Status
from pipelines.storage.parquet import write_parquet
from pipelines.storage.platform import short_connection, sync_file
from pipelines.storage.sql import listed, quoted
from pipelines.storage.table_hash import put_in_place, require_as_written

Value = pd.DataFrame | duckdb.DuckDBPyRelation
# Told of every table that is in place: its name, its delivery or None, its rows, the seconds since the one before it.
Told = Callable[[str, str | None, int, float], None]


@dataclass(frozen=True, slots=True)
class StoredTable:
    """One table as it lies on disk; over several deliveries its files are read as one."""

    name: str
    paths: tuple[Path, ...]

    @property
    def sql(self) -> str:
        """What to write behind FROM; StudyError where there is no such table, or none any more."""
        if not self.paths:
            raise StudyError(f"Tabel {self.name} is er niet, of niet meer. Draai eerst wijkbaat run.")
        return f"read_parquet([{listed(self.paths)}])"

    def of(self, keys: Collection[str]) -> StoredTable:
        """The same of these deliveries alone: a file that is not named is not opened."""
        return replace(self, paths=tuple(path for path in self.paths if path.stem in keys))

    def in_order(self, columns: str, keys: Sequence[str]) -> str:
        """SQL for `columns` of the files of all deliveries, with the place of theirs in `keys` as `delivery_order`.

        All files at once: a query per delivery costs more with every quarter.
        """
        files, places = f"[{listed(self.paths)}]", [keys.index(path.stem) for path in self.paths]
        told = "* EXCLUDE (filename)" if columns == "*" else columns
        return f"""SELECT {told}, {places}[list_position({files}, filename)] AS delivery_order
            FROM read_parquet({files}, filename = true, union_by_name = true)"""

    def relation(self, connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyRelation:
        """The table in an engine."""
        return connection.sql(f"SELECT * FROM {self.sql}")

    def frame(self) -> pd.DataFrame:
        """The table as a frame; for small tables."""
        return self.relation(short_connection()).df()


@dataclass(frozen=True, slots=True)
class Written:
    """A table that was written beside its place, with what its contract says of it.

    `unchanged` is one that stood in its place already, because nothing that it hangs on changed. `hidden` are its rows
    without figures, where a row says whether it has them; `seconds` is what making it took.
    """

    table: str
    unfinished: Path
    path: Path
    rows: int
    broken: BrokenRules
    unchanged: bool = False
    hidden: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class TableStore:
    """All tables under one directory."""

    root: Path

    def path(self, table: str, delivery: str | None = None) -> Path:
        """Where a table lies."""
        return self.root / table / f"{delivery}.parquet" if delivery else self.root / f"{table}.parquet"

    def stored(self, table: str, deliveries: list[str] | None = None) -> StoredTable:
        """A table by name; of a delivered table the deliveries that are there."""
        paths = [self.path(table, None)] if deliveries is None else [self.path(table, key) for key in deliveries]
        there = tuple(path for path in paths if path.exists())
        for path in there:
            require_as_written(path)
        return StoredTable(table, there)

    def write(self, schema: pa.DataFrameSchema, value: Value, delivery: str | None = None) -> Written:
        """Write a table beside its place and count the rules that it breaks; `keep` puts it in place."""
        if any(character in str(self.root) for character in "*?[]"):
            raise StudyError("De naam van de map (--home) mag geen * ? [ of ] bevatten. Kies een andere map.")
        table = str(schema.name)
        path = self.path(table, delivery)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f".{path.name}.unfinished")
        try:
            rows, broken = _write_parquet(value, schema, unfinished)
            if unfinished.exists():  # a frame that breaks its contract is not written at all
                sync_file(unfinished)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        return Written(table, unfinished, path, rows, broken, hidden=_hidden(value))

    def keep(self, written: Written) -> None:
        """Put a written table in its place."""
        put_in_place(written.unfinished, written.path)


def _hidden(value: Value) -> int | None:
    """Only what went through the gate says per row whether it shows figures."""
    if not isinstance(value, pd.DataFrame) or "status" not in value or not value["status"].isin(list(Status)).all():
        return None
    return int((~value["status"].isin(list(SHOWS_FIGURES))).sum())


def _write_parquet(value: Value, schema: pa.DataFrameSchema, path: Path) -> tuple[int, BrokenRules]:
    """Rows and broken rules. A frame is checked in memory, a relation by SQL on the file that was written."""
    literal = quoted(path)
    if isinstance(value, pd.DataFrame):
        typed, broken = judged(schema, value)
        if not broken:
            connection = short_connection()
            columns = sql_columns(schema)
            connection.register("frame", typed)
            cast = ", ".join(f'"{name}"::{kind} AS "{name}"' for name, kind in columns.items())
            write_parquet(connection.sql(f"SELECT {cast} FROM frame"), path)
        return len(value), broken
    write_parquet(value, path)
    relation = short_connection().sql(f"SELECT * FROM read_parquet([{literal}])")
    return int(relation.aggregate("count(*)").fetchall()[0][0]), broken_rules(schema, relation)
