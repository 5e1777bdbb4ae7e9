"""The workbook of an invented case, with everything that a formula must follow, in LibreOffice: .xlsx and .ods."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.intake.reading.books import book_apart
from reports.workbook.assumptions import ASSUMPTIONS
from reports.workbook.book import mkba_book
from reports.workbook.ods.file import ods
from reports.workbook.xlsx import xlsx
from tests.mkba_case import appraised
from tests.office.calc import converted, edited_ods, edited_xlsx, need_office
from tests.office.compared import Pair, differences, draws_of_edits
from tests.surfaces.invented import facts, mkba_tables
from tests.surfaces.test_workbook import rich

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pair() -> Pair:
    need_office()
    appraisal = appraised(rich())
    book = mkba_book(facts(), mkba_tables(appraisal), appraisal.table)
    return Pair(xlsx(book), ods(book), appraisal.table)


def test_everybody_computes_the_same_also_after_ten_edits(pair: Pair, tmp_path: Path) -> None:
    assert list(differences(pair, tmp_path, draws_of_edits(pair.lines, seed=7, times=10))) == []


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_what_libreoffice_saved_after_an_edit_is_read_back(kind: str, pair: Pair, tmp_path: Path) -> None:
    edit = {"B5": 123.5}
    edited = edited_ods(pair.ods, edit) if kind == "ods" else edited_xlsx(pair.xlsx, edit)
    (tmp_path / f"bewaard.{kind}").write_bytes(converted({f"mkba.{kind}": edited}, kind, tmp_path)[f"mkba.{kind}"])
    found = book_apart(tmp_path / f"bewaard.{kind}")
    (tmp_path / "ons.xlsx").write_bytes(pair.xlsx)
    ours = book_apart(tmp_path / "ons.xlsx").sheets[ASSUMPTIONS]
    assert found.lost == ()
    assert [line[:2] for line in found.sheets[ASSUMPTIONS]] == [
        [*line[:1], 123.5] if row == 5 else line[:2] for row, line in enumerate(ours, start=1)
    ]


def test_an_effect_of_nothing_and_a_share_of_all_leave_no_error(pair: Pair, tmp_path: Path) -> None:
    effects = [one for one in draws_of_edits(pair.lines, seed=1, times=40) for one in one if "Verschil" in one]
    nothing = dict.fromkeys(effects, 0.0)
    assert len(nothing) > 3
    assert list(differences(pair, tmp_path, [nothing, dict.fromkeys(effects, 1.0)])) == []
