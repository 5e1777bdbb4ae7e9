"""The DuckDB that meets what came from outside: no file, no network, no other settings."""

from __future__ import annotations

import duckdb

from pipelines.intake.reading.bulk import MEMORY

# In this order: the last one makes the others final. Memory is the one place that it may read.
_SETTINGS = (
    "autoinstall_known_extensions = false",
    "autoload_known_extensions = false",
    "preserve_insertion_order = true",
    "GLOBAL TimeZone = 'UTC'",
    f"allowed_directories = ['{MEMORY}']",
    "enable_external_access = false",
    "lock_configuration = true",
)


def engine() -> duckdb.DuckDBPyConnection:
    """A fresh in-memory DuckDB that reaches nothing outside this process."""
    connection = duckdb.connect()
    for setting in _SETTINGS:
        connection.execute(f"SET {setting}")
    return connection
