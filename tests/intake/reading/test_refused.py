"""Every refusal to open a file has a case: it says what is wrong and what to do, and shows nothing of the file."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pandas as pd
import pytest

from pipelines.intake.reading import limits
from pipelines.intake.reading.engine import engine
from pipelines.intake.reading.opening import opened, unpacked
from pipelines.intake.reading.sheets import Unreadable
from tests.intake.reading.made import ROWS, html, ods, ods_rows, parquet, sav, text_of, with_part, xls, xlsx, zipped

SECRET = "demo-0001"
ODS = b"application/vnd.oasis.opendocument."


def several_sheets(n: int) -> bytes:
    book = openpyxl.Workbook()
    for at in range(n - 1):
        book.create_sheet(f"Blad {at}").append([SECRET, at])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def spss() -> bytes:
    return sav(pd.DataFrame({"nr": [SECRET] * 3, "score": [1.0, 2.0, 3.0]}))


def read_all(content: bytes) -> None:
    with engine() as connection:
        for sheet in opened(content, "levering").sheets:
            sheet.rows.into(connection, "rows_of_it")


# (the file, what the refusal says, and the limit that is set low for it)
CASES: dict[str, tuple[Callable[[], bytes], str, dict[str, int]]] = {
    "empty": (lambda: b"", "het bestand is leeg", {}),
    "a large file": (lambda: text_of(ROWS).encode(), "groter dan 2 GB", {"MAX_FILE_BYTES": 10}),
    "xml": (lambda: f"<?xml version='1.0'?><a>{SECRET}</a>".encode(), "dit is XML", {}),
    "another document of Office": (
        lambda: zipped({"[Content_Types].xml": b"", "word/document.xml": SECRET.encode()}),
        "geen werkboek maar een ander Office-bestand",
        {},
    ),
    "a binary workbook": (lambda: zipped({"xl/workbook.bin": b"", "[Content_Types].xml": b""}), "binair werkboek", {}),
    "a text of LibreOffice": (
        lambda: zipped({"mimetype": ODS + b"text", "content.xml": SECRET.encode()}),
        "geen werkboek maar een ander document",
        {},
    ),
    "half a workbook of LibreOffice": (
        lambda: zipped({"mimetype": ODS + b"spreadsheet"}),
        "geen LibreOffice-werkboek",
        {},
    ),
    "a locked workbook of LibreOffice": (
        lambda: with_part(ods(ods_rows(ROWS)), "META-INF/manifest.xml", b"<m:encryption-data/>"),
        "staat een wachtwoord",
        {},
    ),
    "macros of LibreOffice": (lambda: with_part(ods(ods_rows(ROWS)), "Basic/a.xml", b""), "bevat macro's", {}),
    "broken xml of LibreOffice": (
        lambda: ods(ods_rows(ROWS) + "<table:table-row><oops"),
        "beschadigd",
        {},
    ),
    "a row that is repeated without a number": (
        lambda: ods('<table:table-row table:number-rows-repeated="veel"/>'),
        "beschadigd",
        {},
    ),
    "an inner zip": (lambda: zipped({"a.csv": text_of(ROWS).encode()}), "een zip wordt per bestand geopend", {}),
    "many sheets": (lambda: several_sheets(4), "het werkboek heeft 4 bladen", {"MAX_SHEETS": 3}),
    "an xls with much room": (lambda: xls(ROWS), "het werkboek is te groot", {"MAX_CELLS": 3}),
    "a large webpage": (lambda: html(ROWS), "de tabel is te groot", {"MAX_CELLS": 3}),
    "a webpage without a table": (lambda: b"<html><body>niets</body></html>", "zonder tabel", {}),
    "a large SPSS file": (spss, "het SPSS-bestand is te groot", {"MAX_CELLS": 3}),
    "a large Parquet file": (
        lambda: parquet("SELECT range AS nr FROM range(50)"),
        "het Parquet-bestand is te groot",
        {"MAX_CELLS": 3},
    ),
    "half a Parquet file": (lambda: parquet("SELECT 1 AS nr")[:-20], "geen leesbaar Parquet-bestand", {}),
    "a damaged xlsx": (lambda: xlsx(ROWS)[:-30], "is beschadigd", {}),
    "an xlsx without its list of sheets": (
        lambda: with_part(xlsx(ROWS), "xl/_rels/workbook.xml.rels", b"<Relationships/>"),
        "beschadigd",
        {},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_file_that_cannot_be_opened_is_refused_with_a_reason_and_a_way_on(
    case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, what, low = CASES[case]
    content = make()
    for name, value in low.items():
        monkeypatch.setattr(limits, name, value)
    with pytest.raises(Unreadable) as refused:
        read_all(content)
    assert what in refused.value.what
    assert refused.value.do
    assert SECRET not in str(refused.value)


def test_a_zip_that_grows_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = zipped({"a.csv": b"a;b\n" * 20, "b.csv": b"a;b\n" * 20})
    monkeypatch.setattr(limits, "MAX_INFLATED_BYTES", 100)
    with pytest.raises(Unreadable, match="te groot") as refused:
        unpacked(content, "a.zip")
    assert refused.value.do
