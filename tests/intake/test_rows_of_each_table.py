"""Every table beside the ZRM: what a row cannot do without, what may stay empty, and which figures are no figures."""

import re
from pathlib import Path

import pytest

from data_contracts.vocabulary.reasons import Reason
from tests.intake.taking_in import MAPPING, TakenIn, delivered, mapping, study, take_in

ASSESSMENTS = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking\ndemo-0001;01-02-2024;3;4;;\n"
REGISTER = """
  - match: teams.csv
    table: teams
    columns: {team: Team, team_type: Soort, valid_from: Vanaf, valid_until: Tot, succeeded_by: Opvolger}
"""
TABLE = {"of_five": "experienced"}
# Per kind of file: what mapping.yaml says of its file, the names of its columns, and a row that is good.
FILES = {
    "ladder": (
        "ladder_variant: classic, "
        "columns: {client_key: Nummer, assessed_on: Datum, ladder_step: Trede, ambition_step: Doel}",
        "Nummer;Datum;Trede;Doel",
        "demo-0001;01-02-2024;6;",
    ),
    "clients": (
        "columns: {client_key: Nummer, age_band: Leeftijd, household: Huishouden}",
        "Nummer;Leeftijd;Huishouden",
        "demo-0001;;alleen",
    ),
    "trajectories": (
        "columns: {client_key: Nummer, team: Team, started_on: Start, ended_on: Eind, hours: Uren}",
        "Nummer;Team;Start;Eind;Uren",
        "demo-0001;Noord;01-02-2024;01-02-2024;0",
    ),
    "provisions": (
        "columns: {client_key: Nummer, product: Product, law: Wet, started_on: Start, ended_on: Eind, volume: Aantal, "
        "unit: Eenheid, amount_eur: Bedrag}",
        "Nummer;Product;Wet;Start;Eind;Aantal;Eenheid;Bedrag",
        "demo-0001;begeleiding;Wmo;01-02-2024;03-02-2024;2;uur;-7,50",
    ),
    "events": (
        "columns: {client_key: Nummer, occurred_on: Dag, event_kind: Soort}",
        "Nummer;Dag;Soort",
        "demo-0001;01-02-2024;huisuitzetting",
    ),
    "experienced": (
        "scale: mark_1_10, columns: {client_key: Nummer, asked_on: Dag, value: Cijfer}",
        "Nummer;Dag;Cijfer",
        "demo-0001;01-02-2024;10",
    ),
    "of_five": (
        "scale: scale_1_5, columns: {client_key: Nummer, asked_on: Dag, value: Cijfer}",
        "Nummer;Dag;Cijfer",
        "demo-0001;01-03-2024;5",
    ),
    "costs": (
        "columns: {year: Jaar, cost_kind: Soort, amount_eur: Bedrag}",
        "Jaar;Soort;Bedrag",
        "2024;loon;-7",
    ),
    "bridge": (
        "columns: {client_key: Oud, client_key_new: Nieuw}",
        "Oud;Nieuw",
        "demo-0001;demo-0002",
    ),
}
ROWS = [
    ("ladder", "demo-0002;01-02-2024;1;", "accepted"),
    ("ladder", "demo-0002;01-02-2024;7;", "score_out_of_range"),
    ("ladder", "demo-0002;01-02-2024;;", "score_missing"),
    ("ladder", "demo-0002;;3;", "date_missing"),
    ("ladder", "demo-0002;01-02-2031;3;", "date_in_future"),
    ("ladder", ";01-02-2024;3;", "client_missing"),
    ("ladder", "demo-0002;01-02-2024;1;betaald werk", "accepted"),
    ("ladder", "demo-0002;01-02-2024;1;7", "score_out_of_range"),
    ("ladder", "demo-0002;01-02-2024;1;zo hoog mogelijk", "score_unknown"),
    ("clients", "demo-0002;;", "accepted"),
    ("clients", "demo-0001;;samen", "client_twice"),
    ("clients", ";;alleen", "client_missing"),
    ("trajectories", "demo-0002;;01-02-2024;;", "accepted"),
    ("trajectories", "demo-0002;Zuid;01-02-2024;;", "team_unknown"),
    ("trajectories", "demo-0002;Noord;;;", "date_missing"),
    ("trajectories", "demo-0002;Noord;01-02-2024;31-01-2024;", "end_before_start"),
    ("trajectories", "demo-0002;Noord;01-02-2024;;-1", "number_negative"),
    ("trajectories", "demo-0002;Noord;01-02-2031;;1", "accepted"),
    ("provisions", "demo-0002;begeleiding;Wmo;01-02-2024;;;;", "accepted"),
    ("provisions", "demo-0002;;Wmo;01-02-2024;;;;", "code_missing"),
    ("provisions", "demo-0002;begeleiding;;01-02-2024;;;;", "code_missing"),
    ("provisions", "demo-0002;begeleiding;Wet X;01-02-2024;;;;", "code_unknown"),
    ("provisions", "demo-0002;begeleiding;Wmo;;;;;", "date_missing"),
    ("provisions", "demo-0002;begeleiding;Wmo;01-02-2024;31-01-2024;;;", "end_before_start"),
    ("provisions", "demo-0002;begeleiding;Wmo;01-02-2024;;-2;uur;", "number_negative"),
    ("provisions", "demo-0002;begeleiding;Wmo;01-02-2024;;veel;uur;", "number_unreadable"),
    ("events", "demo-0002;01-02-2024;", "code_missing"),
    ("events", "demo-0002;;huisuitzetting", "date_missing"),
    ("events", "demo-0002;01-02-2031;huisuitzetting", "date_in_future"),
    ("experienced", "demo-0002;01-02-2024;1", "accepted"),
    ("experienced", "demo-0002;01-02-2024;11", "score_out_of_range"),
    ("experienced", "demo-0002;01-02-2024;0", "score_out_of_range"),
    ("experienced", "demo-0002;01-02-2024;", "number_missing"),
    ("experienced", "demo-0002;;7", "date_missing"),
    ("experienced", "demo-0002;01-02-2031;7", "date_in_future"),
    ("of_five", "demo-0002;01-03-2024;1", "accepted"),
    ("of_five", "demo-0002;01-03-2024;6", "score_out_of_range"),
    ("costs", "1990;loon;7", "accepted"),
    ("costs", "2026;loon;7", "accepted"),
    ("costs", "2027;loon;7", "year_in_future"),
    ("costs", "1989;loon;7", "year_unreadable"),
    ("costs", "2101;loon;7", "year_unreadable"),
    ("costs", ";loon;7", "year_unreadable"),
    ("costs", "vorig jaar;loon;7", "year_unreadable"),
    ("costs", "2024;;7", "code_missing"),
    ("costs", "2024;huur;", "number_missing"),
    ("bridge", "demo-0003;", "client_missing"),
    ("bridge", "demo-0003;9", "client_key_malformed"),
]


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> TakenIn:
    """One delivery with a file of every kind: its good row, and below it the rows of ROWS."""
    directory = delivered(tmp_path_factory.mktemp("soorten") / "levering", ASSESSMENTS)
    delivered(directory, "Team;Soort;Vanaf;Tot;Opvolger\nNoord;;;;\n", "teams.csv")
    text = MAPPING + REGISTER
    for kind, (what, header, good) in FILES.items():
        text += f"  - {{match: {kind}.csv, table: {TABLE.get(kind, kind)}, {what}}}\n"
        rows = [row for of, row, _ in ROWS if of == kind]
        delivered(directory, "\n".join([header, good, *rows]) + "\n", f"{kind}.csv")
    return take_in(directory, study(), mapping(text))


@pytest.mark.parametrize(("kind", "row", "verdict"), ROWS)
def test_a_row_of_each_table_gets_the_verdict_it_deserves(taken: TakenIn, kind: str, row: str, verdict: str) -> None:
    raw = taken.raws[TABLE.get(kind, kind)].filter(f"file = '{kind}.csv'").order("row_number")
    found = [one for (one,) in raw.project("verdict").fetchall()]
    at = [other for of, other, _ in ROWS if of == kind].index(row)
    assert (found[0], found[1 + at]) == ("accepted", verdict)


def test_a_team_stands_in_the_register_once_and_with_its_name(tmp_path: Path) -> None:
    directory = delivered(tmp_path / "levering", ASSESSMENTS)
    rows = ["Noord;;;;", "Zuid;;01-01-2024;;", "Zuid;;01-02-2024;;", ";;01-02-2024;;", "Oost;;;;West", "Noord-Oost;;;;"]
    delivered(directory, "\n".join(["Team;Soort;Vanaf;Tot;Opvolger", *rows]) + "\n", "teams.csv")
    verdicts = take_in(directory, study(), mapping(MAPPING + REGISTER)).verdicts("teams")
    assert verdicts == ["accepted", "accepted", "team_twice", "code_missing", "accepted", "accepted"]


def test_an_assessment_needs_a_team_where_the_file_has_one(tmp_path: Path) -> None:
    text = MAPPING.replace("assessed_on: Datum", "assessed_on: Datum, team: Opmerking")
    rows = ASSESSMENTS.replace("4;;", "4;;Noord") + "demo-0002;01-02-2024;3;4;;\n"
    taken = take_in(delivered(tmp_path / "levering", rows), study(), mapping(text.replace("ignore: [Opmerking]", "")))
    assert taken.verdicts() == ["accepted", "team_missing"]


def test_each_reason_is_asserted_somewhere_in_the_tests_of_the_intake() -> None:
    """A reason that no test asks for can be lost or swapped unseen."""
    rooms = (Path(__file__).parent, Path(__file__).parents[1] / "rights")
    tests = "".join(path.read_text(encoding="utf-8") for room in rooms for path in room.rglob("test_*.py"))
    asked = set(re.findall(r'"([a-z_]+)"', tests)) | {name.lower() for name in re.findall(r"Reason\.([A-Z_]+)", tests)}
    assert {reason.value for reason in Reason} - asked == set()
