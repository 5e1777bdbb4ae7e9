"""Every row of the proof deliveries is accounted for, exactly as planted."""

import json
from pathlib import Path

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


def test_every_file_adds_up(proof: tuple[TakenIn, dict]) -> None:
    account = proof[0].account
    assert (account["rows"] == account["accepted"] + account["quarantined"] + account["exact_duplicates"]).all()


def test_domains_that_a_study_does_not_use_are_gone_before_anything_is_written(proof: tuple[TakenIn, dict]) -> None:
    taken = proof[0]
    assert taken.account["blanked_scores"].sum() > 0
    assert taken.raws["assessments"].filter("justice IS NOT NULL").fetchall() == []
    assert taken.assessments["justice"].isna().all()
