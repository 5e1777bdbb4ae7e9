"""Rows to a Parquet file: the one place where we write one."""

from __future__ import annotations

from pathlib import Path

import duckdb

ROW_GROUP = 122_880


def write_parquet(rows: duckdb.DuckDBPyRelation, path: Path) -> None:
    """Write the rows; what comes from a closed list of values, as a category of pandas, goes as text.

    With more than one thread DuckDB 2.0 writes some values of an ENUM as empty text, and says nothing
    (`tests/storage/test_parquet.py` shows it).
    """
    columns = [
        f'"{name}"::VARCHAR AS "{name}"' if kind.id == "enum" else f'"{name}"'
        for name, kind in zip(rows.columns, rows.types, strict=True)
    ]
    rows.project(", ".join(columns)).write_parquet(str(path), compression="zstd", row_group_size=ROW_GROUP)
