"""Every column about people has a use that stands in code."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_contracts.tables.core import DOMAIN_COLUMNS
from data_contracts.vocabulary.slices import BROADER
from tools.columns_of_people import USES, columns_of_people, use_of

ROOT = Path(__file__).parents[2]


def test_every_column_about_people_has_a_use_and_no_use_is_left_over() -> None:
    columns = set(columns_of_people())
    assert all(use for use, _ in (use_of(*one) for one in columns))
    known = {column for _, column in columns} | {f"{table}.{column}" for table, column in columns}
    assert set(USES) <= known


@pytest.mark.parametrize("column", sorted(set(USES) - {*DOMAIN_COLUMNS, *BROADER}))
def test_the_file_that_a_use_names_speaks_of_the_column(column: str) -> None:
    assert column.rpartition(".")[2] in (ROOT / USES[column][1]).read_text(encoding="utf-8")
