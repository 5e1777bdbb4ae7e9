"""Step frame: from a bare sheet to the rows below its header, each column with a name.

Lines that are no records (totals, footnotes, a header that comes back) stay in the table, marked with why they are left
out: every row is accounted for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

import duckdb

from data_contracts.mapping.steps import Frame
from pipelines.intake.reading.cell_texts import CellText, cells_sql
from pipelines.intake.reading.header_rows import header_names
from pipelines.intake.reading.named import Named, NotAsAgreed
from pipelines.intake.reading.sheets import Merged
from pipelines.intake.reading.sql import pattern_regex
from pipelines.storage.sql import quoted

HEADER_AGAIN = "kopregel"


def framed(
    connection: duckdb.DuckDBPyConnection,
    sheet: str,
    width: int,
    frame: Frame,
    target: str,
    *,
    merged: Sequence[Merged] = (),
    is_text: bool,
    cell_text: Callable[[str], CellText],
) -> Named:
    """Make `target` from the bare table `sheet` (row_number, kinds, c0, c1 ...); raises NotAsAgreed.

    `is_text`: rows of a text file, which are unreadable when they are shorter than the header or go beyond it.
    `cell_text` gives, for the name of a column, how its typed cells are written.
    """
    names, cut = header_names(connection, sheet, width, frame.header_rows, merged, is_text=is_text)
    columns = {name: f"c{at}" for at, name in names.items()}
    if not columns:
        raise NotAsAgreed("er staan geen kolomnamen op de kopregel.", "Kijk header_rows na in mapping.yaml.")
    has_kinds = connection.execute(f"SELECT count(kinds) > 0 FROM {sheet}").fetchall() == [(True,)]
    texts = {name: cell_text(name) if has_kinds and not is_text else None for name in columns}
    cells, source = cells_sql(sheet, {columns[name]: text for name, text in texts.items()})
    readable = _is_readable(columns, cut, width)
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW {target} AS
        SELECT row_number::INTEGER AS row_number, 1::SMALLINT AS part, {readable} AS is_readable,
            NULL::VARCHAR AS left_out_as, {cells}
        FROM {source} WHERE row_number > {max(frame.header_rows)}"""
    )
    named = _without_headers(connection, Named(target, columns))
    return _mark_dropped(connection, named, frame)


def _is_readable(columns: dict[str, str], cut: int | None, width: int) -> str:
    """SQL: the row of a text file has as many cells as the header, apart from empty ones behind it."""
    if cut is None:
        return "true"
    beyond = [f"c{at} IS NULL" for at in range(cut, width) if f"c{at}" not in columns.values()]
    return f"(kinds IS NULL OR (length(kinds) >= {cut}{''.join(' AND ' + one for one in beyond)}))"


def _without_headers(connection: duckdb.DuckDBPyConnection, named: Named) -> Named:
    """Mark headers that come back inside the data; where one has another order, the rows below it are put right."""
    first = next(iter(named.columns.values()))
    cells = ", ".join(named.columns.values())
    listed = ", ".join(quoted(_plain_name(name)) for name in named.columns)
    rows = connection.execute(
        f"SELECT row_number, [{cells}] FROM {named.table} WHERE is_readable AND {first} IN ({listed})"
        " ORDER BY row_number"
    ).fetchall()
    wanted = [_plain_name(name) for name in named.columns]
    headers = [(number, texts) for number, texts in rows if Counter(texts) == Counter(wanted)]
    if not headers:
        return named
    numbers = ", ".join(str(number) for number, _ in headers)
    named = named.as_table(connection)
    connection.execute(f"UPDATE {named.table} SET left_out_as = '{HEADER_AGAIN}' WHERE row_number IN ({numbers})")
    for (number, texts), until in zip(headers, [*[number for number, _ in headers[1:]], None], strict=True):
        if texts != wanted:
            _put_right(connection, named, texts, number, until)
    return named


def _plain_name(name: str) -> str:
    """A name as the file writes it: without the number that a second column of that name got."""
    return re.sub(r" \(\d+\)$", "", name)


def _put_right(
    connection: duckdb.DuckDBPyConnection, named: Named, texts: list[str], number: int, until: int | None
) -> None:
    """Rows below a re-ordered header: every cell to the column of its own name."""
    columns, wanted = list(named.columns.values()), [_plain_name(name) for name in named.columns]
    if len(set(wanted)) < len(wanted):
        what = f"op regel {number} staat de kopregel in een andere volgorde, met dubbele namen."
        raise NotAsAgreed(what, "Vraag een uitdraai met één kopregel.")
    moved = ", ".join(f"{column} = {columns[texts.index(name)]}" for column, name in zip(columns, wanted, strict=True))
    below = f"row_number > {number}" + (f" AND row_number < {until}" if until else "")
    connection.execute(f"UPDATE {named.table} SET {moved} WHERE {below}")


def _mark_dropped(connection: duckdb.DuckDBPyConnection, named: Named, frame: Frame) -> Named:
    if frame.drop_rows or frame.footnotes:
        named = named.as_table(connection)
    for drop in frame.drop_rows:
        column = named.column(drop.column)
        if column is None:
            what = f"kolom '{drop.column}' van drop_rows ontbreekt."
            raise NotAsAgreed(what, "Kijk of de kolom anders heet, of haal drop_rows weg.")
        connection.execute(
            f"UPDATE {named.table} SET left_out_as = '{drop.as_}', is_readable = true WHERE left_out_as IS NULL"
            f" AND regexp_full_match({column}, $form, 'is')",
            {"form": pattern_regex(drop.is_)},
        )
    if frame.footnotes:
        filled = " + ".join(f"({column} IS NOT NULL)::INT" for column in named.columns.values())
        connection.execute(
            f"""UPDATE {named.table} SET left_out_as = 'footnote', is_readable = true
            WHERE left_out_as IS NULL AND row_number > (SELECT coalesce(max(row_number), 0) FROM {named.table}
                WHERE {filled} > 1)"""
        )
    return named
