"""A cell of a workbook that people edit, as a model wants it; a ValueError says in Dutch what belongs there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from data_contracts.vocabulary.names import folded

Names = Mapping[str, str]
NOTHING = "(geen)"  # an empty list where leaving it out means something else


def cell_value(raw: Any, kind: str, names: Names, *, is_open: bool = False) -> Any:
    """The value of a cell; None when it is empty.

    `kind`: text, list (one item per line), numbers (idem), whole, number, date, flag (ja/nee). `names`: code -> Dutch,
    for a closed list; an open one takes other words as they are.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    if kind == "text":
        return _code(_text(raw), names, is_open)
    if kind == "list":
        return [_code(line, names, is_open) for line in _lines(raw)]
    if kind == "numbers":
        return [_number(line) for line in _lines(raw)]
    return _READERS[kind](raw)


def _text(raw: Any) -> str:
    return str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)


def _code(text: str, names: Names, is_open: bool) -> str:
    if not names:
        return text
    codes = {folded(label): code for code, label in names.items()} | {code: code for code in names}
    code = codes.get(folded(text)) or codes.get(text.strip())
    if code is None and is_open:
        return text.strip()
    if code is None:
        raise ValueError(f"kies uit: {', '.join(names.values())}.")
    return code


def _lines(raw: Any) -> list[str]:
    text = _text(raw)
    return [] if text.strip() == NOTHING else [line.strip() for line in text.splitlines() if line.strip()]


def _number(raw: Any) -> float:
    if isinstance(raw, bool):
        raise ValueError("dit moet een getal zijn.")
    try:
        return float(raw.strip().replace(",", ".") if isinstance(raw, str) else raw)
    except (TypeError, ValueError):
        raise ValueError("dit moet een getal zijn.") from None


def _whole(raw: Any) -> int:
    number = _number(raw)
    if not number.is_integer():
        raise ValueError("dit moet een geheel getal zijn.")
    return int(number)


def _date(raw: Any) -> dt.date:
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


def _flag(raw: Any) -> bool:
    if isinstance(raw, bool):
        return raw
    answer = {"ja": True, "nee": False}.get(folded(str(raw)))
    if answer is None:
        raise ValueError("vul ja of nee in.")
    return answer


_READERS = {"number": _number, "whole": _whole, "date": _date, "flag": _flag}
