"""A cell of a workbook as the model wants it; a ValueError says in Dutch what belongs there."""

from __future__ import annotations

import datetime as dt
from typing import Any

from data_contracts.vocabulary.names import folded
from indicators.results_logic.workbook.sheets import Column


def cell_value(raw: Any, column: Column) -> Any:
    """The value of a cell of this column; None when it is empty."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    return _READERS[column.kind](raw, column)


def _text(raw: Any, column: Column) -> Any:
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    return _code(text, column) if column.names else text


def _code(text: str, column: Column) -> str:
    codes = {folded(label): code for code, label in column.names.items()} | {code: code for code in column.names}
    code = codes.get(folded(text)) or codes.get(text)
    if code is None and column.path[-1] in ("moment_from", "moment_to"):
        return text.strip()
    if code is None:
        raise ValueError(f"kies uit: {', '.join(column.names.values())}.")
    return code


def _list(raw: Any, column: Column) -> list[Any]:
    lines = [line.strip() for line in str(raw).splitlines()]
    return [_code(line, column) if column.names else line for line in lines if line]


def _number(raw: Any, column: Column) -> float:
    try:
        return float(raw.replace(",", ".") if isinstance(raw, str) else raw)
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


def _flag(raw: Any, column: Column) -> bool:
    if isinstance(raw, bool):
        return raw
    answer = {"ja": True, "nee": False}.get(folded(str(raw)))
    if answer is None:
        raise ValueError("vul ja of nee in.")
    return answer


_READERS = {"text": _text, "list": _list, "number": _number, "whole": _whole, "date": _date, "flag": _flag}
