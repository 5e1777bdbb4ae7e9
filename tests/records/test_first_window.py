"""The first measurement is the first one that belongs to the trajectory."""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd
import pytest

from data_contracts.study import FirstMeasurement, Study
from data_contracts.tables.core import ASSESSMENTS
from pipelines.records import clients
from pipelines.records.episodes import with_episodes
from tests.effects.road import as_view, with_views
from tests.intake.taking_in import study

START = dt.date(2023, 3, 1)


def days(*measured: str, started: dt.date | None = START, **window: int) -> duckdb.DuckDBPyConnection:
    """An engine with one client, measured on these days with a score that rises by one each time."""
    scored = [
        {"client_no": 1, "assessed_on": day, "finances": score, "team_no": 1, "date_kind": "assessed"}
        | {"delivery": "d", "edition": "zrm_2013", "rater_type": "professional", "episode_id": 1}
        for score, day in enumerate(measured, 1)
    ]
    frame = pd.DataFrame(scored).reindex(columns=list(ASSESSMENTS.columns))
    connection = with_views({})
    as_view(connection, "assessments", ASSESSMENTS, frame)
    began = f"DATE '{started}'" if started else "NULL::DATE"
    connection.execute(
        f"""CREATE OR REPLACE VIEW trajectories AS
        SELECT 1::BIGINT AS client_no, 1::SMALLINT AS team_no, {began} AS started_on WHERE {began} IS NOT NULL"""
    )
    found = with_episodes(connection, connection.table("assessments"), the_study(**window)).df()
    as_view(connection, "assessments", ASSESSMENTS, found)
    return connection


def the_study(**window: int) -> Study:
    return study().model_copy(update={"first_measurement": FirstMeasurement(**window)})


def first_and_last(connection: duckdb.DuckDBPyConnection, **window: int) -> list[tuple[float, float | None]]:
    found = clients.changes(connection, the_study(**window))
    return found.project("score_first, score_last").fetchall()


@pytest.mark.parametrize("earlier", ["2022-01-01", "2020-03-01"])
def test_a_measurement_long_before_the_trajectory_is_no_beginning(earlier: str) -> None:
    connection = days(earlier, "2023-03-10", "2023-12-01")
    assert first_and_last(connection) == [(2, 3)]
    intake = clients.groups(connection).project("intake_on, cohort").fetchall()
    assert intake == [(START, "2023")]


def test_a_measurement_shortly_before_the_trajectory_is_its_beginning() -> None:
    connection = days("2023-01-20", "2023-12-01")
    assert first_and_last(connection) == [(1, 2)]
    assert clients.groups(connection).project("intake_on").fetchall() == [(dt.date(2023, 1, 20),)]


def test_without_a_trajectory_every_measurement_counts() -> None:
    assert first_and_last(days("2022-01-01", "2022-10-01", started=None)) == [(1, 2)]


def test_a_study_may_say_until_when_a_first_measurement_may_come() -> None:
    assert first_and_last(days("2023-12-01", "2024-06-01")) == [(1, 2)]
    assert first_and_last(days("2023-12-01", "2024-06-01", months_after=6)) == []


def test_who_came_back_is_counted_from_the_trajectory_on() -> None:
    connection = days("2020-03-01", "2023-03-10", "2025-12-01")
    assert connection.sql("SELECT episode_id FROM assessments ORDER BY assessed_on").fetchall() == [(0,), (1,), (2,)]
