"""A cell of the workbook of inputs as the model wants it; a ValueError says in Dutch what belongs there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from data_contracts.vocabulary.names import folded
from mkba.workbook.columns import NOTHING, Column


def cell_value(raw: Any, column: Column) -> Any:
    """The value of a cell of this column; None when it is empty."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    return _READERS[column.kind](raw, column)


def _text(raw: Any, column: Column) -> str:
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    if not column.names:
        return text
    codes = {folded(label): code for code, label in column.names.items()} | {code: code for code in column.names}
    code = codes.get(folded(text)) or codes.get(text.strip())
    if code is None:
        raise ValueError(f"kies uit: {', '.join(column.names.values())}.")
    return code


def _number(raw: Any, column: Column) -> float:
    if isinstance(raw, bool):
        raise ValueError("dit moet een getal zijn.")
    try:
        return float(raw.strip().replace(",", ".") if isinstance(raw, str) else raw)
    except (TypeError, ValueError):
        raise ValueError("dit moet een getal zijn.") from None


def _whole(raw: Any, column: Column) -> int:
    number = _number(raw, column)
    if not number.is_integer():
        raise ValueError("dit moet een geheel getal zijn.")
    return int(number)


def _date(raw: Any, column: Column) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    for form in ("%d-%m-%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(str(raw).strip(), form).date()
        except ValueError:
            continue
    raise ValueError("dit moet een datum zijn, als dd-mm-jjjj.")


def _texts(raw: Any, column: Column) -> list[str]:
    if str(raw).strip() == NOTHING:
        return []
    return [line.strip() for line in _text(raw, column).splitlines() if line.strip()]


def _numbers(raw: Any, column: Column) -> list[float]:
    return [_number(line, column) for line in str(raw).splitlines() if line.strip()]


_READERS = {
    "text": _text,
    "number": _number,
    "whole": _whole,
    "date": _date,
    "texts": _texts,
    "numbers": _numbers,
}
