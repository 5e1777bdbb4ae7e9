"""The answer to a person who asks what is held: all of it, and only to who may give that answer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from pipelines.commands.app import app
from pipelines.rights.held import held
from pipelines.rights.named_people import named_in
from pipelines.study.workplace import Workplace
from tests.rights.small_home import CANARY, MARK, everything, listed

PATTERN = "demo-[0-9]{4}"


def answered(place: Workplace, command: str, *more: str) -> tuple[int, str]:
    words = ["deliveries", command, str(place.files.directory), *more, "--home", str(place.home.root)]
    result = CliRunner().invoke(app, words)
    return result.exit_code, result.output


def test_everything_that_is_held_about_a_person_is_told_and_nothing_of_others(place: Workplace) -> None:
    found = held(place.home, named_in(listed(place, CANARY, "demo-0999"), PATTERN))
    assert (found["people"], found["unknown"], list(found["pseudonyms"])) == (1, 1, [CANARY])
    raw = found["tables"]["raw_cases__trajectories"]
    assert [(row["delivery"][:2], row["file"], row["row_number"], row["hours"]) for row in raw] == [
        ("q1", "trajecten.csv", 8, "913,37")
    ]
    assert [row["hours"] for row in found["tables"]["core_cases__trajectories"]] == [MARK]
    assert len(found["tables"]["core_zrm__assessments"]) == 2
    others = {f"demo-{one:04d}" for one in range(1, 21)} - {CANARY}
    assert not any(other in json.dumps(found) for other in others)


def test_the_answer_goes_to_the_terminal_and_into_no_file(place: Workplace) -> None:
    before = everything(place.home.root)
    code, plain = answered(place, "person", str(listed(place, CANARY)))
    assert code == 0 and "Van de lijst is hier 1 persoon bekend." in plain and MARK in plain
    code, text = answered(place, "person", str(listed(place, CANARY)), "--json")
    assert code == 0 and json.loads(text)["people"] == 1
    assert everything(place.home.root) == before


def test_a_list_may_be_a_csv_with_a_header_and_other_columns(tmp_path: Path) -> None:
    file = tmp_path / "lijst.csv"
    file.write_bytes('Pseudoniem;Datum\r\n"demo-0007";1-1-2026\r\ndemo-0008\r\n\r\ndemo-0007\r\n'.encode("utf-8-sig"))
    assert named_in(file, PATTERN).line_of == {"demo-0007": 2, "demo-0008": 3}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("demo-0007\n123456782\nJansen\n", "regel 2, 3: dit is geen pseudoniem"),
        ("Pseudoniem\n", "geen enkel pseudoniem"),
        ("", "geen enkel pseudoniem"),
        (None, "is er niet"),
    ],
)
def test_what_is_no_list_of_pseudonyms_is_said_without_a_value(tmp_path: Path, text: str | None, words: str) -> None:
    file = tmp_path / "lijst.txt"
    if text is not None:
        file.write_text(text, encoding="utf-8")
    with pytest.raises(StudyError, match=words) as told:
        named_in(file, PATTERN)
    assert not any(one in str(told.value) for one in ("Jansen", "123456782", "demo-0007"))


def test_restricting_and_erasing_by_command_tell_counts_and_what_is_left_to_do(place: Workplace) -> None:
    why = ["--by", "P. Privacy", "--why", "verzoek van een inwoner"]
    code, text = answered(place, "restrict", str(listed(place, "demo-0008")), *why)
    assert code == 0 and "1 persoon telt vanaf de volgende run nergens meer mee" in text
    code, text = answered(place, "erase", str(listed(place, CANARY, "demo-0008")), *why)
    assert code == 0 and "2 mensen zijn gewist" in text and "inbox/q1 noemen hen nog" in text.replace("\n", "")
    code, text = answered(place, "erase", str(listed(place, CANARY, "demo-0008")), *why, "--json")
    assert code == 0 and json.loads(text)["done_before"] == 2
    assert "demo-" not in text
