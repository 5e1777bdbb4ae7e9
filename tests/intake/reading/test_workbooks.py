"""Workbooks: all sheets, typed cells with their kind, and nothing that a workbook can do to its reader."""

from __future__ import annotations

import datetime as dt
import io
import time

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from pipelines.intake.reading.opening import opened
from pipelines.intake.reading.sheets import Declared, Merged, Opened, Unreadable
from tests.intake.reading.made import ROWS, ods, ods_rows, saved, with_part, xls, xlsx

WORD = st.text("abcdefgéëAB <&>\"'", min_size=1, max_size=9).filter(lambda text: text == text.strip())
CELL = WORD | st.integers(-(10**9), 10**9) | st.decimals(-10_000, 10_000, places=2).map(float)
TABLE = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=8)
)


def written(rows: list[list[object]]) -> list[tuple[list[str], str]]:
    """What the cells should be: text as it is, numbers shortest."""
    return [
        (
            [cell if isinstance(cell, str) else f"{cell:.15g}" for cell in row],
            "".join("tn"[not isinstance(cell, str)] for cell in row),
        )
        for row in rows
    ]


def read(made: Opened) -> list[tuple[list[str], str]]:
    return [(list(row.cells), row.kinds) for row in made.sheets[0].rows]


@settings(deadline=None, max_examples=60)
@given(TABLE)
def test_xlsx_xls_and_ods_give_the_same_cells(rows: list[list[object]]) -> None:
    for content in (xlsx(rows), xls(rows), ods(ods_rows(rows))):
        assert read(opened(content, "zrm")) == written(rows)


def test_text_that_looks_like_a_number_stays_apart_from_a_number() -> None:
    row = next(
        iter(
            opened(xlsx([["412.500", 412.5, 3.0, dt.date(2025, 1, 31), dt.datetime(2025, 1, 31, 9, 30), True]]), "a")
            .sheets[0]
            .rows
        )
    )
    assert row.cells == ("412.500", "412.5", "3", "2025-01-31", "2025-01-31 09:30:00", "true")
    assert row.kinds == "tnndmb"


def test_every_sheet_is_given_with_its_name_and_whether_it_is_hidden() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Toelichting"
    book.create_sheet("A & B").append(["x"])
    book.create_sheet("Weg").sheet_state = "hidden"
    book.create_sheet("Echt weg").sheet_state = "veryHidden"
    book.create_chartsheet("Grafiek")
    sheets = opened(saved(book), "a.xlsx").sheets
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [
        ("Toelichting", False), ("A & B", False), ("Weg", True), ("Echt weg", True)
    ]  # fmt: skip


def test_merged_cells_are_told() -> None:
    book = openpyxl.Workbook()
    book.active["B2"] = "Scores"
    book.active.merge_cells("B2:D3")
    assert opened(saved(book), "a.xlsx").sheets[0].merged == (Merged(2, 1, 3, 3),)


def test_the_number_of_a_row_is_the_one_in_excel_also_below_empty_rows() -> None:
    book = openpyxl.Workbook()
    book.active["C5"] = "hier"
    rows = [row for row in opened(saved(book), "a.xlsx").sheets[0].rows if any(row.cells)]
    assert [(row.number, row.cells) for row in rows] == [(5, ("", "", "hier"))]


@pytest.mark.parametrize("fault", ["#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"])
def test_a_cell_with_a_fault_keeps_it(fault: str) -> None:
    row = next(iter(opened(xlsx([["a", fault, 3]]), "a.xlsx").sheets[0].rows))
    assert (row.cells, row.kinds) == (("a", fault, "3"), "ten")


def test_a_cell_with_a_fault_keeps_it_in_an_old_workbook_too() -> None:
    row = next(iter(opened(xls([["a", 2, 3]], faults={(0, 1): 42}), "a.xls").sheets[0].rows))
    assert (row.cells, row.kinds) == (("a", "#N/A", "3"), "ten")


def with_formula(stored: bytes) -> bytes:
    def change(xml: bytes) -> bytes:
        return xml.replace(b'<c r="A2" t="n"><v>1</v></c>', b'<c r="A2"><f>1+1</f>' + stored + b"</c>")

    return with_part(xlsx([["Score"], [1]]), "xl/worksheets/sheet1.xml", change)


def test_a_formula_is_read_by_its_stored_outcome_and_only_when_the_study_says_so() -> None:
    content = with_formula(b"<v>2</v>")
    with pytest.raises(Unreadable, match="formules") as refused:
        opened(content, "a.xlsx")
    assert refused.value.sheet == "Blad1"
    assert list(opened(content, "a.xlsx", Declared(with_formulas=True)).sheets[0].rows)[1].cells == ("2",)


@pytest.mark.parametrize("stored", [b"", b"<v/>", b"<v />", b"<v></v>"])
def test_a_formula_without_an_outcome_is_never_read_as_an_empty_cell(stored: bytes) -> None:
    with pytest.raises(Unreadable, match="zonder uitkomst"):
        opened(with_formula(stored), "a.xlsx", Declared(with_formulas=True))


def test_a_formula_in_ods_needs_the_same_word_of_the_study() -> None:
    cell = ods_rows([[2]]).replace("<table:table-cell", '<table:table-cell table:formula="of:=1+1"')
    with pytest.raises(Unreadable, match="formules"):
        opened(ods(cell), "a.ods")


def test_an_error_of_a_formula_in_ods_is_shown_and_never_read_as_an_empty_cell() -> None:
    """As LibreOffice stores it: a text with nothing in it, and what the cell shows."""
    said = 'table:formula="of:=1/0" office:value-type="string" office:string-value=""'
    fault = f"<table:table-cell {said}><text:p>#DIV/0!</text:p></table:table-cell>"
    rows = ods_rows([["kop", 3]]) + f"<table:table-row>{fault}{ods_rows([[4]]).partition('>')[2]}"
    found = opened(ods(rows), "a.ods", Declared(with_formulas=True)).sheets[0]
    assert [(row.cells, row.kinds) for row in found.rows] == [(("kop", "3"), "tn"), (("#DIV/0!", "4"), "en")]


def test_a_formula_without_an_outcome_in_ods_is_never_read_as_an_empty_cell() -> None:
    rows = ods_rows([["kop", 3]]) + '<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>'
    with pytest.raises(Unreadable, match="zonder uitkomst"):
        opened(ods(rows), "a.ods", Declared(with_formulas=True))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (with_part(xlsx(ROWS), "xl/vbaProject.bin", b"x"), "macro's"),
        (with_part(xlsx(ROWS), "xl/externalLinks/externalLink1.xml", b"<x/>"), "koppelingen"),
        (with_part(xlsx(ROWS), "xl/worksheets/sheet1.xml", lambda xml: b"<!DOCTYPE x>" + xml), "DOCTYPE"),
        (with_part(xlsx(ROWS), "../../tmp/x", b"x"), "niet in horen"),
        (xls(ROWS, streams=["_VBA_PROJECT_CUR"]), "macro's"),
        (xls(ROWS, streams=["EncryptedPackage"]), "wachtwoord"),
        (with_part(ods(ods_rows(ROWS)), "Basic/script.xml", b"<x/>"), "macro's"),
    ],
)  # fmt: skip
def test_what_is_more_than_cells_is_refused_by_its_name(content: bytes, cause: str) -> None:
    with pytest.raises(Unreadable, match=cause):
        opened(content, "a.xlsx")


def test_comments_and_properties_are_given_to_the_door() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "x"
    book.active["A1"].comment = Comment("let op 123456782", "iemand")
    book.properties.title = "Uitdraai voor Jan"
    texts = {aside.text for aside in opened(saved(book), "a.xlsx").asides}
    assert {"let op 123456782", "Uitdraai voor Jan"} <= texts


def one_cell_at(reference: str) -> bytes:
    def change(xml: bytes) -> bytes:
        return xml.replace(b'r="A2"', f'r="{reference}"'.encode()).replace(b'<row r="2"', b'<row r="1048576"')

    return with_part(xlsx([["a"], [1]]), "xl/worksheets/sheet1.xml", change)


@pytest.mark.parametrize("reference", ["XFD1048576", "XFD2", "ZZZZ9", "ALL1048576", "A" + "2" * 50, "A99999999"])
def test_one_cell_far_away_is_refused_before_room_is_reserved(reference: str) -> None:
    started = time.process_time()
    with pytest.raises(Unreadable, match="zo ver weg") as refused:
        opened(one_cell_at(reference), "a.xlsx")
    assert refused.value.sheet == "Blad1"
    assert time.process_time() - started < 2


def test_a_sheet_that_is_coloured_to_its_last_row_is_an_ordinary_one() -> None:
    def change(xml: bytes) -> bytes:
        return xml.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="0"/></row></sheetData>')

    content = with_part(xlsx(ROWS), "xl/worksheets/sheet1.xml", change)
    assert len(list(opened(content, "a.xlsx").sheets[0].rows)) == len(ROWS)


def test_a_long_shared_string_in_many_cells_is_refused_before_it_is_written_out() -> None:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet()
        for row in range(4000):
            for column in range(10):
                sheet.write_string(row, column, "x" * 32_000)
    assert len(content.getvalue()) < 200_000
    with pytest.raises(Unreadable, match="zo vaak herhaald"):
        opened(content.getvalue(), "a.xlsx")


ONE = ods_rows([[1]])
WIDE = '<table:table-cell table:number-columns-repeated="999999999"/>'


@pytest.mark.parametrize(
    "body",
    [
        ONE.replace("-row>", '-row table:number-rows-repeated="1048576">', 1).replace(
            "-cell", '-cell table:number-columns-repeated="16384"'
        ),
        ONE.replace("-row>", f"-row>{WIDE}", 1),
    ],
)
def test_repeats_of_ods_are_counted_before_they_are_written_out(body: str) -> None:
    with pytest.raises(Unreadable, match="herhaalt"):
        opened(ods(body), "a.ods")


def test_empty_rows_to_the_end_of_an_ods_sheet_are_ordinary() -> None:
    cell = '<table:table-cell table:number-columns-repeated="1024"/>'
    tail = f'<table:table-row table:number-rows-repeated="1048000">{cell}</table:table-row>'
    assert sum(any(row.cells) for row in opened(ods(ods_rows(ROWS) + tail), "a.ods").sheets[0].rows) == 3
