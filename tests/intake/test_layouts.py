"""A supplier's new system gives the same file other columns, dates and codes: both layouts stand in the mapping."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_contracts.errors import DeliveryRefused
from pipelines.storage.sql import listed
from tests.intake.taking_in import MAPPING, TakenIn, delivered, mapping, study, take_in

OLD = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\ndemo-0001;01-02-2024;3;4;;\ndemo-0001;01-09-2024;4;4;;\n"
NEW = "Cliënt;Afgenomen;Geld;Wonen\ndemo-0001;2025-02-01;goed;4\n"
SECOND = """\
  - match: zrm.csv
    table: assessments
    edition: zrm_2013
    columns: {client_key: Cliënt, assessed_on: {from: Afgenomen, date: [yyyy-mm-dd]}}
    scores: {finances: Geld, housing: Wonen}
    codes: {score: {goed: 4}}
"""


def taken(directory: Path, text: str, more: str = SECOND) -> TakenIn:
    return take_in(delivered(directory, text), study(), mapping(MAPPING + more))


def scores(found: TakenIn) -> list[tuple[str, int]]:
    rows = found.assessments.sort_values("assessed_on")
    return [(str(day)[:10], int(score)) for day, score in zip(rows["assessed_on"], rows["finances"], strict=True)]


def test_each_delivery_is_read_under_the_entry_whose_columns_it_has(tmp_path: Path) -> None:
    assert scores(taken(tmp_path / "q1", OLD)) == [("2024-02-01", 3), ("2024-09-01", 4)]
    new = taken(tmp_path / "q2", NEW)
    assert scores(new) == [("2025-02-01", 4)]
    assert set(new.account["file"]) == {"zrm.csv"}


def test_a_file_that_fits_no_layout_is_refused_with_the_way_on(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefused) as caught:
        taken(tmp_path / "q1", "Client;Dag;Geld\ndemo-0001;2025-02-01;3\n")
    assert "geen van de 2 regels" in str(caught.value) and "Bij de 2e: kolom 'Afgenomen', 'Wonen' ontbreekt" in str(
        caught.value
    )
    assert "een tweede regel met dezelfde match" in str(caught.value)


def test_a_file_that_fits_two_layouts_is_refused(tmp_path: Path) -> None:
    again = SECOND.replace("goed: 4", "goed: 5")
    with pytest.raises(DeliveryRefused, match="2 van de 3 regels"):
        taken(tmp_path / "q1", NEW, SECOND + again)


def test_entries_that_open_a_file_differently_are_no_layouts(tmp_path: Path) -> None:
    other = SECOND.replace("    table: assessments\n", "    open: {delimiter: ','}\n    table: assessments\n")
    with pytest.raises(DeliveryRefused, match="meer dan één regel"):
        taken(tmp_path / "q1", NEW, other)


def test_what_is_read_in_vain_leaves_no_rows_behind(tmp_path: Path) -> None:
    found = taken(tmp_path / "q2", NEW)
    left = found.connection.execute("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'bare_%'").fetchall()
    assert left == [], listed([name for (name,) in left])
