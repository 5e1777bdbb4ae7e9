"""A tree as a workbook that people can edit without knowing YAML."""

from __future__ import annotations

import datetime as dt
import io
import textwrap
from collections.abc import Mapping
from typing import Any

import xlsxwriter

from data_contracts.vocabulary.logic import NO_TARGETS
from data_contracts.workbook.sheets import Column, Path, Sheet, rows_of, value_at
from indicators.results_logic.tree.model import Tree
from indicators.results_logic.values.wording import COUNTED, RECORDS, SOLUTIONS
from indicators.results_logic.workbook.sheets import CHOICES, EXPLANATION, LINK, SHEETS


def _in_words(names: Mapping[str, str]) -> str:
    return ", ".join(f"{code} ({words})" for code, words in names.items())


LINE_HEIGHT, COLUMNS_ON_PAPER = 15, 11
EMPTY_ROWS = 200  # rows below the last one that still get their drop-down lists
FIXED_DATE = dt.datetime(2024, 1, 1)

HELP = (
    "Deze map is de Resultatenlogica om samen te bewerken. Denk van rechts naar links: eerst waarom, dan de effecten, "
    "dan de resultaten, en pas daarna de aanpak.",
    "Blad Boom: naam van de boom en wie haar vaststelde. Blad Knopen: elke knoop heeft een eigen id en een niveau.",
    "Blad Verbanden: een verband gaat precies één niveau omhoog en heeft altijd een aanname.",
    "Bladen Bewijs, Andere verklaringen en Besluiten: elke regel noemt in 'verband' de id van een verband.",
    "Blad Indicatoren: een meting heeft een maat en een verwachting; een waarneming of verhaal heeft geen maat.",
    "Zet in een cel met meer dan één ding elk ding op een eigen regel (Alt+Enter).",
    NO_TARGETS,
    f"Kolom 'wat' kent codes. Uit het dossier: {_in_words(RECORDS)}. Over oplossingen: {_in_words(SOLUTIONS)}. Bij het "
    f"aandeel dat is gemeten: {_in_words(COUNTED)}. Een gebeurtenis of product heet zoals in uw eigen bestanden.",
    "Laat de bladen en de koppen staan. Lege regels mogen. Klaar? wijkbaat tree import BOOM WERKMAP",
)


def workbook(tree: Tree) -> bytes:
    """The tree as XLSX: one sheet per kind of thing, with drop-down lists and an explanation."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True})
    book.set_properties({"title": tree.title, "created": FIXED_DATE})
    book.add_worksheet(EXPLANATION)
    ranges = _write_choices(book)
    content = tree.model_dump(by_alias=True)
    for sheet in SHEETS:
        _write_sheet(book, sheet, rows_of(content, sheet), ranges)
    _write_help(book)
    book.close()
    return data.getvalue()


def _write_sheet(book: Any, sheet: Sheet, rows: list[dict[str, Any]], ranges: dict[Path, str]) -> None:
    page = book.add_worksheet(sheet.name)
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top", "bg_color": "#E9F1F4"})
    cell = book.add_format({"text_wrap": True, "valign": "top"})
    date = book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"})
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(8)  # A3
    page.fit_to_pages(1 + len(sheet.columns) // COLUMNS_ON_PAPER, 0)
    page.repeat_rows(0)
    page.repeat_columns(0)
    page.set_row(0, 2 * LINE_HEIGHT)
    for line, row in enumerate(rows, start=1):
        page.set_row(line, LINE_HEIGHT * max(_lines(column, value_at(row, column.path)) for column in sheet.columns))
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column.heading, head)
        if column.hint:
            page.write_comment(0, place, column.hint)
        page.set_column(place, place, _width(column))
        for line, row in enumerate(rows, start=1):
            _write_cell(page, line, place, column, value_at(row, column.path), date if column.kind == "date" else cell)
        source = _ids(column) or ranges.get((sheet.name, column.heading))
        if source:
            rule = {"validate": "list", "source": source, "error_type": "warning"}
            page.data_validation(1, place, len(rows) + EMPTY_ROWS, place, rule)


def _width(column: Column) -> int:
    """In letters."""
    if column.path == ("id",) or column.ids_of:
        return 26
    long = column.path[-1] in {
        "title",
        "assumption",
        "question",
        "text",
        "pitfall",
        "decision",
        "explanation",
        "source",
        "note",
        "why_we_think_so",
        "doubt_when",
    }
    return 40 if long else 17


def _lines(column: Column, value: Any) -> int:
    """Lines that a value takes in its cell; a program other than Excel does not find that out itself."""
    things = value if isinstance(value, list) else [value]
    return sum(len(textwrap.wrap(_shown(column, one), _width(column) - 2)) or 1 for one in things) or 1


def _write_cell(page: Any, line: int, place: int, column: Column, value: Any, style: Any) -> None:
    if value is None or value == []:
        return
    if column.kind == "date":
        page.write_datetime(line, place, value, style)
    elif column.kind in ("whole", "number"):
        page.write_number(line, place, value, style)
    elif column.kind == "flag":
        page.write_string(line, place, "ja" if value else "nee", style)
    elif column.kind == "list":
        page.write_string(line, place, "\n".join(_shown(column, item) for item in value), style)
    else:
        page.write_string(line, place, _shown(column, value), style)


def _shown(column: Column, value: Any) -> str:
    return "" if value is None else column.names.get(value, str(value))


def _write_choices(book: Any) -> dict[Path, str]:
    """A sheet with every closed list; (sheet, heading) -> the range of its list."""
    page = book.add_worksheet(CHOICES)
    ranges: dict[Path, str] = {}
    lists = [(sheet.name, column) for sheet in SHEETS for column in sheet.columns if _choices(column)]
    for place, (name, column) in enumerate(lists):
        page.write_string(0, place, f"{name}: {column.heading}")
        for line, choice in enumerate(_choices(column), start=1):
            page.write_string(line, place, choice)
        letters = xlsxwriter.utility.xl_col_to_name(place)
        ranges[(name, column.heading)] = f"={CHOICES}!${letters}$2:${letters}${len(_choices(column)) + 1}"
    page.hide()
    return ranges


def _ids(column: Column) -> str | None:
    return f"={column.ids_of}!$A$2:$A${EMPTY_ROWS + 1}" if column.ids_of else None


def _choices(column: Column) -> list[str]:
    if column.kind == "list" or column is LINK:
        return []
    return ["ja", "nee"] if column.kind == "flag" else list(column.names.values())


def _write_help(book: Any) -> None:
    page = book.get_worksheet_by_name(EXPLANATION)
    page.set_column(0, 0, 110)
    page.fit_to_pages(1, 0)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, sentence in enumerate(HELP):
        page.write_string(line, 0, sentence, wrapped)
        page.set_row(line, LINE_HEIGHT * len(textwrap.wrap(sentence, 100)))
    page.activate()
