"""What init says of more than one delivery: complete or an addition, the extract date, and the number of a record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.mapping.date_notation import day_written
from pipelines.commands.app import app
from pipelines.init.extract_found import days_by_form, extract_form
from pipelines.init.questions import Talk
from pipelines.intake.extract_date import extract_date
from pipelines.study.workplace import StudyFiles, read_study
from tests.intake.init.delivered import DOMAINS_2013, TODAY, Assessment, assessments, csv, wide
from tests.intake.init.delivered import init as init_here
from tests.intake.init.shapes import in_long_form, with_column

OF = assessments(3, n_clients=20)
STUDY = ("--municipality", "Teststad", "--purpose", "Weten of de hulp helpt", "--ground", "Wmo 2015, artikel 2.1",
         "--decided-by", "directeur", "--records-until", "2090-01-01")  # fmt: skip


def delivery(place: Path, of: list[Assessment], name: str = "zrm.csv") -> Path:
    place.mkdir()
    (place / name).write_bytes(csv(wide(of)))
    return place


def init(tmp_path: Path, path: Path, *more: str) -> StudyFiles:
    options = ("--to", str(tmp_path / "studie"), "--home", str(tmp_path / "thuis"), *STUDY, *more)
    done = CliRunner().invoke(app, ["init", str(path), *options, "--yes"])
    if done.exception is not None:
        raise done.exception
    return read_study(tmp_path / "studie")


@pytest.mark.parametrize(
    ("now", "kind"),
    [(OF, "complete"), ([one for at, one in enumerate(OF) if at % 3], "addition")],
)
def test_an_earlier_delivery_shows_what_a_delivery_is(tmp_path: Path, now: list[Assessment], kind: str) -> None:
    earlier, current = delivery(tmp_path / "k1", OF[::3]), delivery(tmp_path / "k2", now)
    delivers = init(tmp_path, current / "zrm.csv", "--earlier", str(earlier)).mapping.files[0].delivers
    assert delivers is not None
    assert (delivers.kind, delivers.period_by) == (kind, "assessed_on" if kind == "complete" else None)


def test_what_is_half_again_is_asked_with_its_numbers(tmp_path: Path) -> None:
    earlier, current = delivery(tmp_path / "k1", OF[:30]), delivery(tmp_path / "k2", OF[15:])
    with pytest.raises(StudyError, match=r"levert\.assessments\n.*Van \d+ eerdere registraties"):
        init(tmp_path, current / "zrm.csv", "--earlier", str(earlier))


def test_an_earlier_delivery_with_other_columns_is_named(tmp_path: Path) -> None:
    earlier, current = delivery(tmp_path / "k1", OF), delivery(tmp_path / "k2", OF)
    (earlier / "zrm.csv").write_bytes(b"Iets;Anders\n1;2\n")
    with pytest.raises(StudyError, match="De eerdere levering 'k1' is zo niet te lezen"):
        init(tmp_path, current / "zrm.csv", "--earlier", str(earlier))


def test_one_delivery_claims_nothing(tmp_path: Path) -> None:
    mapping = init(tmp_path, delivery(tmp_path / "k1", OF) / "zrm.csv").mapping
    assert mapping.files[0].delivers is None
    assert mapping.deliveries.as_at == "received"


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("levering/zrm_20250106.csv", "2025-01-06"),
        ("uitdraai 2025-01-06/zrm.csv", "2025-01-06"),
        ("levering/ZRM 16-1-2025.csv", "2025-01-16"),
        ("levering/zrm_16.01.2025_v2.csv", "2025-01-16"),
        ("20250106/zrm_20220101-20221231.csv", None),  # a period
        ("levering/zrm_20220101.csv", None),  # before the last record
        ("levering/zrm_6-1-2025.csv", None),  # 6 January or 1 June
        ("levering/zrm_20270101.csv", None),  # has yet to come
    ],
)
def test_the_extract_date_is_taken_from_a_name_that_holds_one(name: str, day: str | None) -> None:
    paths = [Path(name)]
    form = extract_form(Talk({}), paths, "2023-12-01", TODAY)
    assert (form and day_written(days_by_form(paths, TODAY)[form], "yyyy-mm-dd")) == day


def test_a_name_that_reads_two_ways_is_for_a_person(tmp_path: Path) -> None:
    talk = Talk({"peildatum": "m-d-yyyy"})
    assert extract_form(talk, [tmp_path / "zrm_6-1-2025.csv"], "2023-12-01", TODAY) == "m-d-yyyy"
    assert set(talk.questions["peildatum"].choices) == {"d-m-yyyy", "m-d-yyyy", "ontvangst"}


def test_the_delivery_in_the_inbox_bears_its_extract_date(tmp_path: Path) -> None:
    mapping = init(tmp_path, delivery(tmp_path / "k1", OF, "zrm_16-1-2025.csv") / "zrm_16-1-2025.csv").mapping
    (inbox,) = (tmp_path / "thuis" / "inbox").iterdir()
    assert str(extract_date(mapping.deliveries, inbox)) == "2025-01-16"


NUMBERS = [(at * 7919) % 100_000 + 100_000 for at in range(len(OF))]


@pytest.mark.parametrize(
    ("name", "number", "is_record"),
    [
        ("Formuliernummer", lambda at: str(NUMBERS[at]), True),
        ("Registratie_ID", lambda at: f"R-{NUMBERS[at]}", True),
        ("Formuliernummer", lambda at: str(at + 1), False),  # numbers the rows
        ("Formuliernummer", lambda at: str(NUMBERS[at // 2]), False),  # one number for two records
        ("Zaaknummer", lambda at: str(NUMBERS[at]), False),  # of the case
        ("Uniek nr", lambda at: str(NUMBERS[at]), False),  # says not of what: for a person to say
    ],
)
def test_the_number_of_a_record_is_known_by_its_name_and_every_row(
    name: str, number: Callable[[int], str], is_record: bool
) -> None:
    content = csv(with_column(wide(OF), name, number))
    assert ("record_id" in init_here({"zrm.csv": content}).mapping) is is_record


def test_a_person_may_say_which_number_is_that_of_the_record() -> None:
    content = csv(with_column(wide(OF), "Uniek nr", lambda at: str(NUMBERS[at])))
    assert "record_id: Uniek nr" in init_here({"zrm.csv": content}, nummer__zrm="Uniek nr").mapping


def test_in_a_long_file_a_number_of_the_assessment_is_that_of_the_record_and_one_of_the_line_is_not() -> None:
    rows = in_long_form(OF)
    by_form = with_column(rows, "Formuliernummer", lambda at: str(NUMBERS[at // len(DOMAINS_2013)]))
    by_line = with_column(rows, "Registratienummer", lambda at: str(100_000 + (at * 7) % 5003))
    assert "record:\n      - record_id" in init_here({"zrm.csv": csv(by_form)}).mapping
    assert "record_id" not in init_here({"zrm.csv": csv(by_line)}).mapping


@pytest.mark.parametrize(("said", "n_rows"), [("laatste", len(OF)), ("apart", len(OF) + 1)])
def test_files_of_other_columns_that_tell_a_record_differently_are_a_question(said: str, n_rows: int) -> None:
    rows = wide(OF)
    corrected = [*rows[1][:3], "1" if rows[1][3] != "1" else "2", *rows[1][4:]]
    files = {"zrm.csv": csv(rows), "correctie.csv": csv(with_column([rows[0], corrected], "Reden", lambda _: "x"))}
    assert list(init_here(files).questions) == ["dubbel.assessments"]
    found = init_here(files, dubbel__assessments=said)
    assert found.zrm is not None and found.zrm[0] == n_rows


def test_of_files_with_the_same_columns_the_last_may_decide() -> None:
    rows = wide(OF)
    corrected = [*rows[1][:3], "1", *rows[1][4:]]
    files = {"zrm_2022.csv": csv(rows), "zrm_2023.csv": csv([rows[0], corrected])}
    found = init_here(files, **{"dubbel__zrm_2022": "laatste"})
    assert found.zrm is not None and found.zrm[0] == len(OF)
    assert "repeated: last_file" in found.mapping
