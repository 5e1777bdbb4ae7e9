"""A row of somebody else's workbook, cell by cell: a line, or why it has no place and how much it was."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from data_contracts.vocabulary.field import Stakeholder
from data_contracts.vocabulary.mkba import LineType
from mkba.peers.lines import LeftOut, PeerLine
from mkba.peers.rows import Reach, line_in, reach_in
from mkba.peers.table import Faults, Row, Table

COST = {"item": "Salaris", "party": "gemeente", "amount": 1_000.0, "year": "2024"}
BENEFIT = {"item": "Minder overlast", "party": "politie", "count": 40.0, "price": 250.0, "year": "2024"}


def row(cells: dict[str, Any], faults: Faults | None = None) -> Row:
    """A row of a sheet that has just these columns."""
    names = list(cells)
    table = Table("Blad", 1, {name: at for at, name in enumerate(names)}, {name: name for name in names}, (), ())
    return Row(table, 7, list(cells.values()), {}, faults or Faults("werkmap.xlsx"))


def line(cells: dict[str, Any], **other: Any) -> PeerLine | LeftOut:
    """A cost where it has an amount, and else a benefit."""
    return line_in(row(cells | other), is_cost="price" not in cells, reach=None)


def left_out(cells: dict[str, Any], **other: Any) -> LeftOut:
    found = line(cells, **other)
    assert isinstance(found, LeftOut)
    return found


def taken(cells: dict[str, Any], **other: Any) -> PeerLine:
    found = line(cells, **other)
    assert isinstance(found, PeerLine), found
    return found


def faults_of(cells: dict[str, Any]) -> list[str]:
    faults = Faults("werkmap.xlsx")
    line_in(row(cells, faults), is_cost="price" not in cells, reach=None)
    return [one.what for one in faults.findings]


def test_a_cost_is_its_euros_and_a_benefit_its_people_times_a_price() -> None:
    cost, benefit = taken(COST), taken(BENEFIT)
    assert (cost.amount, cost.worth, cost.count, cost.years) == (1_000, 1, 1_000, 1)
    assert (cost.party, cost.kind, cost.year, cost.is_cost) == (
        Stakeholder.MUNICIPALITY, LineType.RESOURCE, 2024, True)  # fmt: skip
    assert (benefit.amount, benefit.party, benefit.is_cost, benefit.row) == (
        10_000, Stakeholder.JUSTICE_CHAIN, False, 7)  # fmt: skip
    assert taken(BENEFIT, kind="social").kind is LineType.WELLBEING
    assert taken(BENEFIT, years=3.0).amount == 30_000
    assert taken(BENEFIT, price=None).amount == 0


def test_shares_multiply_and_what_is_taken_off_leaves_the_rest() -> None:
    of_all = {"engaged": "50%", "retained": "80%", "impact": "25%", "deadweight": "20%", "optimism": "10%"}
    assert taken(BENEFIT, **of_all).amount == Decimal("40") * Decimal("0.1") * Decimal("0.8") * Decimal("0.9") * 250
    assert [one.code for one in taken(BENEFIT, **of_all).steps] == list(of_all)
    # Optimism makes benefits lower and costs higher; what would have happened anyway makes both lower.
    assert taken(COST, optimism="10%").amount == 1_100
    assert taken(COST, deadweight="10%").amount == 900


@pytest.mark.parametrize(
    ("without", "reason"),
    [
        ({"item": ""}, "wat het is"),
        ({"count": None}, "geen aantal"),
        ({"engaged": None}, "leeg aandeel"),
        ({"year": ""}, "van welk jaar"),
        ({"item": "Minder bijstand"}, "overdracht"),
        ({"lag": 2.0}, "per jaar"),
        ({"drop_off": "10%"}, "per jaar"),
        ({"party": ""}, "wie er baat bij heeft"),
        ({"party": "NHS"}, "geen evenknie"),
        ({"party": "de buren"}, "kennen wij niet"),
        ({"kind": "mooi"}, "soort waarde 'mooi'"),
    ],
)
def test_a_benefit_has_no_place_for_a_reason_that_is_said(without: dict[str, Any], reason: str) -> None:
    assert reason in left_out(BENEFIT | without).reason


def test_a_cost_needs_an_amount_and_a_payer_and_no_kind_of_value() -> None:
    assert "geen bedrag" in left_out(COST, amount=None).reason
    assert "wie betaalt" in left_out(COST, party="").reason
    assert taken(COST, kind="mooi").amount == 1_000
    assert taken(COST, item="Belasting op de auto").label == "Belasting op de auto"
    assert taken(COST, engaged=None).amount == 1_000
    assert taken(BENEFIT, lag=0.0, drop_off="0%").amount == 10_000


def test_the_euros_of_a_row_without_a_place_are_told_only_where_all_of_it_is_known() -> None:
    assert left_out(BENEFIT, party="").amount == 10_000
    assert left_out(COST, party="").amount == 1_000
    assert left_out(COST, amount=None).amount is None
    assert left_out(BENEFIT, count=None).amount is None
    assert left_out(BENEFIT, engaged=None).amount is None
    assert left_out(BENEFIT, party="", price=None).amount is None
    assert left_out(BENEFIT, item="").label == "zonder naam"


@pytest.mark.parametrize(
    ("low", "high", "fits"),
    [(200.0, 300.0, True), (250.0, 300.0, True), (200.0, 250.0, True), (251.0, 300.0, False), (200.0, 249.0, False),
     (250.0, 250.0, False), (None, None, True)],
)  # fmt: skip
def test_a_price_lies_within_its_range_or_at_an_end_of_it(low: float | None, high: float | None, fits: bool) -> None:
    told = faults_of(BENEFIT | {"low": low, "high": high})
    assert (told == []) == fits
    assert fits or "staan niet op volgorde" in told[0]
    of_cost = {"low": low and low * 4, "high": high and high * 4}
    assert (faults_of(COST | of_cost) == []) == fits


def test_half_a_range_is_a_fault_and_a_range_around_nothing_is_not() -> None:
    assert "horen bij elkaar" in faults_of(BENEFIT | {"low": 1.0, "high": None})[0]
    assert "horen bij elkaar" in faults_of(BENEFIT | {"low": None, "high": 900.0})[0]
    for cells in (BENEFIT | {"price": None}, COST | {"amount": None}):
        assert faults_of(cells | {"low": 1.0, "high": 2.0}) == []
    assert "volgorde" in faults_of(COST | {"amount": 0.0, "low": 0.0, "high": 2.0})[0]


@pytest.mark.parametrize(
    ("years", "is_right"), [(1.0, True), (100.0, True), (0.0, False), (101.0, False), (1.5, False)]
)
def test_years_are_whole_and_from_one_to_a_hundred(years: float, is_right: bool) -> None:
    told = faults_of(BENEFIT | {"years": years})
    assert (told == []) == is_right
    found = line(BENEFIT, years=years)
    assert isinstance(found, PeerLine) and found.years == (years if is_right else 1)


def test_a_benefit_of_a_group_is_about_the_people_of_that_group() -> None:
    groups = [{"group": "Gezinnen", "count": 30.0}, {"group": "Alleen", "count": 20.0}, {"group": "", "count": 5.0}]
    faults = Faults("werkmap.xlsx")
    reach = reach_in([row(one, faults) for one in groups])
    assert [name for name, _ in reach.counts.values()] == ["Gezinnen", "Alleen"] and not faults.findings
    cells = {name: value for name, value in BENEFIT.items() if name != "count"}
    found = line_in(row(cells | {"group": "gezinnen"}), is_cost=False, reach=reach)
    assert isinstance(found, PeerLine) and found.count == 30
    assert reach.unused() == ["Alleen"]
    nobody = line_in(row(cells | {"group": "Ouderen"}, faults), is_cost=False, reach=reach)
    assert isinstance(nobody, LeftOut) and "'Ouderen' staat niet met een aantal" in faults.findings[0].what
    without = line_in(row(cells | {"group": "", "count": 9.0}), is_cost=False, reach=Reach())
    assert isinstance(without, LeftOut) and without.amount is None


def test_a_group_that_stands_there_twice_is_a_fault() -> None:
    faults = Faults("werkmap.xlsx")
    reach = reach_in([row({"group": name, "count": 30.0}, faults) for name in ("Gezinnen", "gezinnen")])
    assert len(reach.counts) == 1 and "staat er twee keer" in faults.findings[0].what
