"""Nobody finds the name of a team in a release; the rows of each team lie apart, under the name of that release."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from pipelines.commands.app import app
from pipelines.releases.release import current, decide, publish
from pipelines.releases.restricted import directory_of
from pipelines.run import Order, run
from pipelines.storage.home import Home
from pipelines.storage.platform import sha256_of
from pipelines.storage.tables import StoredTable, TableStore
from tests.flow.planted import Planted
from tests.flow.small import AS_OF

FACTS: dict[str, object] = {"municipality": "Demostad"}
FILES = {"report.html": b"<html></html>"}
TEAMS = {"Wijkteam Noord": {"tables/a.csv": b"noord"}, "Wijkteam Zuid": {"tables/a.csv": b"zuid"}}


def names_of_teams(home: Home) -> list[str]:
    register = TableStore(home.tables).stored("core_teams__register__current").frame()
    return sorted(register["team"].unique())


def words_in(directory: Path) -> str:
    """Everything that can be read in the files of a directory, also in what is compressed."""
    found = []
    for path in sorted(one for one in directory.rglob("*") if one.is_file()):
        content = path.read_bytes()
        if path.suffix == ".parquet":
            found.append(StoredTable("", (path,)).frame().to_csv())
        elif path.suffix == ".xlsx":
            with zipfile.ZipFile(io.BytesIO(content)) as book:
                found += [book.read(name).decode("utf-8", "replace") for name in book.namelist()]
        found.append(content.decode("utf-8", "replace"))
    return "\n".join(found)


def test_no_byte_of_a_release_has_the_name_of_a_team(planted: Planted) -> None:
    home = Home(planted.home)
    words = words_in(home.released)
    assert [team for team in names_of_teams(home) if team in words] == []


def test_a_team_finds_its_own_rows_under_the_release_and_nobody_elses(planted: Planted) -> None:
    home, release = Home(planted.home), current(Home(planted.home))
    assert release
    everybody = set(names_of_teams(home))
    for team in everybody:
        words = words_in(directory_of(home, team) / release)
        assert team in words and not any(other in words for other in everybody - {team})
        own = pd.read_csv(directory_of(home, team) / release / "tables/out_change__by_domain.csv", sep=";")
        assert set(own["slice"]) == {"team"} and set(own["slice_value"]) == {team}


def test_a_figure_of_a_team_is_walked_back_from_the_file_of_that_team(planted: Planted) -> None:
    home = Home(planted.home)
    team = names_of_teams(home)[0]
    command = ["trace", str(planted.study), f"zrm/finances/first-last/team={team}", "--home", str(home.root)]
    said = CliRunner().invoke(app, command, catch_exceptions=False).output
    file = directory_of(home, team) / str(current(home)) / "tables/out_change__by_domain.csv"
    assert file.relative_to(home.root).as_posix() in said
    assert sha256_of(file)[:16] in said
    line = re.search(r"regel\s+(\d+)", said)
    assert line and ";finances;team;" in file.read_text(encoding="utf-8").splitlines()[int(line[1]) - 1]


def test_only_the_owner_may_look_where_the_rows_of_teams_lie(planted: Planted) -> None:
    restricted = Home(planted.home).restricted
    assert {path.stat().st_mode & 0o777 for path in [restricted, *restricted.iterdir()]} == {0o700}


def test_a_cell_of_one_team_and_one_year_leaves_nowhere_and_is_not_even_weighed(planted: Planted) -> None:
    home = Home(planted.home)
    for zone in (home.released, home.restricted):
        assert "team+cohort" not in words_in(zone)
    ledger = TableStore(home.tables).stored("closed_gate__cells", ["all"]).frame()
    assert not ledger["key"].str.contains("team+cohort", regex=False).any()
    assert ledger["key"].str.contains('"slice":"team"', regex=False).any()


def test_the_links_are_tested_on_exact_team_years_and_only_their_outcome_leaves(planted: Planted) -> None:
    home, release = Home(planted.home), current(Home(planted.home))
    exact = TableStore(home.tables).stored("est_logic__link_tests").frame().set_index("link")
    shown = pd.read_csv(home.released / str(release) / "tables/out_logic__link_tests.csv", sep=";", decimal=",")
    shown = shown.set_index("link")
    assert shown["n_team_years"].max() > 20
    assert shown["verdict"].to_dict() == exact["verdict"].to_dict()
    assert shown["n_teams"].to_dict() == exact["n_teams"].to_dict()
    tested = exact["slope"].dropna()
    assert len(tested) and (shown.loc[tested.index, "slope"] != tested).any()


@pytest.mark.slow  # a whole run more; behind the gate it is asked in tests/trust/test_named_teams.py
def test_teams_that_agreed_stand_in_the_release_by_name_and_no_others(planted: Planted, tmp_path: Path) -> None:
    shutil.copytree(planted.study, tmp_path / "study")
    shutil.copytree(planted.home, tmp_path / "home")
    home = Home(tmp_path / "home")
    agreed, *others = names_of_teams(home)
    path = tmp_path / "study" / "study.yaml"
    consent = f"named_teams:\n  - team: {agreed.upper()}\n    agreed_by: teamoverleg\n    agreed_on: 2026-01-12\n"
    path.write_text(path.read_text(encoding="utf-8") + consent, encoding="utf-8")
    made = run(Order(tmp_path / "study", home.root, None, AS_OF)).release
    assert made
    words = words_in(made.directory)
    assert agreed in words and not any(team in words for team in others)
    assert (directory_of(home, agreed) / made.name / "manifest.json").exists()


def test_a_directory_of_a_team_is_safe_and_two_teams_never_share_one(tmp_path: Path) -> None:
    home = Home(tmp_path)
    odd = ["../../etc", "Team Noord/West", "Team Noord West", "團隊", "CON", "a" * 300, "Café 't Hoekje", "."]
    places = [directory_of(home, team) for team in odd]
    assert len(set(places)) == len(odd)
    assert all(re.fullmatch(r"[a-z0-9-]{10,50}", place.name) and place.parent == home.restricted for place in places)


def test_the_rows_of_teams_belong_to_one_release_and_are_made_again_when_they_are_lost(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    made = publish(home, FILES, TEAMS, FACTS, AS_OF)
    other = publish(home, FILES, {"Wijkteam Noord": {"tables/a.csv": b"anders"}}, FACTS, AS_OF)
    assert made.name != other.name
    place = directory_of(home, "Wijkteam Zuid") / made.name
    assert json.loads((place / "manifest.json").read_text(encoding="utf-8"))["release"] == made.name
    (place / "tables/a.csv").write_bytes(b"veranderd")
    assert publish(home, FILES, TEAMS, FACTS, AS_OF) == made
    assert (place / "tables/a.csv").read_bytes() == b"zuid"


def test_a_run_that_was_killed_leaves_no_rows_of_a_release_that_never_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home(tmp_path)
    home.prepare()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as during:
        during.setattr("pipelines.releases.release.write_directory", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(home, FILES, TEAMS, FACTS, AS_OF)
    assert list(home.released.iterdir()) == []
    made = publish(home, FILES, {"Wijkteam Noord": TEAMS["Wijkteam Noord"]}, FACTS, AS_OF)
    assert {path.name for path in home.restricted.glob("*/*")} == {made.name}


def test_a_person_approves_and_withdraws_the_rows_of_teams_with_their_release(tmp_path: Path) -> None:
    home = Home(tmp_path)
    home.prepare()
    made = publish(home, FILES, TEAMS, FACTS, AS_OF)
    assert current(home) is None
    decide(home, made.name, "approve", "A. Ambtenaar", "nagekeken met de teams", date(2026, 2, 1))
    assert (directory_of(home, "Wijkteam Noord") / str(current(home)) / "tables/a.csv").read_bytes() == b"noord"
    decide(home, made.name, "withdraw", "A. Ambtenaar", "fout in de levering", date(2026, 2, 2))
    assert current(home) is None


@pytest.mark.parametrize("spoil", [b"veranderd", None])
def test_a_release_whose_teams_rows_were_changed_or_lost_is_not_approved(tmp_path: Path, spoil: bytes | None) -> None:
    home = Home(tmp_path)
    home.prepare()
    made = publish(home, FILES, TEAMS, FACTS, AS_OF)
    place = directory_of(home, "Wijkteam Noord") / made.name
    if spoil is None:
        shutil.rmtree(place)
    else:
        (place / "tables/a.csv").write_bytes(spoil)
    with pytest.raises(StudyError, match="restricted/"):
        decide(home, made.name, "approve", "A. Ambtenaar", "zomaar een reden", date(2026, 2, 1))
