"""Rows as a DuckDB table, through memory: as the text stands when it is regular, else written out once in one form."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb
import fsspec

from pipelines.intake.reading.limits import MAX_COLUMNS
from pipelines.intake.reading.sheets import Row, Unreadable

MEMORY = "memory://"
# Room for one record in bytes; the engine reserves a multiple of it.
_LINE = 2 * 1024**2


@dataclass(frozen=True, slots=True)
class Plain:
    """CSV as text, with the marks that it is cut by; `skipped` lines stood above it."""

    text: str
    delimiter: str
    quote: str
    skipped: int


@contextmanager
def in_memory(connection: duckdb.DuckDBPyConnection, content: bytes) -> Iterator[str]:
    """A place that DuckDB reads `content` from, without a file on disk."""
    memory = fsspec.filesystem("memory")
    connection.register_filesystem(memory)
    memory.pipe_file("/sheet", content)
    try:
        yield f"{MEMORY}/sheet"
    finally:
        memory.rm_file("/sheet")
        connection.unregister_filesystem("memory")


def read_plainly(connection: duckdb.DuckDBPyConnection, plain: Plain, width: int, target: str) -> bool:
    """Make the table in one go; False when some record is not of this width or not well formed."""
    _check_width(width)
    names = [f"c{at}" for at in range(width)]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
    kept = ", ".join(f"nullif({name}, '') AS {name}" for name in names)
    with in_memory(connection, plain.text.encode()) as place:
        try:
            connection.execute(
                f"""CREATE OR REPLACE TEMP TABLE {target} AS
                SELECT (row_number() OVER () + {plain.skipped})::INTEGER AS row_number, NULL::VARCHAR AS kinds, {kept}
                FROM read_csv('{place}', auto_detect = false, header = false, columns = {{{columns}}},
                    delim = $delim, quote = $quote, escape = $quote, null_padding = false, strict_mode = true)""",
                {"delim": plain.delimiter, "quote": plain.quote},
            )
        except duckdb.OutOfMemoryException:
            raise MemoryError from None
        except duckdb.Error:
            return False
    return True


def write_rows(connection: duckdb.DuckDBPyConnection, rows: Iterable[Row], target: str) -> int:
    """Make the table from rows of any width; gives the width of the widest row that is not blank."""
    filled = [row for row in rows if any(row.cells)]
    width = max((_filled_width(row.cells) for row in filled), default=0)
    _check_width(width)
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\n")
    padding = ("",) * width
    longest = 0
    for row in filled:
        before = text.tell()
        writer.writerow((row.number, row.kinds, *(row.cells + padding)[:width]))
        longest = max(longest, text.tell() - before)
    names = [f"c{at}" for at in range(width)]
    columns = ", ".join(f"'{name}': 'VARCHAR'" for name in ["row_number", "kinds", *names])
    kept = "".join(f", nullif({name}, '') AS {name}" for name in names)
    with in_memory(connection, text.getvalue().encode()) as place:
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE {target} AS
            SELECT row_number::INTEGER AS row_number, kinds {kept}
            FROM read_csv('{place}', auto_detect = false, header = false, columns = {{{columns}}}, delim = ',',
                quote = '"', escape = '"', new_line = '\\n', max_line_size = {max(_LINE, 4 * longest)})"""
        )
    return width


def _check_width(width: int) -> None:
    if width > MAX_COLUMNS:
        what = f"er zijn {width} kolommen; meer dan {MAX_COLUMNS} leest wijkbaat niet."
        raise Unreadable(what, "Verwijder wat er buiten de tabel staat, of vraag een nieuwe uitdraai.")


def _filled_width(cells: tuple[str, ...]) -> int:
    width = len(cells)
    while width and not cells[width - 1]:
        width -= 1
    return width
