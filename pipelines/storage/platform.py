"""What depends on the machine: the in-memory engine and writing a file whole or not at all."""

from __future__ import annotations

import functools
import hashlib
import os
from pathlib import Path

import duckdb


def connect(work: Path | None = None) -> duckdb.DuckDBPyConnection:
    """A fresh in-memory DuckDB that loads nothing from outside; `work` takes what does not fit in memory."""
    connection = duckdb.connect()
    connection.execute("SET autoinstall_known_extensions = false")
    connection.execute("SET autoload_known_extensions = false")
    connection.execute("SET enable_progress_bar = false")  # else one stands in the output where Python runs no file
    connection.execute("SET preserve_insertion_order = true")
    connection.execute("SET GLOBAL TimeZone = 'UTC'")
    if work is not None:
        connection.execute("SET temp_directory = $work", {"work": str(work)})
    return connection


@functools.cache
def _engine() -> duckdb.DuckDBPyConnection:
    return connect()


def short_connection() -> duckdb.DuckDBPyConnection:
    """For one small read or write: an engine that is shared, because starting one takes longer than the work."""
    return _engine().cursor()


def write_whole(path: Path, content: bytes) -> None:
    """Write `path` so that a reader sees the old or the new content, also after a crash."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f".{path.name}.unfinished")
    unfinished.unlink(missing_ok=True)  # what was left behind, or a link that somebody put in the way
    with unfinished.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    sync_directory(path.parent)


def sync_file(path: Path) -> None:
    """Make the content of a written file last."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_directory(directory: Path) -> None:
    """Make names in a directory last; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """SHA-256 of a file's bytes, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def is_of_a_system(path: str) -> bool:
    """What a computer of Apple or Windows, or Office while a file is open, puts beside the files.

    The last (`~$zrm.xlsx`, `.~lock.zrm.ods#`) holds the name of who has it open.
    """
    name = path.rpartition("/")[2]
    own = name.casefold() in (".ds_store", "thumbs.db", "desktop.ini")
    return own or path.startswith("__MACOSX/") or name.startswith(("~$", ".~", "._"))
