"""What the reader of an .ods gives as an empty cell is told with its place, as LibreOffice writes it."""

from __future__ import annotations

import pytest

from data_contracts.errors import StudyError
from data_contracts.workbook.book import book_of
from data_contracts.workbook.ods_cells import OdsCell, ods_cells
from data_contracts.workbook.pages import pages
from tests.intake.reading.made import ods, ods_rows, zipped

ERROR = (
    '<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="">'
    "<text:p>#DIV/0!</text:p></table:table-cell>"
)
SHARE = '<table:table-cell office:value-type="percentage" office:value="0.25"><text:p>25%</text:p></table:table-cell>'
NOTHING = '<table:table-cell table:formula="of:=&quot;&quot;"><text:p/></table:table-cell>'
UNKNOWN = '<table:table-cell table:formula="of:=1+1"/>'
NOTED = (
    '<table:table-cell office:value-type="string"><office:annotation><text:p>#REF!</text:p></office:annotation>'
    "<text:p>kop</text:p></table:table-cell>"
)


def row(*cells: str, repeated: int = 1) -> str:
    return f'<table:table-row table:number-rows-repeated="{repeated}">{"".join(cells)}</table:table-row>'


def found(body: str) -> list[OdsCell]:
    names = " ".join(f'xmlns:{one}="{one}"' for one in ("office", "table", "text"))
    return ods_cells(f'<office:a {names}><table:table table:name="Blad1">{body}</table:table></office:a>'.encode())


def test_each_is_found_at_its_place_also_after_what_is_repeated() -> None:
    empty = '<table:table-cell table:number-columns-repeated="2"/>'
    told = found(row(NOTED) + row(empty, repeated=3) + row(empty, ERROR, SHARE) + row(UNKNOWN, NOTHING))
    assert told == [
        OdsCell("Blad1", 5, 3, "#DIV/0!", False, False),
        OdsCell("Blad1", 5, 4, "", False, True),
        OdsCell("Blad1", 6, 1, "", True, False),
    ]


def test_what_is_written_once_and_repeated_counts_every_time() -> None:
    twice = ERROR.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="2"', 1)
    assert [(one.row, one.column) for one in found(row(twice, repeated=2))] == [(1, 1), (1, 2), (2, 1), (2, 2)]


@pytest.mark.parametrize(
    ("cell", "told"),
    [(ERROR, "fout van Excel of LibreOffice"), (UNKNOWN, "formule waarvan de uitkomst")],
)
def test_a_lost_value_stops_a_workbook_with_its_row(cell: str, told: str) -> None:
    with pytest.raises(StudyError, match=rf"werkmap\.ods, blad Blad1, rij 2: hier staat een {told}"):
        pages(book_of(ods(ods_rows([["kop"]]) + row(cell)), "werkmap.ods"))


def test_a_percentage_is_known_by_its_place() -> None:
    book = book_of(ods(ods_rows([["kop"]]) + row(SHARE)), "werkmap.ods")
    assert (book.formats, book.sheets["Blad1"][1]) == ({("Blad1", 2, 1): "0%"}, [0.25])


def test_a_document_type_is_refused() -> None:
    part = b'<!DOCTYPE a [<!ENTITY b "c">]><a/>'
    content = zipped({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": part})
    with pytest.raises(StudyError):
        book_of(content, "werkmap.ods")
