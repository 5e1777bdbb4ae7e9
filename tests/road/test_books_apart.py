"""A workbook that a person offers is read by another process, within the limits of a delivery."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path

import openpyxl
import pytest

from data_contracts.errors import StudyError
from data_contracts.workbook.book import book_of
from pipelines.intake.reading import books, limits
from pipelines.intake.reading.books import book_apart, plain_book
from pipelines.intake.reading.confined import Allowed
from pipelines.intake.reading.sheets import Unreadable
from pipelines.road.balance import workbook

BOMB = b" " * (limits.SMALL_BYTES * 4)


def a_book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["kop", 2.5, 3, True, None, dt.datetime(2025, 3, 1), dt.time(9, 30)])
    sheet["B1"].number_format = "0%"
    sheet["A2"] = "=1/0"
    return book


def saved(book: openpyxl.Workbook, path: Path) -> Path:
    book.save(path)
    return path


def with_bomb(path: Path) -> Path:
    """The first sheet is four times as large as nothing can go wrong with, and packs to nearly nothing."""
    content = io.BytesIO()
    a_book().save(content)
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<sheetData>", b"<sheetData>" + BOMB) if "sheet1" in name else part)
    return path


def test_it_says_the_same_as_a_reader_in_this_process(tmp_path: Path) -> None:
    path = saved(a_book(), tmp_path / "werkmap.xlsx")
    found = book_apart(path)
    assert found == book_of(path.read_bytes(), path.name)
    assert found.lost and found.formats


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match=r"bom\.xlsx: "):
        book_apart(with_bomb(tmp_path / "bom.xlsx"))


def test_a_cell_at_the_end_of_the_sheet_is_refused_with_its_place(tmp_path: Path) -> None:
    book = a_book()
    book.active["XFD1048576"] = 1  # type: ignore[index]
    with pytest.raises(StudyError, match=r"ver\.xlsx, blad Sheet: een cel staat zo ver weg"):
        book_apart(saved(book, tmp_path / "ver.xlsx"))


def test_more_cells_than_a_balance_ever_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(books.limits, "MAX_BOOK_CELLS", 5)
    with pytest.raises(Unreadable, match="meer cellen dan een balans"):
        plain_book(saved(a_book(), tmp_path / "groot.xlsx").read_bytes(), "groot.xlsx")


def test_a_reader_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = saved(a_book(), tmp_path / "werkmap.xlsx")
    with pytest.raises(StudyError, match=r"werkmap\.xlsx: het lezen van dit bestand"):
        book_apart(path, Allowed(seconds=0))


def test_what_is_no_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "tekst.xlsx"
    path.write_text("een;tekst\n1;2\n")
    with pytest.raises(StudyError, match="geen werkmap van Excel"):
        book_apart(path)


def test_the_commands_that_take_a_workbook_have_no_reader_of_their_own() -> None:
    import pipelines.commands.tree as of_trees

    for module in (workbook, of_trees):
        assert module.__file__ is not None
        assert "read_bytes" not in Path(module.__file__).read_text(encoding="utf-8")
