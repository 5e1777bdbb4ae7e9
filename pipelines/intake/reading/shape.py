"""Step shape: from the rows of a sheet to rows of one record each.

Keys that stand once are filled down; a row with a set of columns per moment becomes a row per moment; a crosstab
becomes a row per filled cell. A row of which no moment or cell is filled stays one row, so that none is lost.
"""

from __future__ import annotations

from dataclasses import replace

import duckdb

from data_contracts.mapping.steps import Melt, Repeat, Shape, matches, name_without
from pipelines.intake.reading.named import Named, NotAsAgreed
from pipelines.storage.sql import quoted


def shaped(connection: duckdb.DuckDBPyConnection, named: Named, shape: Shape, target: str) -> Named:
    """One record per row: `named` itself, or a view over it; raises NotAsAgreed."""
    if shape.fill_down:
        named = _filled_down(connection, named, shape.fill_down)
    if shape.repeat:
        return _row_per_moment(connection, named, shape.repeat, target)
    if shape.melt:
        return _row_per_cell(connection, named, shape.melt, target)
    return named


def _filled_down(connection: duckdb.DuckDBPyConnection, named: Named, names: list[str]) -> Named:
    """A cell that is empty holds what the nearest filled cell above it holds; lines left out give and take nothing."""
    filled = []
    for name in names:
        column = named.column(name)
        if column is None:
            what = f"kolom '{name}' van fill_down ontbreekt."
            raise NotAsAgreed(what, "Kijk of de kolom anders heet, of haal fill_down weg.")
        above = f"last_value({column} IGNORE NULLS) OVER (PARTITION BY left_out_as IS NULL ORDER BY row_number)"
        filled.append(f"CASE WHEN left_out_as IS NOT NULL THEN {column} ELSE {above} END AS {column}")
    table = f"{named.table}_filled"
    connection.execute(
        f"CREATE OR REPLACE TEMP VIEW {table} AS SELECT * REPLACE ({', '.join(filled)}) FROM {named.table}"
    )
    return replace(named, table=table)


def _row_per_moment(connection: duckdb.DuckDBPyConnection, named: Named, repeat: Repeat, target: str) -> Named:
    bases = _bases(named, repeat)
    if not bases:
        found = ", ".join(f"'{suffix}'" for suffix in repeat.suffixes)
        raise NotAsAgreed(f"geen kolom heeft {found} in zijn naam.", "Kijk suffixes na onder shape in mapping.yaml.")
    constant = {
        name: column
        for name, column in named.columns.items()
        if not any(column in columns.values() for columns in bases.values())
    }
    columns = {**constant, **{base: f"b{at}" for at, base in enumerate(bases)}}
    parts = []
    for number, (suffix, moment) in enumerate(repeat.suffixes.items(), 1):
        cells = [(columns[base], by_suffix.get(suffix, "NULL::VARCHAR")) for base, by_suffix in bases.items()]
        filled = " OR ".join(f"{cell} IS NOT NULL" for _, cell in cells)
        kept = "".join(f", {cell} AS {name}" for name, cell in cells)
        same = "".join(f", {column}" for column in constant.values())
        parts.append(
            f"SELECT row_number, {number}::SMALLINT AS part, is_readable, left_out_as{same}{kept},"
            f" {quoted(moment)} AS made, ({filled}) AS is_filled FROM {named.table}"
        )
    _keep_filled(connection, parts, target)
    return Named(target, columns, {repeat.into: "made"})


def _bases(named: Named, repeat: Repeat) -> dict[str, dict[str, str]]:
    """Name without suffix -> suffix -> column. The plain name counts only where another suffix stands beside it."""
    found: dict[str, dict[str, str]] = {}
    for name, column in named.columns.items():
        suffix = max((one for one in repeat.suffixes if name_without(name, one)), key=len, default="")
        base = name_without(name, suffix)
        if base:
            found.setdefault(base, {})[suffix] = column
    if "" in repeat.suffixes:
        for base, by_suffix in found.items():
            if base in named.columns:
                by_suffix[""] = named.columns[base]
    return found


def _row_per_cell(connection: duckdb.DuckDBPyConnection, named: Named, melt: Melt, target: str) -> Named:
    melted = {
        name: column
        for name, column in named.columns.items()
        if any(matches(name, pattern) for pattern in melt.columns)
    }
    if not melted:
        found = ", ".join(f"'{pattern}'" for pattern in melt.columns)
        raise NotAsAgreed(f"geen kolom past bij {found}.", "Kijk columns na onder shape: melt in mapping.yaml.")
    constant = {name: column for name, column in named.columns.items() if name not in melted}
    same = "".join(f", {column}" for column in constant.values())
    parts = [
        f"SELECT row_number, {number}::SMALLINT AS part, is_readable, left_out_as{same}, {quoted(name)} AS made,"
        f" {column} AS made_value, {column} IS NOT NULL AS is_filled FROM {named.table}"
        for number, (name, column) in enumerate(melted.items(), 1)
    ]
    _keep_filled(connection, parts, target)
    return Named(target, constant, {melt.into: "made", melt.value: "made_value"})


def _keep_filled(connection: duckdb.DuckDBPyConnection, parts: list[str], target: str) -> None:
    """The filled parts of every row; of a row that is left out, cannot be read or has none, the first part."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW {target} AS
        WITH parts AS ({" UNION ALL ".join(parts)})
        SELECT * EXCLUDE (is_filled, counts) FROM (
            SELECT *, bool_or(is_filled) OVER (PARTITION BY row_number)
                AND left_out_as IS NULL AND is_readable AS counts FROM parts)
        WHERE CASE WHEN counts THEN is_filled ELSE part = 1 END ORDER BY row_number, part"""
    )
