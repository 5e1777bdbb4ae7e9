"""mkba.yaml as a workbook of inputs that people know: a sheet per part, a row per line, closed lists to choose from."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from data_contracts.vocabulary.mkba import PriceStatus
from data_contracts.workbook.cells import NOTHING
from data_contracts.workbook.sheets import Column, Sheet, rows_of, value_at
from mkba.inputs.model import Mkba
from mkba.workbook.columns import SHEETS

EXPLANATION = "Uitleg"
_WIDE, _NARROW = 44, 18
_LONG = frozenset({"source", "label", "description", "problem_analysis", "title", "pm_text", "note", "why"})
_RANGE = frozenset({"low", "high", "distribution"})
_EMPTY_ROWS = 50
_TELLS = (
    "Verander hier wat u anders ziet, voeg een regel toe of haal er een weg. Kopregels blijven staan.",
    "Een lege cel betekent: niet ingevuld. Meer dan één in een cel: elk op een eigen regel.",
    "Een getal zonder bron bestaat hier niet. Zonder prijs is een regel een PM-post, met de reden erbij.",
    "Kolommen waarin nog niets staat, zijn verborgen; laag en hoog van een aanname niet, die worden u gevraagd.",
    "Terug: wijkbaat mkba import STUDIE WERKMAP --by NAAM --why REDEN. Er verandert niets voordat u dat doet.",
)


def inputs_workbook(model: Mkba) -> bytes:
    """The workbook of inputs of a balance."""
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    look = {
        "head": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 2}),
        "cell": book.add_format({"text_wrap": True, "valign": "top"}),
        "date": book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"}),
    }
    page = book.add_worksheet(EXPLANATION)
    page.set_column(0, 0, 100)
    for at, words in enumerate(_TELLS):
        page.write_string(at, 0, words, look["cell"])
    data = model.model_dump()
    for sheet in SHEETS:
        _write_sheet(book.add_worksheet(sheet.name), sheet, rows_of(data, sheet), look)
    book.close()
    return content.getvalue()


def _write_sheet(page: Worksheet, sheet: Sheet, rows: Sequence[dict[str, Any]], look: dict[str, Any]) -> None:
    is_form = sheet.is_form
    page.freeze_panes(*((0, 1) if is_form else (1, 1)))
    if is_form:
        page.set_column(0, 0, _WIDE)
        page.set_column(1, 1, 2 * _WIDE)
    for at, column in enumerate(sheet.columns):
        place = (at, 0) if is_form else (0, at)
        page.write_string(*place, column.heading, look["head"])
        if not is_form:
            nothing = not column.required and all(value_at(one, column.path) in (None, "", []) for one in rows)
            nothing = nothing and not _is_asked(column, rows)
            page.set_column(at, at, _WIDE if column.path[-1] in _LONG else _NARROW, None, {"hidden": nothing and rows})
        for row, one in enumerate(rows, start=1):
            _write_cell(page, (at, 1) if is_form else (row, at), column, value_at(one, column.path), look)
        choices = list(column.names.values())
        if choices and len(", ".join(choices)) < 250:
            area = (at, 1, at, 1) if is_form else (1, at, len(rows) + _EMPTY_ROWS, at)
            page.data_validation(*area, {"validate": "list", "source": choices, "error_type": "warning"})


def _is_asked(column: Column, rows: Sequence[dict[str, Any]]) -> bool:
    """Is this where the range of an assumption belongs? It is shown, also when nobody filled it in yet."""
    *owner, name = column.path
    return name in _RANGE and any(value_at(one, (*owner, "status")) == PriceStatus.ASSUMPTION.value for one in rows)


def _write_cell(page: Worksheet, place: tuple[int, int], column: Column, value: Any, look: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if column.kind == "date":
        page.write_datetime(*place, value, look["date"])
    elif column.kind in ("list", "numbers"):
        if value:
            page.write_string(*place, "\n".join(map(str, value)), look["cell"])
        elif column.may_be_none:
            page.write_string(*place, NOTHING, look["cell"])
    elif column.kind in ("number", "whole") and float(f"{value:.16g}") == value:
        page.write_number(*place, value, look["cell"])
    else:  # a number that Excel would round is written as it is
        page.write_string(*place, column.names.get(value, str(value)), look["cell"])
