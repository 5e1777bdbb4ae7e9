"""Which period of which supplier is there, still to come, or missing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from data_contracts.errors import StudyError
from data_contracts.expected import Every, ExpectedSeries, OnSchedule
from data_contracts.yaml_file import as_model
from pipelines.on_schedule.coverage import Came, covered
from pipelines.on_schedule.periods import Period, last_ended, named_period
from pipelines.storage.receipts import Receipt


def series(**changed: Any) -> ExpectedSeries:
    known = {"supplier": "leverancier B", "every": "quarter", "within_days": 30, "since": dt.date(2025, 1, 1)}
    return ExpectedSeries(**(known | changed))


def came(name: str, received_on: str, as_at: str = "", files: tuple[str, ...] = ("zrm.csv",)) -> Came:
    return Came(Receipt(f"{name}-1", name, "", received_on, 1, "accepted", "", as_at=as_at), files)


def standings(expected: ExpectedSeries, every: list[Came], today: str) -> dict[str, str]:
    found = covered(expected, every, dt.date.fromisoformat(today))
    return {one.period.words: one.standing.value for one in found.expected}


def test_a_quarter_that_did_not_come_is_missing_once_its_days_are_over() -> None:
    deliveries = [came("2025-k1", "2025-04-10")]
    assert standings(series(), deliveries, "2025-07-30") == {
        "het eerste kwartaal van 2025": "there",
        "het tweede kwartaal van 2025": "awaited",
    }
    late = covered(series(), deliveries, dt.date(2025, 7, 31))
    assert [one.sentence for one in late.missing] == [
        "Het tweede kwartaal van 2025 van leverancier B ontbreekt; verwacht voor 30-07-2025."
    ]
    assert late.last_received_on == dt.date(2025, 4, 10)


def test_a_quarter_that_is_not_over_is_not_expected() -> None:
    assert standings(series(), [], "2025-03-31") == {}
    assert standings(series(), [], "2025-04-01") == {"het eerste kwartaal van 2025": "awaited"}


def test_a_late_delivery_is_of_the_period_that_its_name_says_not_of_the_day_it_came() -> None:
    deliveries = [came("2025-k1", "2025-08-01")]
    assert standings(series(), deliveries, "2025-08-02") == {
        "het eerste kwartaal van 2025": "there",
        "het tweede kwartaal van 2025": "missing",
    }


def test_without_a_period_in_its_name_the_extract_date_decides_and_then_the_day_of_receipt() -> None:
    assert standings(series(), [came("zrm", "2025-08-01", as_at="2025-03-31")], "2025-08-02") == {
        "het eerste kwartaal van 2025": "there",
        "het tweede kwartaal van 2025": "missing",
    }
    assert standings(series(), [came("zrm", "2025-07-03")], "2025-08-02") == {
        "het eerste kwartaal van 2025": "missing",
        "het tweede kwartaal van 2025": "there",
    }


def test_where_each_delivery_holds_everything_before_it_a_later_one_fills_the_gap() -> None:
    deliveries = [came("zrm", "2025-07-03")]
    assert set(standings(series(covers="everything"), deliveries, "2025-08-02").values()) == {"there"}


def test_two_suppliers_are_told_apart_by_the_name_of_the_delivery_or_of_its_files() -> None:
    deliveries = [came("a-2025-k1", "2025-04-01"), came("b-2025-k1", "2025-04-01", files=("wmo_b.csv",))]
    assert standings(series(deliveries="b-*"), deliveries[:1], "2025-06-01") == {
        "het eerste kwartaal van 2025": "missing"
    }
    assert standings(series(files="wmo_*"), deliveries[:1], "2025-06-01") == {"het eerste kwartaal van 2025": "missing"}
    assert standings(series(deliveries="b-*", files="wmo_*"), deliveries, "2025-06-01") == {
        "het eerste kwartaal van 2025": "there"
    }


@pytest.mark.parametrize(
    ("name", "every", "period"),
    [
        ("2026-k1", "quarter", Period(2026, 1, "quarter")),
        ("Q3_2026", "quarter", None),
        ("2026Q3", "quarter", Period(2026, 3, "quarter")),
        ("zrm 2026-kwartaal-4", "quarter", Period(2026, 4, "quarter")),
        ("2026-k5", "quarter", None),
        ("2026-k1 en 2026-k2", "quarter", None),
        ("2026-h2", "half_year", Period(2026, 2, "half_year")),
        ("levering 2026-03", "month", Period(2026, 3, "month")),
        ("2026-13", "month", None),
        ("jaar 2026", "year", Period(2026, 1, "year")),
        ("voorjaar", "quarter", None),
    ],
)
def test_a_period_is_read_from_a_name_only_where_it_stands_there_once(
    name: str, every: Every, period: Period | None
) -> None:
    assert named_period(name, every) == period


@pytest.mark.parametrize(
    ("day", "every", "words"),
    [
        ("2026-03-31", "quarter", "het eerste kwartaal van 2026"),
        ("2026-03-30", "quarter", "het vierde kwartaal van 2025"),
        ("2026-01-01", "month", "december 2025"),
        ("2026-06-30", "half_year", "het eerste halfjaar van 2026"),
        ("2026-12-30", "year", "het jaar 2025"),
    ],
)
def test_what_was_asked_on_a_day_is_about_the_period_that_was_over(day: str, every: Every, words: str) -> None:
    assert last_ended(dt.date.fromisoformat(day), every).words == words


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("tell: [{mail: a@b.nl, webhook: TEAM, about: [failed]}]", "één van de twee"),
        ("tell: [{about: [failed]}]", "één van de twee"),
        ("tell: [{mail: 'a@b.nl, c@d.nl', about: [failed]}]", "regel 1"),
        ("tell: [{webhook: 'https://x.nl/geheim', about: [failed]}]", "regel 1"),
        (
            "expected: [{supplier: B, every: year, within_days: 9, since: 2025-01-01},"
            " {supplier: b, every: year, within_days: 9, since: 2025-01-01}]",
            "supplier",
        ),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(text: str, says: str) -> None:
    with pytest.raises(StudyError, match=says):
        as_model(text, OnSchedule, "study.yaml")
