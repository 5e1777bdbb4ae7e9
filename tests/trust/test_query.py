"""A question of the researcher is answered in the terminal; its preview hides few people, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest
from typer.testing import CliRunner

from data_contracts.errors import StudyError
from data_contracts.gate.preview import HIDDEN, previewed
from data_contracts.protection import Thresholds
from pipelines.commands.app import app
from pipelines.storage.home import Home
from pipelines.tracing.query import asked
from tests.flow.small import VOORBEELDSTAD

COUNTED = "SELECT team, count(*) AS n_clients FROM core_demo__clients GROUP BY team ORDER BY team"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Three clients in one team, 12 and 33 in others; and a table with pseudonyms."""
    made = Home(tmp_path / "home")
    made.prepare()
    for name in ("core_demo__clients", "core_clients__keys"):
        teams = "CASE WHEN i < 3 THEN 'noord' WHEN i < 15 THEN 'oost' ELSE 'zuid' END"
        rows = duckdb.sql(f"SELECT i::int AS client_no, {teams} AS team FROM range(48) t(i)")
        rows.write_parquet(str(made.tables / f"{name}.parquet"))
    return made.root


def told(home: Path, sql: str, *options: str) -> str:
    command = ["query", str(VOORBEELDSTAD), sql, "--home", str(home), *options]
    return CliRunner().invoke(app, command, catch_exceptions=False).output


def test_a_count_of_three_is_told_and_hidden_in_the_preview(home: Path) -> None:
    assert [line.split()[3] for line in told(home, COUNTED).splitlines() if "noord" in line] == ["3"]
    shown = asked(VOORBEELDSTAD, home, COUNTED, preview=True)
    # Two hidden: beside a known total one hidden count is told; 33 is rounded.
    assert dict(zip(shown["team"], shown["n_clients"], strict=True)) == {"noord": HIDDEN, "oost": HIDDEN, "zuid": "35"}
    assert "de poort" in told(home, COUNTED, "--preview")


def test_nothing_of_a_question_is_written(home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    told(home, COUNTED), told(home, COUNTED, "--preview")
    after = {path: path.stat().st_mtime_ns for path in home.rglob("*") if path.is_file()}
    outside = {path for path in after.items() - before.items() if "closed" not in path[0].parts}
    assert outside == set()


@pytest.mark.parametrize(
    "sql",
    [
        "COPY (SELECT 1) TO '{place}'",
        "ATTACH '{place}'",
        "SELECT 1; SELECT 2",
        "CREATE TABLE x AS SELECT 1",
        "SELECT * FROM read_csv('/etc/hostname')",
        "SELECT * FROM '/etc/hostname'",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM core_clients__keys",
        "SET enable_external_access = true",
        "EXPORT DATABASE '{place}'",
        "SELECT CAST(team AS INT) FROM core_demo__clients",
        "geen sql",
    ],
)
def test_a_question_reaches_no_file_no_pseudonym_and_tells_no_value_in_a_fault(
    home: Path, tmp_path: Path, sql: str
) -> None:
    place = tmp_path / "weg"
    with pytest.raises(StudyError) as refused:
        asked(VOORBEELDSTAD, home, sql.format(place=place), preview=False)
    assert not place.exists()
    assert "noord" not in str(refused.value)


def test_the_preview_lets_out_counts_and_labels_only() -> None:
    answer = pd.DataFrame(
        {"team": ["noord", "06-12345678"], "client_no": [14, 15], "mean": [2.5, 3.5], "n": [40, 41], "year": [2024, 7]}
    )
    assert previewed(answer, Thresholds()).to_numpy().tolist() == [
        ["noord", HIDDEN, HIDDEN, "40", "2024"],
        [HIDDEN, HIDDEN, HIDDEN, "40", HIDDEN],
    ]


def test_without_a_count_nothing_leaves_and_a_sensitive_domain_asks_for_more_people() -> None:
    assert set(previewed(pd.DataFrame({"team": ["noord"]}), Thresholds())["team"]) == {HIDDEN}
    answer = pd.DataFrame({"life_domain": ["finances", "mental_health", "adl"], "n": [15, 15, 15]})
    assert list(previewed(answer, Thresholds())["n"]) == [HIDDEN, HIDDEN, "15"]


def test_a_home_that_is_not_there_answers_nothing(tmp_path: Path) -> None:
    command = ["query", str(VOORBEELDSTAD), "SELECT 1 AS n", "--home", str(tmp_path / "typfout")]
    with pytest.raises(StudyError, match="is geen home"):
        CliRunner().invoke(app, command, catch_exceptions=False)
    assert not (tmp_path / "typfout").exists()
