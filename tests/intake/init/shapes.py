"""Invented deliveries in the shapes that registration systems give them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import openpyxl
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.intake.init.delivered import DOMAINS_2013, Assessment

few = settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(min_value=1, max_value=10_000)
Rows = list[list[str]]


def changed(rows: Rows, column: str, to: Callable[[int, str], str]) -> Rows:
    at = rows[0].index(column)
    return [rows[0], *([*row[:at], to(number, row[at]), *row[at + 1 :]] for number, row in enumerate(rows[1:]))]


def with_column(rows: Rows, name: str, value: Callable[[int], str]) -> Rows:
    return [[*rows[0], name], *([*row, value(number)] for number, row in enumerate(rows[1:]))]


def workbook(sheets: dict[str, Rows], hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([int(cell) if cell.isdigit() and len(cell) < 6 else cell for cell in row])
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def in_long_form(of: Sequence[Assessment]) -> Rows:
    rows = [["Cliëntnummer", "Wijkteam", "Datum", "Leefgebied", "Score"]]
    for one in of:
        for domain, score in zip(DOMAINS_2013, one.scores, strict=True):
            rows.append([one.client, one.team, one.day.strftime("%d-%m-%Y"), domain, str(score)])
    return rows


def beside_each_other(of: Sequence[Assessment], form: str, moments: Sequence[str]) -> Rows:
    """One row per client, with a set of columns per moment."""
    names = [form.format(name=name, moment=moment) for moment in moments for name in ("Datum", *DOMAINS_2013)]
    rows = [["Cliëntnummer", "Wijkteam", *names]]
    for first, second in zip(of[::2], of[1::2], strict=True):
        cells = [cell for one in (first, second) for cell in (one.day.strftime("%d-%m-%Y"), *map(str, one.scores))]
        rows.append([first.client, first.team, *cells])
    return rows
