"""The names of the columns: one or two header rows, merged cells, names that stand twice or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

import duckdb

from pipelines.intake.reading.named import NotAsAgreed
from pipelines.intake.reading.sheets import Merged


def header_names(
    connection: duckdb.DuckDBPyConnection,
    sheet: str,
    width: int,
    header_rows: Sequence[int],
    merged: Sequence[Merged] = (),
    *,
    is_text: bool,
) -> tuple[dict[int, str], int | None]:
    """Position of a column -> its name, and for a text file how many cells the header has; raises NotAsAgreed.

    A column without a name is 'kolom 5' when something stands in it, and no column when nothing does. Cells of a text
    file beyond its header are no columns: such a row is unreadable.
    """
    cells = ", ".join(f"c{at}" for at in range(width)) or "NULL"
    found = {
        row[0]: row
        for row in connection.execute(
            f"SELECT row_number, kinds, {cells} FROM {sheet} WHERE row_number IN ({', '.join(map(str, header_rows))})"
        ).fetchall()
    }
    if max(header_rows) not in found:
        what = f"op regel {max(header_rows)} staat geen kopregel."
        raise NotAsAgreed(what, "Kijk header_rows na in mapping.yaml.")
    texts = [[_tidy(cell) for cell in found[number][2:]] if number in found else [""] * width for number in header_rows]
    names = texts[0] if len(texts) == 1 else _joined(texts[0], texts[1], header_rows[0], merged)
    kinds = found[max(header_rows)][1]
    length = len(kinds) if kinds is not None else width
    filled = max((at + 1 for at, name in enumerate(names) if name), default=0)
    if is_text:
        names = names[:length]
    filled_below = _with_content(connection, sheet, [at for at, name in enumerate(names) if not name], max(header_rows))
    numbered = {at: name or f"kolom {at + 1}" for at, name in enumerate(names) if name or at in filled_below}
    cut = max([filled, *(at + 1 for at in filled_below)]) if is_text else None
    return _told_apart(numbered), cut


def _tidy(cell: str | None) -> str:
    return re.sub(r"[\s\u00a0]+", " ", cell or "").strip().lstrip("\ufeff")


def _joined(upper: list[str], lower: list[str], upper_row: int, merged: Sequence[Merged]) -> list[str]:
    """Two header rows as one: a cell above several columns counts for each of them."""
    spread, group = list(upper), ""
    for cell in merged:
        if cell.first_row == upper_row:
            for at in range(cell.first_column, min(cell.last_column + 1, len(spread))):
                spread[at] = upper[cell.first_column]
    for at, name in enumerate(upper):
        # Without merged cells the name of a group stands above its first column only.
        group = (name if lower[at] else "") if name else (group if lower[at] else "")
        spread[at] = spread[at] or group
    return [" ".join(part for part in parts if part) for parts in zip(spread, lower, strict=True)]


def _with_content(connection: duckdb.DuckDBPyConnection, sheet: str, positions: list[int], header_row: int) -> set[int]:
    if not positions:
        return set()
    counts = ", ".join(f"count(nullif(trim(c{at}), ''))" for at in positions)
    (found,) = connection.execute(f"SELECT {counts} FROM {sheet} WHERE row_number > {header_row}").fetchall()
    return {at for at, count in zip(positions, found, strict=True) if count}


def _told_apart(names: dict[int, str]) -> dict[int, str]:
    """A second 'Datum' is 'Datum (2)'."""
    told: dict[int, str] = {}
    for at, name in names.items():
        number, one = 1, name
        while one in told.values():
            number += 1
            one = f"{name} ({number})"
        told[at] = one
    return told
