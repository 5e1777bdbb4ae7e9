"""What a workbook does not show is found in its parts, whichever program wrote them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from data_contracts.errors import StudyError
from data_contracts.workbook.book import book_of
from data_contracts.workbook.pages import pages
from data_contracts.workbook.parts import formats

_MAIN = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def as_excel(part: bytes) -> bytes:
    return part


def with_prefix(part: bytes) -> bytes:
    """Every element under a prefix, as programs on Microsoft's own library for workbooks write them."""
    if _MAIN not in part:
        return part
    return re.sub(rb"<(/?)(\w)", rb"<\1x:\2", part).replace(_MAIN, _MAIN.replace(b"xmlns=", b"xmlns:x="))


def with_single_quotes(part: bytes) -> bytes:
    return part.replace(b'"', b"'") if b"'" not in part else part


@pytest.fixture(params=[as_excel, with_prefix, with_single_quotes])
def written(request: pytest.FixtureRequest) -> Callable[[openpyxl.Workbook], bytes]:
    def content(book: openpyxl.Workbook) -> bytes:
        plain, other = io.BytesIO(), io.BytesIO()
        book.save(plain)
        with zipfile.ZipFile(plain) as old, zipfile.ZipFile(other, "w") as new:
            for name in old.namelist():
                new.writestr(name, request.param(old.read(name)))
        return other.getvalue()

    return content


def test_a_formula_that_nobody_computed_is_named_with_its_row(written: Callable[[openpyxl.Workbook], bytes]) -> None:
    book = openpyxl.Workbook()
    book.active.append(["kop", "bedrag"])  # type: ignore[union-attr]
    book.active.append(["huur", "=100+20"])  # type: ignore[union-attr]
    with pytest.raises(StudyError, match=r"blad Sheet, rij 2: hier staat een formule waarvan de uitkomst"):
        pages(book_of(written(book), "werkmap.xlsx"))


def test_a_percentage_is_known_by_its_place(written: Callable[[openpyxl.Workbook], bytes]) -> None:
    book = openpyxl.Workbook()
    book.active["C2"] = 0.25  # type: ignore[index]
    book.active["C2"].number_format = "0%"  # type: ignore[index]
    content = written(book)
    assert pages(book_of(content, "werkmap.xlsx"))["Sheet"][1][2] == 0.25
    assert formats(content) == {("Sheet", 2, 3): "0%"}


@pytest.mark.parametrize(
    "part", [b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet/>', b"<styleSheet>", "<a/>".encode("utf-16")]
)
def test_parts_that_no_program_writes_are_refused(part: bytes) -> None:
    book, content = openpyxl.Workbook(), io.BytesIO()
    book.save(content)
    other = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(other, "w") as new:
        for name in old.namelist():
            new.writestr(name, part if name == "xl/styles.xml" else old.read(name))
    with pytest.raises(StudyError, match="beschadigd, of zij bevat een documenttype"):
        formats(other.getvalue())
