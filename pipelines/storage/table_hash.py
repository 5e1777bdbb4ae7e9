"""A hash beside every table in the closed zone, looked at before the table is read.

Parquet notices only some of what a disk can do to a file: a bit that flips inside a page is read as another score.
The hash of the table that stood there before is kept too, because the hash is put in place first: a process that is
killed between the two leaves the old table, which is still good.
"""

from __future__ import annotations

import functools
from pathlib import Path

from data_contracts.errors import MachineFault
from pipelines.storage.platform import sha256_of, sync_directory, write_whole


def hash_beside(table: Path) -> Path:
    """Where the hash of a table lies."""
    return table.with_name(f".{table.name}.sha256")


def put_in_place(unfinished: Path, table: Path) -> None:
    """Put a table that was written beside its place there, with its hash."""
    known = [sha256_of(unfinished), *([sha256_of(table)] if table.exists() else [])]
    write_whole(hash_beside(table), "\n".join(known).encode())
    unfinished.replace(table)
    sync_directory(table.parent)


def require_as_written(table: Path) -> None:
    """MachineFault when a table is not what was written; one from before there were hashes is taken as it is."""
    beside = hash_beside(table)
    if beside.exists() and _hash_of(table, *_version(table)).encode() not in beside.read_bytes().split():
        raise MachineFault(
            f"Tabel {table} is niet meer zoals zij is geschreven: de schijf is beschadigd, of iemand heeft haar "
            "veranderd. Laat de schijf nakijken en draai wijkbaat run opnieuw, met alle leveringen in de inbox: wat "
            "niet klopt wordt dan opnieuw gemaakt. Er is niets gepubliceerd."
        )


def content_hash(table: Path) -> str:
    """The hash of what a table holds now."""
    return _hash_of(table, *_version(table))


def is_as_written(tables: Path, delivery: str) -> bool:
    """Whether every table of a delivery is what was written, so that the delivery need not be read again."""
    try:
        for table in tables.glob(f"*/{delivery}.parquet"):
            require_as_written(table)
    except MachineFault:
        return False
    return True


def _version(table: Path) -> tuple[int, int, int]:
    now = table.stat()
    return now.st_ino, now.st_size, now.st_mtime_ns


@functools.lru_cache(maxsize=4096)
def _hash_of(table: Path, _inode: int, _size: int, _changed: int) -> str:
    """Many tables read the same one in a run; it is hashed once."""
    return sha256_of(table)
