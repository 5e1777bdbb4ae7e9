"""When help ended, of people who stopped, still have help, or came back."""

from __future__ import annotations

import datetime as dt

import duckdb
import pytest

from pipelines.records.ended import ENDED

FIRST, SECOND = ("2023-01-10", "2023-06-30"), ("2023-10-01", "2024-03-31")


def ended(trajectories: list[tuple[str, str | None]], measured: list[tuple[str, int]]) -> str | None:
    """Of one person, with trajectories (start, end) and assessments (day, episode)."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE trajectories (client_no BIGINT, started_on DATE, ended_on DATE)")
    connection.executemany("INSERT INTO trajectories VALUES (1, ?, ?)", [list(one) for one in trajectories])
    connection.execute("CREATE TABLE assessments (client_no BIGINT, assessed_on DATE, episode_id INTEGER)")
    if measured:
        connection.executemany("INSERT INTO assessments VALUES (1, ?, ?)", [list(one) for one in measured])
    rows = connection.sql(ENDED).fetchall()
    day = rows[0][1] if rows else None
    assert day is None or isinstance(day, dt.date)
    return day.isoformat() if day else None


MEASURED = [("2023-01-12", 1), ("2023-07-01", 1), ("2024-02-01", 1)]


@pytest.mark.parametrize(
    ("trajectories", "measured", "expected"),
    [
        pytest.param([FIRST], MEASURED, "2023-06-30", id="stopped"),
        pytest.param([FIRST, SECOND], MEASURED, "2024-03-31", id="two that ended"),
        pytest.param([FIRST, (SECOND[0], None)], MEASURED, None, id="the second still runs"),
        pytest.param(
            [FIRST, ("2026-02-01", None)], [*MEASURED, ("2026-02-03", 2)], "2023-06-30", id="back years later"
        ),
        pytest.param([FIRST], [], "2023-06-30", id="never scored"),
    ],
)
def test_help_that_still_runs_has_not_ended(
    trajectories: list[tuple[str, str | None]], measured: list[tuple[str, int]], expected: str | None
) -> None:
    assert ended(trajectories, measured) == expected
