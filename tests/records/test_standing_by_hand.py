"""What a later delivery takes away, in tables of a few rows: its period, its kind of record, and what was set aside."""

from __future__ import annotations

import duckdb
import pytest

from data_contracts.mapping.steps import Delivers
from pipelines.records.identity import has_own_number, identity, same_record
from pipelines.records.standing import periods, with_gone

USE, COSTS = "core_provisions__use", "core_costs__yearly"
BY_START = Delivers(kind="complete", period_by="started_on")
RUNNING = Delivers(kind="complete", period_by="active")


def used(*records: tuple[int, int, str, str | None], number: int | None = None) -> str:
    """SQL: rows of provisions as (delivery, client, first day, last day)."""
    one = "SELECT {} AS delivery_order, {} AS client_no, 'hulp' AS product, DATE '{}' AS started_on, {} AS ended_on"
    rows = [one.format(at, who, start, f"DATE '{end}'" if end else "NULL::DATE") for at, who, start, end in records]
    return " UNION ALL ".join(f"{row}, {number or 'NULL'}::BIGINT AS record_no" for row in rows)


def gone(rows: str, delivers: Delivers | None, table: str = USE, aside: str | None = None) -> list[int]:
    """The clients of whose record no row stands any more."""
    found = with_gone(rows, table, delivers, aside)
    by_record = f"SELECT client_no FROM ({found}) GROUP BY client_no HAVING bool_and(is_gone) ORDER BY client_no"
    return [client for (client,) in duckdb.sql(by_record).fetchall()]


TWO = used((0, 1, "2025-03-10", "2025-04-01"), (0, 2, "2025-03-20", "2025-04-01"), (1, 2, "2025-03-20", "2025-04-01"))


def test_a_complete_delivery_takes_away_what_it_no_longer_holds_and_an_addition_nothing() -> None:
    assert gone(TWO, BY_START) == [1]
    assert gone(TWO, Delivers(kind="addition")) == gone(TWO, None) == []


@pytest.mark.parametrize(
    ("day", "is_gone"),
    [("2025-02-28", False), ("2025-03-01", True), ("2025-04-30", True), ("2025-05-01", False)],
)
def test_a_delivery_speaks_of_the_whole_months_between_its_first_and_last_day(day: str, is_gone: bool) -> None:
    rows = used((0, 1, day, None), (1, 2, "2025-03-20", None), (1, 3, "2025-04-02", None))
    assert gone(rows, BY_START) == ([1] if is_gone else [])
    (period,) = duckdb.sql(f"FROM ({periods(used((1, 2, '2025-03-20', None)), USE, BY_START)})").fetchall()
    assert [str(one) for one in period[1:]] == ["2025-03-01", "2025-03-31"] and period[0] == 1


@pytest.mark.parametrize(
    ("start", "end", "is_gone"),
    [
        ("2025-01-05", "2025-03-14", False),  # over before the first of the later delivery ended
        ("2025-01-05", "2025-03-15", True),
        ("2025-04-30", None, True),
        ("2025-05-01", None, False),  # begun after the month of the last
        ("2020-01-01", None, True),  # still running
    ],
)
def test_of_records_that_run_a_delivery_speaks_from_where_the_first_of_them_ends(
    start: str, end: str | None, is_gone: bool
) -> None:
    rows = used((0, 1, start, end), (1, 2, "2025-01-20", "2025-03-15"), (1, 3, "2025-04-02", None))
    assert gone(rows, RUNNING) == ([1] if is_gone else [])


def test_only_a_later_delivery_takes_away_and_what_comes_back_stands_again() -> None:
    three = used((0, 1, "2025-03-10", None), (1, 2, "2025-03-20", None), (2, 1, "2025-03-10", None))
    assert gone(three, BY_START) == [2]


def test_of_a_year_a_delivery_speaks_by_year() -> None:
    cost = "SELECT {} AS delivery_order, {} AS team_no, {} AS year, 'salaris' AS cost_kind, {} AS client_no".format
    rows = " UNION ALL ".join([cost(0, 1, 2023, 1), cost(0, 1, 2024, 2), cost(1, 2, 2024, 3)])
    by_year = Delivers(kind="complete", period_by="year")
    assert gone(rows, by_year, COSTS) == [2]


def test_of_records_without_a_day_a_complete_delivery_holds_all() -> None:
    rows = " UNION ALL ".join(
        f"SELECT {at} AS delivery_order, {who} AS client_no" for at, who in ((0, 1), (0, 2), (1, 2))
    )
    assert gone(rows, Delivers(kind="complete", period_by="started_on"), "core_clients__attributes") == [1]


def aside(at: int, client: int, day: str | None, product: str | None, number: int | None = None) -> str:
    """SQL: a row that delivery `at` set aside."""
    day_, product_ = (f"'{one}'" if one else "NULL" for one in (day, product))
    return (
        f"(SELECT {at} AS named_by, '{USE}' AS table_name, {client} AS client_no, {day_}::DATE AS on_day, "
        f"{product_}::VARCHAR AS what, {number or 'NULL'}::BIGINT AS record_no)"
    )


@pytest.mark.parametrize(
    ("row", "stays"),
    [
        (aside(1, 1, "2025-03-10", "hulp"), True),
        (aside(1, 1, None, None), True),  # what could not be read may be anything
        (aside(1, 1, "2025-03-10", None), True),
        (aside(1, 1, "2025-03-11", "hulp"), False),
        (aside(1, 1, "2025-03-10", "anders"), False),
        (aside(1, 9, "2025-03-10", "hulp"), False),
        (aside(0, 1, "2025-03-10", "hulp"), False),  # another delivery set it aside
        (aside(1, 1, "2025-03-10", "hulp", number=7), True),  # the older row has no number
    ],
)
def test_a_record_that_stands_in_a_row_that_was_set_aside_stays_as_it_was(row: str, stays: bool) -> None:
    assert gone(TWO, BY_START, aside=row) == ([] if stays else [1])


@pytest.mark.parametrize(("number", "stays"), [(7, True), (8, False)])
def test_with_a_number_of_the_system_only_that_number_names_the_record(number: int, stays: bool) -> None:
    rows = f"{used((0, 1, '2025-03-10', None), number=7)} UNION ALL {used((1, 2, '2025-03-20', None), number=9)}"
    assert gone(rows, BY_START, aside=aside(1, 1, "2025-12-31", "anders", number)) == ([] if stays else [1])


def test_a_record_is_known_by_the_number_of_its_system_or_else_by_its_own_parts() -> None:
    assert identity(COSTS) == ["team_no", "year", "cost_kind"] and not has_own_number(COSTS)
    assert has_own_number(USE) and identity(USE)[0] == "record_no"
    assert "CASE WHEN record_no IS NULL THEN client_no END" in same_record(USE)
    # One form may hold the scores of the professional and of the client: two records.
    assert identity("core_zrm__assessments")[-2:] == ["edition", "rater_type"]
