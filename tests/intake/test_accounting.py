"""Every row of the proof deliveries is accounted for, exactly as planted."""

import csv
import json
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest

from data_contracts.mapping.file import Mapping
from data_contracts.study import Study
from data_contracts.yaml_file import read_model
from tests.intake.taking_in import TakenIn, take_in

STUDIES = Path(__file__).parents[2] / "studies"
# The words of expected_accounting.json beside our reason codes.
FAULTS = {
    "score 9": "score_out_of_range",
    "score 2,5": "score_not_whole",
    "date in the future": "date_in_future",
    "impossible date": "date_unreadable",
    "client number missing": "client_missing",
    "unknown team": "team_unknown",
    "score 'onbekend'": "score_unknown",
    "domain of the 2013 edition in a 2017 file": "domain_not_in_edition",
}


@pytest.fixture(scope="module", params=["rijnstad", "veldstad", "waterstad"])
def proof(request: pytest.FixtureRequest) -> tuple[TakenIn, dict]:
    directory = STUDIES / request.param
    expected = json.loads((directory / "expected_accounting.json").read_text(encoding="utf-8"))
    taken = take_in(
        directory / "deliveries" / request.param,
        read_model(directory / "study.yaml", Study),
        read_model(directory / "mapping.yaml", Mapping),
    )
    return taken, expected


def test_the_account_equals_what_was_planted(proof: tuple[TakenIn, dict]) -> None:
    taken, expected = proof
    row = taken.account.set_index("file").loc[expected["file"]]
    assert row["rows"] == expected["rows"]
    assert row["accepted"] == expected["good_rows"]
    assert row["exact_duplicates"] == expected["exact_duplicates"]
    assert row["quarantined"] == expected["faulty_rows_not_duplicates"]


def test_the_reasons_equal_the_planted_faults(proof: tuple[TakenIn, dict]) -> None:
    taken, expected = proof
    mine = taken.reasons[taken.reasons["file"] == expected["file"]]
    found = dict(zip(mine["reason"], mine["rows"], strict=True))
    assert found == {FAULTS[name]: rows for name, rows in expected.get("rows_per_fault_not_duplicates", {}).items()}


def test_every_row_that_lies_in_a_file_is_counted_once(proof: tuple[TakenIn, dict]) -> None:
    """The rows are counted by other libraries; nothing here is left out by the mapping."""
    taken, expected = proof
    account = taken.account.set_index("file")
    files = {
        path.name: rows_in(path)
        for path in sorted((STUDIES / taken.delivery.name / "deliveries" / taken.delivery.name).iterdir())
    }
    assert account["rows"].to_dict() == files
    told = account[["accepted", "quarantined", "exact_duplicates"]].sum(axis=1)
    assert told.to_dict() == files
    for name, planted in expected.get("also", {}).items():
        if isinstance(planted, dict):
            assert files[name] == planted["rows"]


def rows_in(path: Path) -> int:
    """Filled rows below the header, of a delivery in which the file has one."""
    if path.suffix == ".csv":
        with path.open(encoding="latin-1", newline="") as lines:
            return sum(any(cells) for cells in csv.reader(lines, delimiter=";")) - 1
    with closing(openpyxl.load_workbook(path, read_only=True)) as book:
        rows = [row for row in next(iter(book)).iter_rows(values_only=True)]
    return sum(sum(cell is not None for cell in row) > 1 for row in rows) - 1


def test_domains_that_a_study_does_not_use_are_gone_before_anything_is_written(proof: tuple[TakenIn, dict]) -> None:
    taken = proof[0]
    assert taken.account["blanked_scores"].sum() > 0
    assert taken.raws["assessments"].filter("justice IS NOT NULL").fetchall() == []
    assert taken.assessments["justice"].isna().all()
