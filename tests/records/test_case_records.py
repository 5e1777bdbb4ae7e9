"""What a case record tells: nothing recorded is not 'no', and everyone is followed equally long."""

from __future__ import annotations

import duckdb
import pytest

from pipelines.records.case_records import CASE_RECORDS

CASE = {
    "started_on": "2022-03-01",
    "ended_on": "2022-06-09",
    "registered_on": "2022-02-09",
    "has_plan": True,
    "evaluated_on": "2022-05-01",
    "question_answered": False,
}


def recorded(*cases: dict[str, object], in_view_until: str = "2024-12-31") -> dict[tuple[int, str], float]:
    """(client_no, what) -> quantity, of cases that differ from CASE; everybody came in on the first of March 2022."""
    connection = duckdb.connect()
    rows = [{"client_no": number} | CASE | case for number, case in enumerate(cases, 1)]
    names = ["client_no", *CASE]
    kinds = ["BIGINT", "DATE", "DATE", "DATE", "BOOLEAN", "DATE", "BOOLEAN"]
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, kinds, strict=True))
    connection.execute(f"CREATE TABLE trajectories ({columns})")
    connection.executemany(
        "INSERT INTO trajectories VALUES (?, ?, ?, ?, ?, ?, ?)", [[row[name] for name in names] for row in rows]
    )
    connection.execute(
        f"""CREATE TABLE groups AS SELECT DISTINCT client_no, DATE '2022-03-01' AS intake_on,
            DATE '{in_view_until}' AS in_view_until FROM trajectories"""
    )
    found = connection.sql(f"SELECT client_no, what, quantity FROM ({CASE_RECORDS})").fetchall()
    return {(client, what): float(quantity) for client, what, quantity in found}


def test_each_record_is_days_or_yes_or_no() -> None:
    assert recorded({}) == {
        (1, "waiting_time"): 20,
        (1, "lead_time"): 100,
        (1, "with_plan"): 1,
        (1, "evaluated"): 1,
        (1, "question_answered"): 0,
    }


def test_nothing_recorded_is_no_row() -> None:
    empty = dict.fromkeys(("registered_on", "has_plan", "evaluated_on", "question_answered", "ended_on"))
    assert recorded(empty) == {}


def test_no_evaluation_is_a_zero_where_the_municipality_keeps_evaluations() -> None:
    assert recorded({}, {"evaluated_on": None})[2, "evaluated"] == 0


def test_an_evaluation_after_more_than_a_year_does_not_count() -> None:
    assert recorded({"evaluated_on": "2023-03-02"})[1, "evaluated"] == 0


@pytest.mark.parametrize("ended_on", [None, "2024-01-01"])
def test_help_that_goes_on_counts_as_a_year(ended_on: str | None) -> None:
    assert recorded({}, {"ended_on": ended_on})[2, "lead_time"] == 365


def test_who_is_in_view_for_less_than_a_year_counts_for_the_waiting_time_only() -> None:
    assert recorded({}, in_view_until="2023-02-28") == {(1, "waiting_time"): 20}


def test_who_was_helped_before_the_registration_did_not_wait() -> None:
    assert recorded({"registered_on": "2022-03-05"})[1, "waiting_time"] == 0


def test_the_first_trajectory_counts_and_two_on_one_day_are_one() -> None:
    later = {"client_no": 1, "started_on": "2022-09-01", "ended_on": "2023-09-01", "has_plan": False}
    same_day = {"client_no": 1, "ended_on": "2022-04-01", "has_plan": False}
    assert recorded({}, later, same_day) == recorded({})
