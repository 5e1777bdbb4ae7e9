"""Some systems put the worker where the team belongs: that is asked about, and no name of a worker is shown or kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.vocabulary.team_names import names_of_people
from pipelines.commands.app import app
from pipelines.intake.read_only import read_deliveries
from pipelines.study.workplace import read_study
from tests.intake.taking_in import MAPPING, STUDY, delivered
from tests.intake.test_init import STUDY as OPTIONS

WORKERS = ("J. de Vriesman", "Petra Bakkeraar", "Smitsma, K.", "Y. Bouzidi", "Oost", "WEST")
TEAMS = (
    "Wijkteam Oud West",
    "Team Jan van Galen",
    "Den Helder",
    "De Pijp",
    "Anna Paulowna",
    "Nieuw-Vennep",
    "W.E.S.T.",
)
HEADER = "Nummer;Datum;Financiën;Huisvesting;Justitie;Opmerking;Team\n"
WITH_TEAM = MAPPING.replace("assessed_on: Datum", "assessed_on: Datum, team: Team")


def lines(names: tuple[str, ...]) -> str:
    people = [(f"demo-{at:04d}", name) for at, name in enumerate(names * 2)]
    return HEADER + "".join(
        f"{key};{day};3;4;;;{name}\n" for key, name in people for day in ("15-01-2024", "25-09-2024")
    )


def read(tmp_path: Path, names: tuple[str, ...], mapping: str = WITH_TEAM, teams: str = "") -> tuple[str, str]:
    """What is refused and what is asked about."""
    study = tmp_path / "studie"
    study.mkdir()
    (study / "study.yaml").write_text(STUDY, encoding="utf-8")
    (study / "mapping.yaml").write_text(mapping, encoding="utf-8")
    if teams:
        (study / "teams.yaml").write_text(teams, encoding="utf-8")
    found = read_deliveries(read_study(study), delivered(tmp_path / "q1", lines(names)), dt.date(2026, 1, 31))
    return "\n".join(map(str, found.refusals)), "\n".join(found.odd)


def test_names_of_people_are_several_and_a_good_part_of_all() -> None:
    assert names_of_people(WORKERS) == 4
    assert names_of_people(TEAMS) == 0
    assert names_of_people([*WORKERS, *(f"Wijkteam {number}" for number in range(20))]) == 0


def test_workers_in_the_column_of_the_team_are_refused_without_a_name_and_with_two_ways_on(tmp_path: Path) -> None:
    refused, odd = read(tmp_path, WORKERS)
    assert "4 namen daarin lijken namen van mensen" in refused
    assert "onder ignore" in refused and "teams.yaml" in refused
    assert not any(name in refused + odd for name in WORKERS[:4])


@pytest.mark.parametrize("way", ["codes", "teams.yaml", "ignore"])
def test_each_way_on_is_one(tmp_path: Path, way: str) -> None:
    mapping, teams = WITH_TEAM, ""
    if way == "codes":
        listed = ", ".join(f"'{name}': '{name}'" for name in WORKERS)
        mapping = mapping.replace("codes: {", f"codes: {{team: {{{listed}}}, ")
    elif way == "ignore":
        mapping = MAPPING.replace("ignore: [Opmerking]", "ignore: [Opmerking, Team]")
    else:
        teams = "teams:\n" + "".join(f"  - team: '{name}'\n" for name in WORKERS)
    assert read(tmp_path, WORKERS, mapping, teams)[0] == ""


def test_many_teams_with_few_people_each_are_counted_and_not_named(tmp_path: Path) -> None:
    names = tuple(f"Kolom{letter}" for letter in "ABCDEFGH")
    refused, odd = read(tmp_path, names)
    assert refused == "" and "staan 8 namen, voor 16 cliënten" in odd and "KolomA" not in odd


def test_init_asks_whether_they_are_workers_and_leaves_the_column_out(tmp_path: Path) -> None:
    path = tmp_path / "zrm.csv"
    path.write_text(lines(WORKERS).replace("Nummer", "Cliëntnummer", 1), encoding="utf-8")
    base = ["init", str(path), "--to", str(tmp_path / "studie"), "--home", str(tmp_path / "thuis"), *OPTIONS]
    asked = CliRunner().invoke(app, [*base, "--yes"])
    assert isinstance(asked.exception, StudyError) and "team-mensen.zrm" in str(asked.exception)
    assert not any(name in str(asked.exception) + asked.output for name in WORKERS[:4])
    answers = tmp_path / "antwoorden.yaml"
    for said, found in (("medewerkers", "- Team"), ("teams", "Y. Bouzidi: Y. Bouzidi")):
        answers.write_text(f"team-mensen.zrm: {said}\neditie.zrm: zrm_2013\n", encoding="utf-8")
        where = ["--to", str(tmp_path / said), "--home", str(tmp_path / f"thuis-{said}")]
        done = CliRunner().invoke(app, ["init", str(path), *where, *OPTIONS, "--yes", "--answers", str(answers)])
        assert done.exception is None, done.exception
        mapping = (tmp_path / said / "mapping.yaml").read_text(encoding="utf-8")
        assert found in mapping
        assert said == "teams" or "Bouzidi" not in mapping + done.output
