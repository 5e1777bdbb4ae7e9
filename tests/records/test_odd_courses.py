"""Who was with two teams at once, who came back and who stands there twice, counted by the declared rules."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data_contracts.contract import broken_rules
from data_contracts.tables.estimates import ODD_COURSES as CONTRACT
from pipelines.records.odd_courses import ODD_COURSES, odd_courses
from tests.records.test_broken_pseudonyms import assessments, stored, under_new_keys, until_summer


def counted(
    stays: list[tuple[int, int, str, str | None]], episodes: list[tuple[int, int]]
) -> dict[str, tuple[int, int]]:
    """what -> (clients, odd ones), of (client, team, start, end) and (client, episode); team 3 is now counted as 1."""
    connection = engine(stays, episodes)
    return {what: (whole, odd) for what, whole, odd in connection.sql(ODD_COURSES).fetchall()}


def engine(stays: list[tuple[int, int, str, str | None]], episodes: list[tuple[int, int]]) -> duckdb.DuckDBPyConnection:
    """An engine with these records under the names that the queries read."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE trajectories (client_no BIGINT, team_no SMALLINT, started_on DATE, ended_on DATE)")
    connection.executemany("INSERT INTO trajectories VALUES (?, ?, ?, ?)", [list(stay) for stay in stays])
    connection.execute("CREATE TABLE teams AS SELECT * FROM (VALUES (1, 1), (2, 2), (3, 1)) t(team_no, counted_as)")
    connection.execute("CREATE TABLE assessments (client_no BIGINT, episode_id INTEGER)")
    connection.executemany("INSERT INTO assessments VALUES (?, ?)", [list(one) for one in episodes])
    connection.execute("CREATE TABLE groups AS SELECT DISTINCT client_no FROM assessments")
    return connection


def test_two_teams_at_once_is_an_overlap_in_time_of_different_teams() -> None:
    plain = [(1, 1, "2022-01-01", "2022-06-01"), (1, 2, "2022-06-01", None), (2, 1, "2022-01-01", None)]
    both = [(3, 1, "2022-01-01", None), (3, 2, "2022-03-01", "2022-04-01")]
    merged = [(4, 1, "2022-01-01", None), (4, 3, "2022-02-01", None)]
    found = counted(plain + both + merged, [(number, 1) for number in (1, 2, 3, 4)])
    assert found["two_teams_at_once"] == (4, 1)


def test_who_came_back_has_a_second_episode() -> None:
    found = counted([(1, 1, "2022-01-01", None)], [(1, 1), (1, 2), (1, 3), (2, 1)])
    assert found == {"came_back": (2, 1), "two_teams_at_once": (2, 0)}


def test_without_trajectories_nothing_is_said_of_two_teams() -> None:
    assert set(counted([(1, None, "2022-01-01", None)], [(1, 1)])) == {"came_back"}  # type: ignore[list-item]


def test_who_stands_there_twice_is_counted_where_deliveries_overlap(tmp_path: Path) -> None:
    connection, rows = engine([(1, 1, "2022-01-01", None)], [(1, 1), (2, 1)]), assessments()
    alone = odd_courses(connection, *stored(tmp_path, {"2025": rows}))
    assert alone.project("what").fetchall() == [("came_back",), ("two_teams_at_once",)]
    few = stored(tmp_path, {"2024": until_summer(rows), "2025": under_new_keys(rows, share=0.02)})
    found = odd_courses(connection, *few)
    assert broken_rules(CONTRACT, found) == {}
    n_odd = dict(found.project("what, n_odd").fetchall())
    assert n_odd["two_pseudonyms"] > 20 and n_odd["came_back"] == 0
