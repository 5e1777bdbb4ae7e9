"""mkba.ods says in every cell what mkba.xlsx says, with live formulas; LibreOffice is asked in tests/office."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from xml.etree import ElementTree

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from reports.workbook.book import mkba_book
from reports.workbook.look import EURO, FILL_IN, TEXT
from reports.workbook.model import Book
from reports.workbook.ods.file import ods
from reports.workbook.ods.formula import open_formula
from reports.workbook.ods.numbers import number_styles, shown
from reports.workbook.xlsx import xlsx
from reports.workbook.years import ALT
from tests.mkba_case import appraised
from tests.surfaces.invented import facts, mkba_tables
from tests.surfaces.test_workbook import rich

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"


@pytest.fixture(scope="module")
def book() -> Book:
    appraisal = appraised(rich())
    return mkba_book(facts(), mkba_tables(appraisal), appraisal.table)


def part(content: bytes, name: str = "content.xml") -> ElementTree.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return ElementTree.fromstring(archive.read(name))  # noqa: S314  our own


@pytest.mark.parametrize(
    ("excel", "open_document"),
    [
        ('=SUMIF(Regels!$C$5:$C$9,"baten",D5)', 'of:=SUMIF([$Regels.$C$5:.$C$9];"baten";[.D5])'),
        ("='Wie betaalt wie'!E5", "of:=[$'Wie betaalt wie'.E5]"),
        ("=-Prijs_nacht*(1-Deel_2)/(1+Discontovoet)^3.5", "of:=-Prijs_nacht*(1-Deel_2)/(1+Discontovoet)^3.5"),
        ('=IF(Stand=2,D5,"a,b ""c"" A1")&ROUND(D5/1000,0)', 'of:=IF(Stand=2;[.D5];"a,b ""c"" A1")&ROUND([.D5]/1000;0)'),
        ("=1e-05*$J6<0.005", "of:=1e-05*[.$J6]<0.005"),
    ],
)
def test_a_formula_is_told_in_the_words_of_opendocument(excel: str, open_document: str) -> None:
    assert open_formula(excel) == open_document


@pytest.mark.parametrize("excel", ["=VLOOKUP(A1,B1:C2,2)", "=[1]Blad!A1", "={1,2}", "=A1%", "=Blad1:Blad3!A1", "=A:A"])
def test_a_formula_that_we_never_write_is_refused(excel: str) -> None:
    with pytest.raises(ValueError, match="no OpenFormula"):
        open_formula(excel)


def test_every_cell_says_what_the_excel_file_says(book: Book) -> None:
    excel = openpyxl.load_workbook(io.BytesIO(xlsx(book)), data_only=True)
    found = CalamineWorkbook.from_filelike(io.BytesIO(ods(book)))
    assert found.sheet_names == excel.sheetnames
    for sheet in excel:
        rows = found.get_sheet_by_name(sheet.title).to_python(skip_empty_area=False)
        read = {(at, place): value for at, row in enumerate(rows, 1) for place, value in enumerate(row, 1)}
        said = {(cell.row, cell.column): cell.value for row in sheet.iter_rows() for cell in row}
        for place in read.keys() | said.keys():
            value, other = said.get(place), read.get(place)
            if isinstance(value, int | float):
                assert other == pytest.approx(value, rel=1e-14), (sheet.title, place)
            else:
                assert (other or "") == (value or ""), (sheet.title, place)


def test_every_formula_and_name_is_there(book: Book) -> None:
    root = part(ods(book))
    formulas = [cell.get(f"{TABLE}formula") for cell in root.iter(f"{TABLE}table-cell") if cell.get(f"{TABLE}formula")]
    assert len(formulas) == sum(bool(cell.formula) for sheet in book.sheets for cell in sheet.cells.values()) > 100
    assert {one.get(f"{TABLE}name") for one in root.iter(f"{TABLE}named-range")} == book.names.keys()


def test_a_word_is_sought_as_excel_seeks_it(book: Book) -> None:
    """OpenDocument takes the name of a budget for a regular expression where nothing is said: brackets mean groups."""
    (said,) = part(ods(book)).iter(f"{TABLE}calculation-settings")
    assert said.get(f"{TABLE}use-regular-expressions") == "false"
    assert said.get(f"{TABLE}use-wildcards") == "true"


def test_only_what_may_be_filled_in_is_open(book: Book) -> None:
    root = part(ods(book))
    locked = [one for one in root.iter(f"{TABLE}table") if one.get(f"{TABLE}protected") == "true"]
    assert [one.get(f"{TABLE}name") for one in locked] == ["Uitgangspunten"]
    free = {
        one.get(f"{STYLE}name")
        for one in root.iter(f"{STYLE}style")
        for said in one
        if said.get(f"{STYLE}cell-protect") == "none"
    }
    assert free == {FILL_IN.name}


def test_the_chart_has_its_words(book: Book) -> None:
    content = ods(book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert ALT in archive.read("content.xml").decode()
        assert "Jaren.F5:Jaren.F14" in archive.read("Grafiek 1/content.xml").decode()


def test_the_same_workbook_gives_the_same_bytes_and_says_first_what_it_is(book: Book) -> None:
    assert ods(book) == ods(book)
    with zipfile.ZipFile(io.BytesIO(ods(book))) as archive:
        first, *others = archive.infolist()
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert archive.read(first) == b"application/vnd.oasis.opendocument.spreadsheet"
        listed = part(ods(book), "META-INF/manifest.xml")
        assert {one.filename for one in others} - {"META-INF/manifest.xml"} < {
            next(iter(one.attrib.values())) for one in listed
        }


def test_a_text_keeps_its_spaces_lines_and_marks() -> None:
    book = Book("Toets", "Toets", dt.date(2025, 7, 1))
    sheet = book.add("Blad")
    texts = ["  twee  en drie   ", "regel\nnog een", '<b> & "zo"', "=1+1", "einde\x0b\ud7ff"]
    for at, text in enumerate(texts):
        sheet.put(at, 0, text, TEXT)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(ods(book))).get_sheet_by_name("Blad").to_python()
    assert [row[0] for row in rows] == [*texts[:-1], "einde\ud7ff"]


@pytest.mark.parametrize(
    ("value", "code", "words"),
    [
        (1234.5, EURO.number, "€ 1.234,50"),
        (-1234.567, EURO.number, "-€ 1.234,57"),
        (0.25, FILL_IN.number, "0,25"),
        (-0.1234567, FILL_IN.number, "-0,123457"),
        (0.07, "0%", "7%"),
        (2026.0, "", "2026"),
    ],
)
def test_a_number_is_shown_in_dutch_to_who_does_not_compute(value: float, code: str, words: str) -> None:
    assert shown(value, code) == words


def test_a_format_that_we_never_write_is_refused() -> None:
    for code in ("0.00", "dd-mm-yyyy", "#,##0;#,##0;#,##0"):
        with pytest.raises(ValueError, match="no style"):
            number_styles("getal", code)
