"""Typed cells of a workbook or Parquet file as a person would type them under this mapping.

A number cell 412.5 in a column of amounts with decimal commas is '412,5'; a date cell is written in the column's own
form. Text cells stay as they are, so a text '412.500' and a number 412.5 never become the same thing by accident.
"""

from __future__ import annotations

from data_contracts.mapping.date_notation import ISO, SERIAL, WEEKDAY, names_the_month, strptime_form
from data_contracts.mapping.fields import DATES, NUMBERS
from data_contracts.mapping.file import FileMapping
from data_contracts.mapping.steps import ColumnSource, matches, name_without
from pipelines.intake.reading.cell_texts import CellText
from pipelines.intake.reading.sheets import DATE, MOMENT, NUMBER

DEFAULT_DATES = ("d-m-yyyy",)


def date_forms(source: ColumnSource) -> list[str]:
    """The forms of the dates in a column; always one that a typed cell can be written in without loss."""
    forms = list(source.date) or list(DEFAULT_DATES)
    return forms if any(_is_plain(form) for form in forms) else [*forms, ISO]


def _is_plain(form: str) -> bool:
    return form != SERIAL and not form.startswith(WEEKDAY) and not names_the_month(form) and "yyyy" in form


def cell_text(mapping: FileMapping, name: str) -> CellText:
    """SQL for a cell of the column `name`, given the engine's column and the letter of its kind."""
    role = role_of(mapping, name)
    source = mapping.source(role) if role else ColumnSource()
    decimal = mapping.number_style(role).decimal if role in NUMBERS else "."
    form = ISO
    if role in DATES:
        form = next(form for form in date_forms(source) if _is_plain(form))

    def text(cell: str, kind: str) -> str:
        number = f"replace(regexp_replace({cell}, '\\.0+$', ''), '.', '{decimal}')"
        local = f"CASE WHEN {cell} LIKE '%+__:__' THEN (try_cast({cell} AS TIMESTAMPTZ) AT TIME ZONE '{source.zone}')"
        day = f"strftime(({local} ELSE try_cast({cell} AS TIMESTAMP) END)::DATE, '{strptime_form(form)}')"
        is_day = f"{kind} IN ('{DATE}', '{MOMENT}')"
        return f"CASE WHEN {kind} = '{NUMBER}' THEN {number} WHEN {is_day} THEN {day} ELSE {cell} END"

    return text


def role_of(mapping: FileMapping, name: str) -> str | None:
    """Our column that a column of the file fills, before its shape is undone."""
    melt, repeat = mapping.shape.melt, mapping.shape.repeat
    if melt and any(matches(name, pattern) for pattern in melt.columns):
        return melt.value
    bases = [name, *(base for mark in (repeat.suffixes if repeat else []) if (base := name_without(name, mark)))]
    return next((role for role, source in mapping.columns.items() if source.source in bases), None)
