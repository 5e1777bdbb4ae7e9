"""Rows that were read cell by cell come into the engine as they were, whatever stands in a cell."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipelines.intake.reading.bulk import write_rows
from pipelines.intake.reading.engine import engine
from pipelines.intake.reading.sheets import Row

CELL = st.text("aë1,;\t\r\n\"'\\ \x1e", max_size=6)


@settings(deadline=None, max_examples=60)
@example([["Cli\rënt", "x"], ["1", "2"]])
@example([["a\r\nb", '"'], ['""', "\n"]])
@given(st.lists(st.lists(CELL, min_size=2, max_size=3).filter(any), min_size=1, max_size=4))
def test_every_cell_comes_through(rows: list[list[str]]) -> None:
    with engine() as connection:
        width = write_rows(
            connection, [Row(at, tuple(cells), "t" * len(cells)) for at, cells in enumerate(rows, 1)], "bare"
        )
        columns = ", ".join(f"coalesce(c{at}, '')" for at in range(width))
        found = connection.execute(f"SELECT row_number, {columns} FROM bare ORDER BY row_number").fetchall()
    assert found == [(at, *(cells + [""] * width)[:width]) for at, cells in enumerate(rows, 1)]
