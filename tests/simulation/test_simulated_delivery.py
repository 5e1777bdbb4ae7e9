"""Deliveries: files as a registration system writes them, the same bytes per seed, every fault accounted for."""

import csv
import datetime as dt
import hashlib
import json
from pathlib import Path

import duckdb
import pytest
from python_calamine import CalamineWorkbook

from data_contracts.errors import StudyError
from data_contracts.mapping.file import Mapping
from data_contracts.vocabulary.field import SCORE_LABELS
from data_contracts.yaml_file import read_model
from indicators.simulation.municipality import Municipality, simulate
from pipelines.simulation.delivery import write_delivery, write_truth
from tests.simulation.conftest import VOORBEELDSTAD
from tests.simulation.simulated import changed

DIALECTS = ["semicolon", "comma", "workbook", "parquet"]
FILES = {"zrm", "participatieladder", "clienten", "trajecten", "voorzieningen", "gebeurtenissen", "ervaren_baat"}


@pytest.fixture(scope="module")
def small(settings) -> Municipality:
    return simulate(changed(settings, n_clients=300), seed=1)


@pytest.fixture(scope="module")
def delivered(settings, tmp_path_factory) -> tuple[Path, dict]:
    directory = tmp_path_factory.mktemp("voorbeeldstad")
    return directory, write_delivery(simulate(settings, seed=1), directory, "semicolon")


def rows_of(path: Path, encoding: str, delimiter: str) -> list[dict[str, str]]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def hashes(directory: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(directory.iterdir())}


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_same_seed_writes_the_same_bytes_and_another_seed_does_not(small, settings, dialect, tmp_path):
    for name, municipality in {
        "one": small,
        "again": simulate(small.settings, seed=1),
        "other": simulate(small.settings, seed=2),
    }.items():
        write_delivery(municipality, tmp_path / name, dialect)
    one, again, other = (hashes(tmp_path / name) for name in ("one", "again", "other"))
    assert {Path(name).stem for name in one} == FILES | {"kosten", "wijkteams"}
    assert one == again
    assert all(one[name] != other[name] for name in one if not name.startswith("wijkteams"))


def test_the_files_of_voorbeeldstad_are_exactly_those_of_its_mapping(delivered):
    directory, _ = delivered
    for file in read_model(VOORBEELDSTAD / "mapping.yaml", Mapping).files:
        rows = rows_of(directory / file.match, "windows-1252", ";")
        assert sorted(rows[0]) == sorted(file.declared_columns)


def test_every_planted_fault_stands_in_the_file_as_often_as_the_accounting_says(delivered):
    directory, accounting = delivered
    rows = rows_of(directory / "zrm.csv", "windows-1252", ";")
    lines = (directory / "zrm.csv").read_bytes().splitlines()[1:]
    scores = [[row[name] for name in list(row)[5:]] for row in rows]
    found = {
        "score 9": sum("9" in cells for cells in scores),
        "score 2,5": sum("2,5" in cells for cells in scores),
        "date in the future": sum(row["Datum afname"] == "01-03-2031" for row in rows),
        "impossible date": sum(row["Datum afname"] == "31-02-2024" for row in rows),
        "client number missing": sum(row["Cliëntnummer"] == "" for row in rows),
        "unknown team": sum(row["Wijkteam"] == "Wijkteam Onbekend" for row in rows),
    }
    assert accounting["rows_per_fault_not_duplicates"] == found
    assert accounting["rows"] == len(lines)
    assert accounting["exact_duplicates"] == len(lines) - len(set(lines)) == 23
    assert accounting["good_rows"] == len(lines) - 23 - sum(found.values())
    assert sum(cells.count("n.v.t.") for cells in scores) == 12


def test_faults_take_no_score_away_but_those_they_spoil(delivered, settings):
    rows = {tuple(row.values()) for row in rows_of(delivered[0] / "zrm.csv", "windows-1252", ";")}
    filled = sum(cell not in ("", "n.v.t.") for row in rows for cell in row[5:])
    assert filled == simulate(settings, seed=1).assessments.iloc[:, 5:].notna().sum().sum()


def test_text_is_dutch_in_the_semicolon_dialect(delivered):
    directory, _ = delivered
    costs = rows_of(directory / "kosten.csv", "windows-1252", ";")
    wages = next(row["Bedrag"] for row in costs if row["Kostensoort"] == "loonkosten")
    assert wages[-3] == "," and wages[-7] == "."
    case = rows_of(directory / "trajecten.csv", "windows-1252", ";")[0]
    dt.datetime.strptime(case["Startdatum"], "%d-%m-%Y").replace(tzinfo=dt.UTC)
    assert "," in case["Uren"]
    assert "MW-" in rows_of(directory / "zrm.csv", "windows-1252", ";")[0]["Medewerker"]


def test_the_comma_dialect_is_utf_8_with_iso_dates_and_points(small, tmp_path):
    accounting = write_delivery(small, tmp_path, "comma")
    rows = rows_of(tmp_path / "zrm.csv", "utf-8", ",")
    assert any(row["Datum afname"] == "2024-02-31" for row in rows)
    assert any("2.5" in row.values() for row in rows)
    assert len(rows) == accounting["rows"]
    assert float(rows_of(tmp_path / "kosten.csv", "utf-8", ",")[0]["Bedrag"]) > 0


def test_the_workbook_dialect_is_long_under_three_title_rows(small, tmp_path):
    accounting = write_delivery(small, tmp_path, "workbook")
    title, _, empty, header, first, *rest = (
        CalamineWorkbook.from_path(tmp_path / "zrm.xlsx").get_sheet_by_name("Uitdraai").to_python()
    )
    assert title[0] == "Uitdraai zelfredzaamheid gemeente Voorbeeldstad"
    assert set(empty) == {""}
    assert header == ["Cliëntnummer", "Wijkteam", "Meetmoment", "Datum afname", "Medewerker", "Leefgebied", "Score"]
    assert isinstance(first[3], dt.date)
    assert {first[6], *(row[6] for row in rest)} == {f"{score} - {label}" for score, label in SCORE_LABELS.items()}
    assert accounting["rows"] == len(rest) + 1 == int(small.assessments.iloc[:, 5:].notna().sum().sum())
    ladder = CalamineWorkbook.from_path(tmp_path / "participatieladder.xlsx").get_sheet_by_name("Uitdraai").to_python()
    assert "sociale contacten buitenshuis" in {row[2] for row in ladder}


LEVELS = [
    "acute problematiek",
    "niet zelfredzaam",
    "beperkt zelfredzaam",
    "voldoende zelfredzaam",
    "volledig zelfredzaam",
]


def test_the_parquet_dialect_has_typed_columns(small, tmp_path):
    accounting = write_delivery(small, tmp_path, "parquet")
    with duckdb.connect() as connection:
        scored = connection.read_parquet(str(tmp_path / "zrm.parquet"))
        kinds = dict(zip(scored.columns, map(str, scored.types), strict=True))
        amounts = connection.read_parquet(str(tmp_path / "kosten.parquet"))
        total = amounts.aggregate('sum("Bedrag")').fetchall()[0][0]
        assert scored.aggregate("count(*)").fetchall() == [(accounting["rows"],)]
    assert (kinds["Datum afname"], kinds["Financiën"], kinds["Wijkteam"]) == ("DATE", "TINYINT", "VARCHAR")
    assert float(total) == pytest.approx(small.costs["amount_eur"].sum(), abs=0.005)


def test_more_faults_than_rows_are_refused(settings, tmp_path):
    with pytest.raises(StudyError, match="passen niet"):
        write_delivery(simulate(changed(settings, n_clients=10), seed=1), tmp_path, "semicolon")


def test_a_sheet_that_is_too_long_is_refused_and_not_cut_off(small, tmp_path, monkeypatch):
    monkeypatch.setattr("pipelines.simulation.delivery._SHEET_ROWS", 100)
    with pytest.raises(StudyError, match="passen niet in een werkblad"):
        write_delivery(small, tmp_path, "workbook")


def test_the_truth_is_written_without_a_client(small, tmp_path):
    write_truth(small, "levering-01234567", tmp_path / "truth.json")
    text = (tmp_path / "truth.json").read_text(encoding="utf-8")
    truth = json.loads(text)
    assert truth["seed"] == 1
    assert truth["settings"]["ratings"]["reliability"] == 0.75
    assert {row["subject"] for row in truth["effects"]} == {
        "zrm",
        "ladder",
        "hours",
        "solutions",
        "provisions",
        "events",
    }
    assert not any(key in text for key in small.clients["client_key"])
