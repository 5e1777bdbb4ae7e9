"""Sentences and factors of the balance, each at the edge where it turns into another."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special

from mkba.tables.choice import _beyond_noise, _information_sentence, _worth_nothing
from mkba.tables.pm import _pm_sentence
from mkba.tables.sensitivity import tornado_rows
from mkba.uncertainty.doubt import _around_one
from mkba.uncertainty.sensitivity import given, tornado
from mkba.uncertainty.value_of_information import Worth
from tests.mkba_case import appraised


def worth(value: float = 0.0, se: float = 0.0, one_more_year: float = 0.0) -> Worth:
    return Worth(value, se, 0.5, one_more_year)


@pytest.mark.parametrize(
    ("per_unit", "total", "sentence"),
    [
        (None, 900.0, "Rust: niet in het saldo, want er is geen prijs met een bron."),
        (30.0, -900.0, "Rust: telt niet mee in het saldo. Is dit € 30 per dag waard, dan komt het saldo op nul."),
        (30.0, 0.0, "Rust: telt niet mee in het saldo. Is dit € 30 per dag waard, dan komt het saldo op nul."),
        (-30.0, 900.0, "Rust: telt niet mee in het saldo. Het saldo is pas nul als dit € 30 per dag zou kosten in "
         "plaats van opleveren."),
        (30.0, 900.0, "Rust: telt niet mee in het saldo. Het gemeten verschil wijst de verkeerde kant op: bij € 30 "
         "schade per dag blijft van het saldo niets over."),
        (-30.0, -900.0, "Rust: telt niet mee in het saldo. Het gemeten verschil wijst de verkeerde kant op en maakt "
         "het saldo dus niet beter."),
    ],
)  # fmt: skip
def test_what_has_no_price_says_at_which_price_the_balance_turns(
    per_unit: float | None, total: float, sentence: str
) -> None:
    assert _pm_sentence("Rust", "per dag", per_unit, total) == sentence


@pytest.mark.parametrize(("precision", "shown"), [(0.0, "€ 347"), (9.0, "€ 347"), (10.0, "€ 350"), (250.0, "€ 300")])
def test_what_would_turn_the_balance_is_told_no_finer_than_the_balance(precision: float, shown: str) -> None:
    assert f"Is dit {shown} per dag waard" in _pm_sentence("Rust", "per dag", 347.0, -900.0, precision)


def test_a_balance_that_rounding_may_make_nought_turns_nowhere_that_can_be_told() -> None:
    assert "te dicht bij nul om te zeggen" in _pm_sentence("Rust", "per dag", 30.0, -900.0, 120.0)


@pytest.mark.parametrize(
    ("se", "sentence"),
    [
        (0.0, "verandert de keuze niet."),
        (np.nan, "verandert de keuze niet."),
        (0.99, "verandert de keuze niet."),
        (1.0, "verandert de keuze waarschijnlijk niet; het is minder dan € 4 waard."),
        (250.0, "verandert de keuze waarschijnlijk niet; het is minder dan € 1.000 waard."),
    ],
)
def test_knowledge_without_worth_has_a_limit_where_the_simulation_leaves_one(se: float, sentence: str) -> None:
    assert _worth_nothing(worth(se=se)) == sentence


@pytest.mark.parametrize(
    ("value", "se", "left"),
    [(0.99, 0.0, 0), (1.0, 0.0, 1.0), (1.0, np.nan, 1.0), (99.0, 50.0, 0), (100.0, 50.0, 100.0)],
)
def test_a_worth_counts_from_a_euro_and_from_twice_its_simulation_error(value: float, se: float, left: float) -> None:
    found = _beyond_noise(worth(value, se, one_more_year=value))
    assert (found.value, found.one_more_year) == (left, left)


@pytest.mark.parametrize(
    ("is_measured", "one_more_year", "start"),
    [
        (False, 0.0, "Precies weten wat 'zorg' is, is hoogstens € 500 waard."),
        (True, 9.0, "Nog een jaar 'zorg' registreren verandert de keuze waarschijnlijk niet;"),
        (True, 10.0, "Nog een jaar 'zorg' registreren is naar schatting € 10 waard, en nooit meer dan € 500."),
    ],
)
def test_one_more_year_is_worth_something_from_its_simulation_error_on(
    is_measured: bool, one_more_year: float, start: str
) -> None:
    found = _information_sentence("zorg", is_measured, worth(500.0, 10.0, one_more_year))
    assert found.startswith(start)


@pytest.mark.parametrize("sd", [0.0, 0.1, 0.5])
def test_doubt_about_a_number_moves_it_around_itself(sd: float) -> None:
    scores = special.ndtri((np.arange(100_000) + 0.5) / 100_000)
    factors = _around_one(sd, scores)
    assert factors.mean() == pytest.approx(1, abs=1e-3)
    assert np.log(factors).std() == pytest.approx(sd, abs=1e-3)


def test_the_tornado_says_what_is_expected_at_the_low_and_at_the_high_of_each_input() -> None:
    appraisal = appraised()
    result = appraisal.results[0]
    rows = [row for row in tornado_rows(appraisal) if row["alternative"] == result.balance.alternative.id]
    swings = tornado(appraisal.table, result.balance.alternative, result.overlap)
    assert [row["rank"] for row in rows] == [*range(1, len(swings) + 1)]
    for row, swing in zip(rows, swings, strict=True):
        expected = given(appraisal.inputs, result.balance.npv, swing)
        assert (row["npv_given_p10_eur"], row["npv_given_p90_eur"]) == expected
        assert (row["npv_at_p10_eur"], row["npv_at_p90_eur"]) == (swing.npv_at_low, swing.npv_at_high)
    assert rows[0]["npv_given_p10_eur"] != rows[0]["npv_given_p90_eur"]
