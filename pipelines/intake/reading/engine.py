"""The DuckDB that meets what came from outside: no file, no network, no other settings."""

from __future__ import annotations

from pathlib import Path

import duckdb

from pipelines.intake.reading.bulk import MEMORY
from pipelines.storage.sql import listed


def engine(folder: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A fresh in-memory DuckDB that reads memory and reaches nothing else outside itself, but for its own `folder`."""
    reached = listed(place for place in (MEMORY, folder) if place is not None)
    connection = duckdb.connect()
    # In this order: the last one makes the others final.
    for setting in (
        "autoinstall_known_extensions = false",
        "autoload_known_extensions = false",
        "enable_progress_bar = false",
        "preserve_insertion_order = true",
        "GLOBAL TimeZone = 'UTC'",
        "memory_limit = '2GB'",
        "temp_directory = ''",
        f"allowed_directories = [{reached}]",
        "enable_external_access = false",
        "lock_configuration = true",
    ):
        connection.execute(f"SET {setting}")
    return connection
