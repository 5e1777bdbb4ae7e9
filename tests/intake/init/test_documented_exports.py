"""Exports as bug reports and manuals describe them (docs/exports.md), each with an invented file of that form."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Callable
from pathlib import Path

import duckdb
import openpyxl
import pandas as pd
import pytest

from tests.intake.init.delivered import DOMAINS_2013, assessments, csv, init, truth, wide
from tests.intake.init.shapes import changed, in_long_form, with_column, workbook

OF = assessments(11)
ROWS = wide(OF)
READ = "read"


def ssrs_textboxes() -> bytes:
    """Reporting Services names a column after its text box: Cliëntnummer1, Financiën2."""
    return csv([[*(f"{name}1" for name in ROWS[0])], *ROWS[1:]], ",")


def row_count_behind() -> bytes:
    """Report Builder 1.0 writes the number of rows behind every row."""
    return csv(with_column(ROWS, "Aantal rijen", lambda _: str(len(OF))), ",")


def webi_merged() -> bytes:
    """Web Intelligence puts a title and blank rows above, and the report on a sheet of its own."""
    return workbook({"Rapport 1": [["Rapportage ZRM"], [""], *ROWS]})


def crystal_sections() -> bytes:
    """Crystal Reports: the page header comes back on each page, a group footer holds a subtotal."""
    total = ["Subtotaal Noord", "", "", *["30"] * len(DOMAINS_2013)]
    return csv([*ROWS[:12], total, ROWS[0], *ROWS[12:], ["Totaal", "", "", *["99"] * len(DOMAINS_2013)]])


def footer_after_blank_line() -> bytes:
    """A blank line, then a description of the columns."""
    return csv([*ROWS, [""] * 14, ["Bron: registratiesysteem", *[""] * 13], ["voorlopige cijfers", *[""] * 13]])


def title_of_the_extract() -> bytes:
    """A first line that says when the extract was made, without delimiters."""
    return b"Uitdraai van 06-01-2025\n" + csv(ROWS)


def pipes() -> bytes:
    return csv(ROWS, "|")


def stray_quote() -> bytes:
    return csv(with_column(ROWS, "Opmerking", lambda at: 'zegt "ja' if at == 3 else "x"))


def row_names_of_r() -> bytes:
    """write.csv2: a first column without a name, NA for what is missing, text in quotes."""
    rows = changed(ROWS, "Wijkteam", lambda _, team: team)
    quoted = [["", *(f'"{name}"' for name in rows[0])]]
    quoted += [[f'"{at}"', *(f'"{cell}"' for cell in row)] for at, row in enumerate(rows[1:], 1)]
    return csv(quoted)


def missing_as_na() -> bytes:
    return csv(with_column(ROWS, "Inzet", lambda _: "NA"))


def utf16_unicode_text() -> bytes:
    return csv(ROWS, "\t").decode().encode("utf-16")


def merged_index() -> bytes:
    """The first of a group of merged cells holds the text, those below are empty."""
    book = openpyxl.Workbook()
    sheet = book.active
    long = in_long_form(OF)
    for row in long:
        sheet.append([int(cell) if cell.isdigit() else cell for cell in row])
    for first in range(2, len(long) + 1, len(DOMAINS_2013)):
        for column in (1, 2, 3):
            sheet.merge_cells(
                start_row=first, end_row=first + len(DOMAINS_2013) - 1, start_column=column, end_column=column
            )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def grouped_header() -> bytes:
    """Two header rows with merged cells: the moment above, the domain below."""
    first, second = OF[::2], OF[1::2]
    names = ["Datum", *DOMAINS_2013]
    upper = ["", "", "Instroom", *[""] * 11, "Uitstroom", *[""] * 11]
    rows = [upper[:26], ["Cliëntnummer", "Wijkteam", *names, *names]]
    for one, two in zip(first, second, strict=True):
        cells = [cell for a in (one, two) for cell in (a.day.strftime("%d-%m-%Y"), *map(str, a.scores))]
        rows.append([one.client, one.team, *cells])
    return workbook({"Blad1": rows})


def _parquet(moment: str) -> bytes:
    """The rows with their day as the engine writes it; `moment` is SQL over the day."""
    frame = pd.DataFrame(ROWS[1:], columns=ROWS[0])
    with tempfile.TemporaryDirectory() as made, duckdb.connect() as engine:
        place = Path(made) / "zrm.parquet"
        day = "strptime(\"Datum afname\", '%d-%m-%Y')"
        chosen = f'SELECT * REPLACE ({moment.format(day=day)} AS "Datum afname") FROM frame'
        engine.register("frame", frame)
        engine.execute(f"COPY ({chosen}) TO '{place}' (FORMAT parquet)")
        return place.read_bytes()


def parquet_with_zone() -> bytes:
    """Local midnight as a moment in UTC: a day early for who looks at the date only."""
    return _parquet("timezone('Europe/Amsterdam', {day})")


def parquet_midnight_without_zone() -> bytes:
    return _parquet("{day}")


def workbook_of_1904() -> bytes:
    """Excel for Mac counts days from 1904."""
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    for row in ROWS:
        cells = [int(cell) if cell.isdigit() else cell for cell in row]
        cells[2] = cells[2] if row is ROWS[0] else dt.datetime.strptime(row[2], "%d-%m-%Y")
        sheet.append(cells)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def events_of_redcap() -> bytes:
    """One row per event, and the name of the event in a column."""
    return csv(with_column(ROWS, "redcap_event_name", lambda at: f"moment_{at % 2}_arm_1"), ",")


def repeated_instruments() -> bytes:
    """Rows of another instrument between those of the ZRM, told apart by a column."""
    rows = with_column(ROWS, "Instrument", lambda _: "ZRM")
    other = [[*row[:-1], "Mijn ZRM"] for row in rows[1:8]]
    return csv([*rows, *other], ",")


def culture_of_another_machine() -> bytes:
    """Month first with a time, as a service in English settings writes it; no day above twelve."""
    return csv(changed(ROWS, "Datum afname", lambda at, _: f"{at % 12 + 1}/{at % 3 + 1}/2023 12:00:00 AM"), ",")


def enumeration_of_levels() -> bytes:
    """Levels by number and word whose order differs from that of the instrument."""
    words = {"2": "2 - beperkt zelfredzaam", "3": "3 - niet zelfredzaam", "4": "4 - voldoende zelfredzaam"}
    return csv([ROWS[0], *([*row[:3], *(words[score] for score in row[3:])] for row in ROWS[1:])])


def domain_ids_with_names() -> bytes:
    rows = in_long_form(OF)
    return csv([rows[0], *([*row[:3], f"{DOMAINS_2013.index(row[3]) + 1:02} {row[3]}", row[4]] for row in rows[1:])])


def nine_is_unknown() -> bytes:
    """Questionnaires in care score 9 for 'not known'."""
    return csv(changed(ROWS, "Financiën", lambda at, score: "9" if at % 6 == 0 else score))


def csv_saved_by_excel_as_tabs() -> bytes:
    return b"\xef\xbb\xbf" + csv(ROWS, "\t")


EXPORTS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "SSRS names of text boxes": ("zrm.csv", ssrs_textboxes, READ),
    "Report Builder row count": ("zrm.csv", row_count_behind, READ),
    "Web Intelligence title": ("zrm.xlsx", webi_merged, READ),
    "Crystal Reports sections": ("zrm.csv", crystal_sections, READ),
    "footer after a blank line": ("zrm.csv", footer_after_blank_line, READ),
    "title of the extract": ("zrm.csv", title_of_the_extract, READ),
    "pipes": ("zrm.txt", pipes, READ),
    "stray quote": ("zrm.csv", stray_quote, READ),
    "R row names": ("zrm.csv", row_names_of_r, READ),
    "NA for missing": ("zrm.csv", missing_as_na, READ),
    "UTF-16 text": ("zrm.txt", utf16_unicode_text, READ),
    "merged index": ("zrm.xlsx", merged_index, READ),
    "grouped header": ("zrm.xlsx", grouped_header, READ),
    "parquet with a zone": ("zrm.parquet", parquet_with_zone, READ),
    "parquet without a zone": ("zrm.parquet", parquet_midnight_without_zone, READ),
    "workbook of 1904": ("zrm.xlsx", workbook_of_1904, READ),
    "REDCap events": ("zrm.csv", events_of_redcap, READ),
    "REDCap instruments": ("zrm.csv", repeated_instruments, "question"),
    "another culture": ("zrm.csv", culture_of_another_machine, "question"),
    "GGM enumeration": ("zrm.csv", enumeration_of_levels, "question"),
    "domain by number and name": ("zrm.csv", domain_ids_with_names, READ),
    "nine is unknown": ("zrm.csv", nine_is_unknown, "question"),
    "tabs named csv": ("zrm.csv", csv_saved_by_excel_as_tabs, READ),
}


@pytest.mark.parametrize("export", EXPORTS)
def test_an_export_is_read_right_or_asked_about(export: str) -> None:
    name, made, expected = EXPORTS[export]
    told = init({name: made()})
    if expected == READ:
        assert told.zrm == truth(OF), told
    else:
        assert told.zrm is None
        assert told.questions
