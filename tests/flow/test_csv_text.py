"""A text in an exported file is a text, whatever a spreadsheet would make of it."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.releases.publishing import table_files

FORMULAS = ["=1+1", "@SUM(A1:A9)", "+31", "-2+3", "\t=1", "\r=1", "\n=1", "=cmd|' /C calc'!A0", "＝1+1", "'=1"]


def cells(frame: pd.DataFrame) -> list[list[str]]:
    content = table_files({"out_test": frame})["tables/out_test.csv"].decode("utf-8-sig")
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))[1:]


@pytest.mark.parametrize("kind", ["str", "object", "category"])
def test_no_text_cell_begins_like_a_formula(kind: str) -> None:
    found = cells(pd.DataFrame({"what": pd.Series(FORMULAS, dtype=kind)}))
    assert [cell for (cell,) in found] == ["'" + text for text in FORMULAS]


def test_numbers_and_what_is_missing_stay_as_they_are() -> None:
    frame = pd.DataFrame({"estimate": [-0.42, 1.5], "n": pd.array([-3, None], "Int64"), "what": ["zorg - licht", None]})
    assert cells(frame) == [["-0,42", "-3", "zorg - licht"], ["1,5", "", ""]]


@settings(deadline=None)
@given(st.lists(st.text(alphabet="=+-@'\t;\"ab\n", min_size=1, max_size=6), min_size=1, max_size=5))
def test_taking_one_apostrophe_away_gives_every_text_back(texts: list[str]) -> None:
    found = [cell for (cell,) in cells(pd.DataFrame({"what": texts}))]
    assert [cell.removeprefix("'") for cell in found] == texts
    assert not any(cell[0] in "=+-@\t\n" for cell in found)
