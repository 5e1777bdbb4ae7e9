"""The cells of a sheet as trimmed text, in SQL; a typed cell is written as its column says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

# SQL for a cell as text, given its column and the letter of its kind.
CellText = Callable[[str, str], str]
# The engine's planning grows with the square of the expressions: 400 took a minute, 800 four.
_MANY = 60


def cells_sql(sheet: str, texts: Mapping[str, CellText | None]) -> tuple[str, str]:
    """What to select from the bare table `sheet`, and from where: every column of `texts` as trimmed text.

    Of a sheet of many columns all that are written alike go through one expression over a list.
    """
    if len(texts) <= _MANY:
        return ", ".join(f"{_cell(c, text, str(_place(c)))} AS {c}" for c, text in texts.items()), sheet
    alike: dict[str, list[str]] = {}
    for column, text in texts.items():
        alike.setdefault(_cell("cell", text, "place"), []).append(column)
    lists = [_list_of(columns, sql, f"list_{at}") for at, (sql, columns) in enumerate(alike.items())]
    cells = {
        column: f"list_{number}[{at}] AS {column}"
        for number, columns in enumerate(alike.values())
        for at, column in enumerate(columns, 1)
    }
    return ", ".join(cells[column] for column in texts), f"(SELECT *, {', '.join(lists)} FROM {sheet})"


def _list_of(columns: Sequence[str], sql: str, name: str) -> str:
    places = ", ".join(str(_place(column)) for column in columns)
    each = sql.replace("substr(kinds, place, 1)", f"substr(kinds, [{places}][nth], 1)")
    return f"list_transform([{', '.join(columns)}], lambda cell, nth: {each}) AS {name}"


def _place(column: str) -> int:
    """The place of the letter of a column among the kinds of its row."""
    return int(column[1:]) + 1


def _cell(column: str, text: CellText | None, place: str) -> str:
    # Most cells begin and end with a mark that is seen; trimming them all costs more than reading them.
    seen = f"{column}[1] BETWEEN '!' AND '~' AND {column}[-1] BETWEEN '!' AND '~'"
    plain = f"CASE WHEN {seen} THEN {column} ELSE nullif(trim({column}, ' \t\r\n\u00a0\u202f\u2007'), '') END"
    if text is None:
        return plain
    return f"CASE WHEN kinds IS NULL THEN {plain} ELSE {text(plain, f'substr(kinds, {place}, 1)')} END"
