"""How a text becomes a day or an amount, by the declared form and by nothing else."""

import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.mapping.steps import ColumnSource, NumberStyle
from pipelines.intake.reading.dates import day_sql, open_end_sql
from pipelines.intake.reading.numbers import number_sql
from pipelines.storage.platform import connect

ENGINE = connect()
MONTHS = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")


def day(text: str, *forms: str) -> dt.date | None:
    source = ColumnSource(date=list(forms))
    return ENGINE.execute(f"SELECT {day_sql('text', source)} FROM (SELECT $text AS text)", {"text": text}).fetchone()[0]


def amount(text: str, decimal: str = ",", thousands: str = ".") -> float | None:
    style = NumberStyle(decimal=decimal, thousands=thousands)
    sql = number_sql("text", style, "DECIMAL(14,2)")
    found = ENGINE.execute(f"SELECT {sql} FROM (SELECT $text AS text)", {"text": text}).fetchone()[0]
    return None if found is None else float(found)


@pytest.mark.parametrize(
    ("text", "forms", "found"),
    [
        ("3-4-2024", (), "2024-04-03"),
        ("03-04-2024 14:05", (), "2024-04-03"),
        ("2024-04-03", (), None),
        ("3/4/23", ("d/m/yy",), "2023-04-03"),
        ("3/4/2023", ("d/m/yyyy", "d/m/yy"), "2023-04-03"),
        ("3/4/23", ("d/m/yyyy", "d/m/yy"), "2023-04-03"),
        ("4/3/2021 11:59:00 PM", ("m/d/yyyy",), "2021-04-03"),
        ("3 mrt 2024", ("d mmm yyyy",), "2024-03-03"),
        ("3 Maart 2024", ("d mmmm yyyy",), "2024-03-03"),
        ("3 mei 2024", ("d mmm yyyy",), "2024-05-03"),
        ("31-feb.-2024", ("d-mmm-yyyy",), None),
        ("45351", ("serial",), "2024-02-29"),
        ("45351,75", ("serial",), "2024-02-29"),
        ("20240403", ("yyyymmdd",), "2024-04-03"),
        ("2024-04-03T23:30:00+02:00", ("yyyy-mm-dd",), "2024-04-03"),
        ("2024-04-03T23:30:00Z", ("yyyy-mm-dd",), "2024-04-04"),
        ("2024-04-03 10:00:00.123", ("yyyy-mm-dd",), "2024-04-03"),
        ("2024-04-03 10:00:00.0000000", ("yyyy-mm-dd",), "2024-04-03"),
        ("9999-12-31 00:00:00.0000000", ("yyyy-mm-dd",), "9999-12-31"),
        ("9999-12-31", ("yyyy-mm-dd",), "9999-12-31"),
        ("31-02-2024", (), None),
        ("drie april", (), None),
    ],
)
def test_a_day_is_read_by_its_declared_forms(text: str, forms: tuple[str, ...], found: str | None) -> None:
    assert day(text, *forms) == (dt.date.fromisoformat(found) if found else None)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_with_a_dutch_month_comes_back(one: dt.date) -> None:
    assert day(f"{one.day} {MONTHS[one.month - 1]} {one.year}", "d mmm yyyy") == one


@pytest.mark.parametrize(
    ("text", "is_end"), [("31-12-9999", True), ("31-12-2999", True), ("onb.", True), ("31-12-2099", False)]
)
def test_a_day_far_away_is_no_end(text: str, is_end: bool) -> None:
    source = ColumnSource(open_end=["onb."])
    sql = open_end_sql(day_sql("text", source), "text", source)
    assert ENGINE.execute(f"SELECT {sql} FROM (SELECT $text AS text)", {"text": text}).fetchone()[0] is is_end


@pytest.mark.parametrize(
    ("text", "style", "found"),
    [
        ("412.500", (",", "."), 412500),
        ("412.500", (".", ","), 412.5),
        ("€ 1.234,50", (",", "."), 1234.5),
        ("1.234,50 EUR", (",", "."), 1234.5),
        ("12,00-", (",", "."), -12),
        ("- 12,00", (",", "."), -12),
        ("(12,00)", (",", "."), -12),
        ("1.250,-", (",", "."), 1250),
        ("1 234,5", (",", " "), 1234.5),
        ("1\u00a0234,5", (",", " "), 1234.5),
        ("1'234.5", (".", "'"), 1234.5),
        ("1.5", (",", "."), None),
        ("12.34.567", (",", "."), None),
        ("1.234.5", (",", "."), None),
        ("1,5", (".", ""), None),
        ("12 stuks", (",", "."), None),
        ("", (",", "."), None),
    ],
)
def test_an_amount_is_read_in_its_declared_style(text: str, style: tuple[str, str], found: float | None) -> None:
    assert amount(text, *style) == found


@given(st.integers(-(10**9), 10**9), st.sampled_from([("{}", "€ {}"), ("{}", "{} euro"), ("{}", " {}")]), st.randoms())
def test_every_amount_comes_back_however_it_is_dressed(
    cents: int, dress: tuple[str, str], chance: random.Random
) -> None:
    digits = f"{abs(cents) / 100:,.2f}".translate(str.maketrans(",.", ".,"))
    behind = chance.random() < 0.5
    signed = f"{digits}-" if cents < 0 and behind else f"-{digits}" if cents < 0 else digits
    assert amount(dress[1].format(signed)) == cents / 100
