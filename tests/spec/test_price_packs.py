"""The prices that ship: traceable, dated, aged, and honest about what was not found."""

import datetime as dt
import json

import pytest
from typer.testing import CliRunner

from data_contracts.vocabulary.mkba import UNIT_LABELS, PriceStatus
from mkba.inputs.price_register import current_lists, listed
from pipelines.commands.app import app
from tests.mkba_case import appraised, case, line, packs


def told(*words: str) -> str:
    result = CliRunner().invoke(app, ["prices", *words])
    assert result.exit_code == 0, result.output
    return result.output.replace("\u00a0", " ")


def test_a_newer_vintage_is_listed_in_place_of_the_one_that_it_replaces() -> None:
    names = {one.id for one in current_lists(packs())}
    assert "other_nl_2026_11" in names and "other_nl_2026" not in names
    assert "other_nl_2026" in packs().price_lists  # studies that name it keep their figures


def test_a_verified_price_is_no_older_than_ten_years_and_no_price_lacks_a_source() -> None:
    for one in listed(packs(), 2026):
        assert one.price.source, one.price.id
        assert one.price.status is not PriceStatus.VERIFIED or one.age_years <= 10, one.price.id
        assert one.price.status is not PriceStatus.ASSUMPTION, one.price.id


def test_a_tariff_of_municipalities_is_a_range_and_no_verified_price() -> None:
    for price in packs().price_lists["municipal_tariffs_2023"].prices:
        assert price.low is not None and price.high is not None and price.low < price.value < price.high
        assert price.status is PriceStatus.SECOND_HAND


def test_what_was_contradicted_is_settled_in_the_newer_vintage() -> None:
    prices = {one.id: one for one in packs().price_lists["other_nl_2026_11"].prices}
    assert prices["debt_help_case"].value == 8_121
    assert (prices["volunteer_hour"].low, prices["volunteer_hour"].high) == (10, 20)
    assert prices["psychologist_hour"].value == 161.46


def test_the_list_tells_amount_year_status_and_source_and_what_was_not_found() -> None:
    text = told("list")
    assert "foster_allowance_0_8_day: pleegvergoeding 0 tot en met 8 jaar, per dag, € 23,32 van 2024" in text
    assert "nagekeken in de bron" in text and "Staatscourant 2023, 31554" in text
    assert "wmo_guidance_hour: begeleiding individueel, gewoon, per uur, € 60,90 (€ 55,80 tot € 66,00) van 2023" in text
    assert "Wij vonden geen prijs voor:" in text and "politie-uur of politiemelding" in text
    data = json.loads(told("list", "--json"))
    assert {one["status"] for one in data["prices"]} == {"verified", "second_hand"}
    assert all(one["looked_in"] and one["ask"] for one in data["not_found"])


def test_stale_prices_are_those_of_more_than_five_years_ago() -> None:
    found = {one["id"]: one["age_years"] for one in json.loads(told("stale", "--json"))}
    year = dt.datetime.now(tz=dt.UTC).year
    ages = {one.price.id: year - one.price.price_year for one in listed(packs(), year)}
    assert "prison_day" in found and found == {name: age for name, age in ages.items() if age > 5}
    assert "prijzen zijn ouder dan vijf jaar" in told("stale")


@pytest.mark.parametrize(("year", "is_old"), [(2029, False), (2030, True)])
def test_a_price_of_2024_is_old_from_2030_on(year: int, is_old: bool) -> None:
    (found,) = (one for one in listed(packs(), year) if one.price.id == "foster_allowance_0_8_day")
    assert found.price.price_year == 2024 and found.is_old == is_old


def test_sources_count_prices_with_their_status_and_day() -> None:
    rows = json.loads(told("sources", "--json"))
    assert sum(one["n_prices"] for one in rows) == len(listed(packs(), 2026))
    assert all(one["checked_on"] for one in rows)
    assert "uit de tweede hand (2026-11-29)" in told("sources")


@pytest.mark.parametrize(("year", "warned"), [(2018, True), (2019, False)])
def test_a_price_of_more_than_five_years_before_the_base_year_is_warned_of(year: int, warned: bool) -> None:
    data = case()
    data["prices"][0]["price_year"] = year
    assert line(data, "nights")["price"] == "night"
    rules = {finding.rule for finding in appraised(data).findings}
    assert ("old_price" in rules) is warned


def test_every_unit_of_a_shipped_price_has_a_dutch_word() -> None:
    units = {price.unit for pack in current_lists(packs()) for price in pack.prices}
    assert {unit for unit in units if unit not in UNIT_LABELS} == set()
