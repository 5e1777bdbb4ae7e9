"""The same thing written otherwise: hours as a clock, half points, keys with dashes, text as a formula."""

from __future__ import annotations

import datetime as dt
import io
import uuid

import openpyxl
import pytest

from tests.intake.init.delivered import assessments, csv, init, truth, wide
from tests.intake.init.shapes import changed, in_long_form

OF = assessments(45)
ROWS = wide(OF)
PEOPLE = sorted({one.client for one in OF})
N = len(PEOPLE)
HALVES = N * (N - 1) / 2 + N / 2  # 0:30 and 1:30 and so on


def trajectories(hours: list[object]) -> list[list[object]]:
    rows = [[client, "Noord", f"{13 + at}-03-2022", f"{13 + at}-09-2022"] for at, client in enumerate(PEOPLE)]
    header: list[object] = ["Cliëntnummer", "Wijkteam", "Startdatum", "Einddatum", "Uren"]
    return [header, *([*row, one] for row, one in zip(rows, hours, strict=True))]


def hours_in(name: str, content: bytes) -> float:
    result = init({"zrm.csv": csv(ROWS), name: content})
    assert not result.questions and not result.refused
    return float(result.tables["core_cases__trajectories"]["sum"]["hours"])


@pytest.mark.parametrize(
    "form", ["{}:30", "{:02d}:30:00", "{}u30", "{} uur 30 min", "{} uur en 30 minuten", "{},5 uur"]
)
def test_hours_with_minutes_are_read_as_parts_of_an_hour(form: str) -> None:
    rows = trajectories([form.format(at) for at in range(N)])
    assert hours_in("trajecten.csv", csv(rows)) == HALVES  # type: ignore[arg-type]


def test_hours_that_stand_as_a_duration_in_a_workbook_are_read_above_a_day_too() -> None:
    book = openpyxl.Workbook()
    for row in trajectories([dt.timedelta(hours=10 * at, minutes=15) for at in range(N)]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    assert hours_in("trajecten.xlsx", content.getvalue()) == 10 * N * (N - 1) / 2 + N / 4


def test_plain_hours_and_numbers_that_are_no_minutes_are_no_clock() -> None:
    assert hours_in("trajecten.csv", csv(trajectories([f"{at},5" for at in range(N)]))) == HALVES  # type: ignore[arg-type]
    files = {"zrm.csv": csv(ROWS), "trajecten.csv": csv(trajectories(["1:75"] * N))}  # type: ignore[arg-type]
    assert "geweigerd.trajecten" in init(files).questions


@pytest.mark.parametrize("long", [False, True])
def test_half_points_are_asked_about_when_there_are_many(long: bool) -> None:
    column = "Score" if long else "Huisvesting"
    rows = changed(in_long_form(OF) if long else ROWS, column, lambda at, cell: "2,5" if at % 4 == 0 else cell)
    (question,) = init({"zrm.csv": csv(rows)}).questions.values()
    assert question.name == "codes.zrm.score" and question.parts == ("2,5",)
    read = init({"zrm.csv": csv(rows)}, codes__zrm__score={"2,5": "niet ingevuld"})
    assert read.zrm is not None and read.zrm[:2] == truth(OF)[:2] and read.zrm[2] < truth(OF)[2]


def test_a_stray_half_point_is_a_fault_of_its_row() -> None:
    rows = changed(ROWS, "Huisvesting", lambda at, cell: "2,5" if at == 4 else cell)
    read = init({"zrm.csv": csv(rows)})
    assert read.zrm is not None and read.zrm[0] == len(OF) - 1


@pytest.mark.parametrize("form", ["{0.hex}", "{{{0}}}", "{{{0.hex}}}"])
def test_one_key_with_and_without_dashes_or_braces_does_not_become_two_people(form: str) -> None:
    people = {client: uuid.uuid5(uuid.NAMESPACE_OID, client) for client in PEOPLE}
    rows = changed(ROWS, ROWS[0][0], lambda at, key: form.format(people[key]) if at % 2 else str(people[key]))
    assert "15 pseudoniemen komen twee keer voor" in init({"zrm.csv": csv(rows)}).refused


def test_a_table_with_keys_without_dashes_is_told_and_not_left_without_people() -> None:
    people = {client: uuid.uuid5(uuid.NAMESPACE_OID, client) for client in PEOPLE}
    rows = changed(ROWS, ROWS[0][0], lambda _, key: str(people[key]))
    ladder = [
        ["Cliëntnummer", "Datum", "Trede"],
        *([one.hex, f"{13 + at}-03-2022", "3"] for at, one in enumerate(people.values())),
    ]
    read = init({"zrm.csv": csv(rows), "ladder.csv": csv(ladder)})
    assert "streepjes" in f"{read.refused} {[one.text for one in read.questions.values()]} {read.odd}"


@pytest.mark.parametrize("form", ['="{}"', '"=""{}"""'])
def test_text_in_the_form_of_a_formula_is_that_text(form: str) -> None:
    rows = [ROWS[0], *([form.format(cell) for cell in row] for row in ROWS[1:])]
    assert init({"zrm.csv": csv(rows)}).zrm == truth(OF)


def test_files_pasted_together_with_their_marks_are_one_file() -> None:
    half = len(OF) // 2
    parts = [b"\xef\xbb\xbf" + csv([ROWS[0], *rows]) for rows in (ROWS[1 : half + 1], ROWS[half + 1 :])]
    assert init({"zrm.csv": b"".join(parts)}).zrm == truth(OF)


@pytest.mark.parametrize(("form", "asked"), [("\u2212{},50", -1), ("€ {},50", 1), ("1'00{},50", 1)])
def test_a_minus_of_its_own_and_thousands_with_an_apostrophe_are_read(form: str, asked: int) -> None:
    costs = [
        ["Wijkteam", "Jaar", "Kostensoort", "Bedrag"],
        *(["Noord", f"202{at}", "loon", form.format(at)] for at in (1, 2)),
    ]
    read = init({"zrm.csv": csv(ROWS), "kosten.csv": csv(costs)})
    more = 2000 if "'" in form else 0
    assert read.tables["core_costs__yearly"]["sum"]["amount_eur"] == asked * (4 + more)
