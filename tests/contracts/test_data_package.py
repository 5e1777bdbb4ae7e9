"""datapackage.json: every public table with its columns, kinds, units and meaning, as the standard asks."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package, validate

from data_contracts.contract import empty_frame
from data_contracts.tables.errata import REVISED
from data_contracts.tables.meanings import column_meaning, meanings, table_meaning
from pipelines.releases.data_package import data_package
from pipelines.releases.publishing import table_files
from pipelines.releases.released_tables import OUT_CONTRACTS
from pipelines.study.workplace import read_study
from tests.mkba_case import appraised
from tests.surfaces.invented import mkba_tables, tables, with_logic
from tests.surfaces.invented_companions import companions

EVERY = {**OUT_CONTRACTS, str(REVISED.name): REVISED}


def invented() -> dict[str, pd.DataFrame]:
    filled = with_logic(tables()) | mkba_tables(appraised()) | companions()
    return {name: filled.get(name, empty_frame(schema)) for name, schema in EVERY.items()}


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("package")
    found = invented()
    files = table_files(found)
    files["datapackage.json"] = data_package(read_study(Path("studies/rijnstad")).study, "2026-11-30", found, files)
    for name, content in files.items():
        (place / name).parent.mkdir(exist_ok=True)
        (place / name).write_bytes(content)
    return place


def test_the_keepers_of_the_standard_find_no_fault_in_descriptor_or_tables(release: Path) -> None:
    report = validate(str(release / "datapackage.json"))
    assert report.flatten(["title", "type", "note", "rowNumber", "fieldName"]) == []
    assert len(report.tasks) == len(EVERY)


def test_they_do_find_a_cell_of_another_kind(release: Path, tmp_path: Path) -> None:
    path = release / "tables" / "out_change__by_domain.csv"
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b";released;", b";vrijgegeven;", 1))
    try:
        assert not validate(str(release / "datapackage.json")).valid
    finally:
        path.write_bytes(whole)


def test_read_through_the_package_a_number_is_what_it_was(release: Path) -> None:
    rows = Package(str(release / "datapackage.json")).get_resource("out_change__by_domain").read_rows()
    first = invented()["out_change__by_domain"].iloc[0]
    assert float(rows[0]["mean_change"]) == pytest.approx(first["mean_change"])
    assert rows[0]["n_clients"] == first["n_clients"]


def test_every_column_has_a_meaning_and_no_meaning_is_of_nothing() -> None:
    columns = {name for schema in EVERY.values() for name in schema.columns} | {"revised_from"}
    assert all(column_meaning(name) for name in columns)
    assert all(table_meaning(name) for name in EVERY)
    known = meanings()
    assert sorted(set(known["columns"]) - columns) == []
    assert sorted(set(known["tables"]) - set(EVERY)) == []


def test_euros_people_and_shares_say_their_unit(release: Path) -> None:
    package = json.loads((release / "datapackage.json").read_text("utf-8"))
    fields = {one["name"]: one for table in package["resources"] for one in table["schema"]["fields"]}
    assert fields["npv_mean_eur"]["unit"] == "euro"
    assert fields["n_clients"]["unit"] == "aantal"
    assert fields["prob_npv_positive"]["unit"] == "aandeel (1 is alles)"
    assert "unit" not in fields["estimate"]
    assert fields["status"]["description"].startswith("waarom")
