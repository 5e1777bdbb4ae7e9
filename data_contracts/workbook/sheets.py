"""How a model stands in a workbook: which sheets, which columns, and which field each column is.

One list of columns serves export, import and the messages that name sheet, row and column.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its Dutch heading, the field it holds, and what kind of value.

    `kind`: text, list (one item per line), numbers (idem), whole, number, date, flag (ja/nee).
    `names`: code -> Dutch, for a closed list; `is_open`: other words may stand there too. `ids_of`: the sheet whose ids
    may stand here. `may_be_none`: an empty list is something else than nothing filled in.
    """

    heading: str
    path: Path
    kind: str = "text"
    names: Mapping[str, str] = field(default_factory=dict)
    required: bool = False
    hint: str = ""
    ids_of: str = ""
    may_be_none: bool = False
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, where its rows live in the model, and its columns.

    `part`: () for the model itself. `owner`: the first column, which names the row of `part[0]` that this row belongs
    to. `is_form`: the headings stand below each other, each with one value beside it.
    """

    name: str
    part: Path
    columns: tuple[Column, ...]
    owner: Column | None = None
    is_form: bool = False


def rows_of(content: Mapping[str, Any], sheet: Sheet) -> list[Any]:
    """The rows of one sheet, as nested data."""
    if not sheet.part:
        return [content]
    if sheet.owner:
        part, inner = sheet.part
        return [{sheet.owner.path[0]: item["id"], **one} for item in content[part] for one in item[inner]]
    found: Any = content
    for key in sheet.part:
        found = found[key]
    return list(found)


def value_at(row: Any, path: Sequence[str]) -> Any:
    """What stands at a place in a row; None where nothing does."""
    for key in path:
        row = row.get(key) if isinstance(row, dict) else None
    return row
