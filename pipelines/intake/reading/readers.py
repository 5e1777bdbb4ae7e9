"""A file of a delivery as a table of text: CSV, XLSX or Parquet, every cell as it was written.

The result is a DuckDB table with `row_number` (the line or row a person would count to), one VARCHAR column per column
that the mapping uses, and `is_readable`. Columns under `ignore` are never kept.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import fsspec
import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.file import CsvDialect, FileMapping, ParquetDialect, XlsxDialect
from pipelines.intake.reading.headers import check_header

_MEMORY = "memory:///delivery"


def read_text_table(
    connection: duckdb.DuckDBPyConnection, path: Path, mapping: FileMapping, delivery: str, target: str
) -> list[str]:
    """Make DuckDB table `target` from the file; returns the columns kept. Raises DeliveryRefused.

    The table's columns are c0, c1, ... in the order returned, so that no name from a file is ever part of a query.
    """
    match mapping.dialect:
        case CsvDialect():
            return _read_csv(connection, path, mapping, mapping.dialect, delivery, target)
        case XlsxDialect():
            rows, first_row = _workbook_rows(path, mapping.dialect, delivery)
            return _keep_rows(connection, rows, first_row, mapping, delivery, path.name, target)
        case ParquetDialect():
            return _read_parquet(connection, path, mapping, delivery, target)


def csv_text(path: Path, dialect: CsvDialect, delivery: str) -> str:
    """The decoded text of a CSV file, without a byte order mark; refuses what is not text in that encoding."""
    content = path.read_bytes()
    problem, do = "", "Vraag een uitdraai als CSV."
    if b"\x00" in content[:4096] and "16" not in dialect.encoding:
        problem = "dit is geen CSV maar een ander soort bestand."
    elif not dialect.encoding.startswith("utf") and _is_utf8_with_accents(content):
        problem, do = "het bestand is UTF-8, maar mapping.yaml zegt iets anders.", "Zet encoding op utf-8."
    else:
        try:
            encoding = "utf-8-sig" if dialect.encoding == "utf-8" else dialect.encoding
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            problem = f"regel {line} is niet te lezen als {dialect.encoding}."
            do = "Kijk encoding na in mapping.yaml (meestal utf-8 of windows-1252)."
    raise DeliveryRefused(delivery, problem, do, file=path.name)


def _is_utf8_with_accents(content: bytes) -> bool:
    if content.isascii():
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _read_csv(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    mapping: FileMapping,
    dialect: CsvDialect,
    delivery: str,
    target: str,
) -> list[str]:
    text = csv_text(path, dialect, delivery)
    lines = text.split("\n", dialect.skip_rows + 1)
    header_line = lines[dialect.skip_rows].rstrip("\r") if len(lines) > dialect.skip_rows else ""
    header = _split_header(connection, header_line, dialect)
    check_header(header, mapping, delivery, path.name)
    if len(lines) <= dialect.skip_rows + 1 or not lines[-1].strip():
        raise DeliveryRefused(
            delivery, "het bestand heeft een kopregel maar geen gegevens.", "Vraag een nieuwe uitdraai.", file=path.name
        )
    columns = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header)))
    kept = _kept(header, mapping)
    memory = fsspec.filesystem("memory")
    connection.register_filesystem(memory)
    memory.pipe_file("/delivery", text.encode("utf-8"))
    try:
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE read_rows AS
            SELECT row_number() OVER () AS position, {", ".join(f"c{i}" for i in kept)}
            FROM read_csv('{_MEMORY}', auto_detect = false, header = true, skip = {dialect.skip_rows},
                columns = {{{columns}}}, delim = $delim, quote = $quote, escape = $quote,
                null_padding = false, strict_mode = true, store_rejects = true,
                rejects_table = 'rejects', rejects_scan = 'rejects_scan', rejects_limit = 0)""",
            {"delim": dialect.delimiter, "quote": dialect.quote},
        )
        rejects = connection.execute("SELECT DISTINCT line, error_type FROM rejects ORDER BY line").fetchall()
    except duckdb.Error:
        rejects = None
    finally:
        memory.rm_file("/delivery")
        connection.execute("DROP TABLE IF EXISTS rejects")
        connection.execute("DROP TABLE IF EXISTS rejects_scan")
        connection.unregister_filesystem("memory")
    if rejects is None or any(kind in ("UNQUOTED VALUE", "INVALID ENCODING") for _, kind in rejects):
        what = "dit is geen geldige CSV: een aanhalingsteken wordt niet gesloten."
        raise DeliveryRefused(
            delivery, what, "Vraag een nieuwe uitdraai, of kijk quote en delimiter na.", file=path.name
        )
    _number_rows(connection, kept, [int(line) for line, _ in rejects], 1, target)
    return [header[i] for i in kept]


def _split_header(connection: duckdb.DuckDBPyConnection, line: str, dialect: CsvDialect) -> list[str]:
    """The names in the header line, split by the same rules as the rows."""
    import csv

    return [name.strip() for name in next(csv.reader([line], delimiter=dialect.delimiter, quotechar=dialect.quote), [])]


def _kept(header: Sequence[str], mapping: FileMapping) -> list[int]:
    wanted = {*mapping.columns.values(), *mapping.scores}
    return [position for position, name in enumerate(header) if name in wanted]


def _number_rows(
    connection: duckdb.DuckDBPyConnection, kept: Sequence[int], rejected: Sequence[int], offset: int, target: str
) -> None:
    """Give every row the number that a person counts to, and the unreadable rows a place of their own.

    `position` counts the rows that were read; a rejected line moves the rows behind it one further. DuckDB counts
    records from 1, header and skipped lines included.
    """
    columns = [f"c{i}" for i in kept]
    renamed = ", ".join(f"nullif(trim({name}, ' \t\r\n\u00a0'), '') AS c{i}" for i, name in enumerate(columns))
    empty = ", ".join(f"NULL::VARCHAR AS c{i}" for i in range(len(columns)))
    frame = pd.DataFrame({"line": pd.Series(rejected, dtype="int64")})
    frame["before"] = frame["line"] - pd.RangeIndex(len(frame)) - 1 - offset
    connection.register("rejected", frame)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {target} AS
        SELECT (position + {offset} + (SELECT count(*) FROM rejected WHERE before < position))::INTEGER AS row_number,
               true AS is_readable, {renamed} FROM read_rows
        UNION ALL SELECT line::INTEGER, false, {empty} FROM rejected
        ORDER BY row_number"""
    )
    connection.unregister("rejected")
    connection.execute("DROP TABLE read_rows")


def _workbook_rows(path: Path, dialect: XlsxDialect, delivery: str) -> tuple[list[list[Any]], int]:
    problem = ""
    try:
        with CalamineWorkbook.from_path(str(path)) as workbook:
            names = workbook.sheet_names
            if dialect.sheet is None and len(names) > 1:
                problem = "het werkboek heeft meer dan één blad."
            elif dialect.sheet is not None and dialect.sheet not in names:
                problem = f"het blad '{dialect.sheet}' ontbreekt."
            else:
                sheet = workbook.get_sheet_by_name(dialect.sheet or names[0])
                start = sheet.start
                return sheet.to_python(skip_empty_area=False)[dialect.skip_rows :], (
                    0 if start is None else dialect.skip_rows
                )
    except CalamineError:
        problem = "dit werkboek is niet te openen."
    raise DeliveryRefused(delivery, problem, "Kijk 'sheet' na in mapping.yaml.", file=path.name)


def _keep_rows(
    connection: duckdb.DuckDBPyConnection,
    rows: list[list[Any]],
    first_row: int,
    mapping: FileMapping,
    delivery: str,
    file: str,
    target: str,
) -> list[str]:
    """Rows of a sheet as text, written the way the mapping says that text is written."""
    header = [str(cell).strip() for cell in rows[0]] if rows else []
    while header and not header[-1]:
        header.pop()
    check_header(header, mapping, delivery, file)
    kept = _kept(header, mapping)
    body = [(number, row) for number, row in enumerate(rows[1:], first_row + 2) if any(cell != "" for cell in row)]
    if not body:
        raise DeliveryRefused(
            delivery, "het blad heeft een kopregel maar geen gegevens.", "Vraag een nieuwe uitdraai.", file=file
        )
    frame = pd.DataFrame(
        {"position": [number for number, _ in body]}
        | {f"c{i}": pd.Series(list(_texts(body, i, mapping)), dtype="str") for i in kept}
    )
    connection.register("sheet_rows", frame)
    connection.execute("CREATE OR REPLACE TEMP TABLE read_rows AS SELECT * FROM sheet_rows")
    connection.unregister("sheet_rows")
    _number_rows(connection, kept, [], 0, target)
    return [header[i] for i in kept]


def _texts(body: list[tuple[int, list[Any]]], column: int, mapping: FileMapping) -> Iterator[str | None]:
    return (cell_text(row[column], mapping) if column < len(row) else None for _, row in body)


def cell_text(cell: Any, mapping: FileMapping) -> str | None:
    """A cell as a person would type it under this mapping: dates and decimals in its own style."""
    match cell:
        case None | "":
            return None
        case bool():
            return str(cell).lower()
        case dt.datetime() | dt.date():
            return cell.strftime(mapping.dialect.date)
        case float():
            whole = cell == int(cell)
            return str(int(cell)) if whole else repr(cell).replace(".", mapping.dialect.decimal)
    return str(cell)


def _read_parquet(
    connection: duckdb.DuckDBPyConnection, path: Path, mapping: FileMapping, delivery: str, target: str
) -> list[str]:
    """Columns of a Parquet file as text; numbers and dates in the mapping's own style."""
    memory = fsspec.filesystem("memory")
    connection.register_filesystem(memory)
    memory.pipe_file("/delivery", path.read_bytes())
    problem = ""
    try:
        relation = connection.sql(f"SELECT * FROM read_parquet('{_MEMORY}')")
        header = list(relation.columns)
        check_header(header, mapping, delivery, path.name)
        kept = _kept(header, mapping)
        kinds = [str(kind) for kind in relation.types]
        cells = ", ".join(f"{_parquet_text(header[i], kinds[i], mapping)} AS c{i}" for i in kept)
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE read_rows AS
            SELECT row_number() OVER () AS position, {cells} FROM read_parquet('{_MEMORY}')"""
        )
    except duckdb.Error:
        problem = "dit is geen leesbaar Parquet-bestand."
    finally:
        memory.rm_file("/delivery")
        connection.unregister_filesystem("memory")
    if problem:
        raise DeliveryRefused(delivery, problem, "Vraag een nieuwe uitdraai.", file=path.name)
    _number_rows(connection, kept, [], 0, target)
    return [header[i] for i in kept]


def _parquet_text(name: str, kind: str, mapping: FileMapping) -> str:
    quoted = '"' + name.replace('"', '""') + '"'
    if kind.startswith(("DATE", "TIMESTAMP")):
        return f"strftime({quoted}, '{mapping.dialect.date}')"
    if kind.startswith(("DOUBLE", "FLOAT", "DECIMAL")):
        return f"replace(regexp_replace({quoted}::VARCHAR, '\\.0+$', ''), '.', '{mapping.dialect.decimal}')"
    return f"{quoted}::VARCHAR"
