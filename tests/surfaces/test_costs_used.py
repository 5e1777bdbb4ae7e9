"""The costs of the last year and those of the balance stand side by side with a word of why they differ."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mkba.tables.choice import _information_sentence
from mkba.uncertainty.value_of_information import Worth
from pipelines.study.checking import study_mkba
from pipelines.study.workplace import read_study
from reports.content.costs_used import costs_used
from reports.content.council.figures import four_figures
from reports.released.source import Source
from tests.mkba_case import appraised
from tests.surfaces.invented import facts, frame, mkba_tables, tables

STUDIES = Path(__file__).parents[2] / "studies"
KIND = "nieuwe werkwijze: extra inzet"


def source(*costs: tuple[int, str, float], study: str = "rijnstad") -> Source:
    rows = [
        {"year": year, "cost_kind": kind, "is_new_approach": True, "n_teams": 8, "amount_eur": amount}
        for year, kind, amount in costs
    ]
    released = tables() | mkba_tables(appraised()) | {"out_costs__by_year": frame("out_costs__by_year", rows)}
    return Source(facts(), released, None, study_mkba(read_study(STUDIES / study)))


def price_year(of: Source) -> int:
    return int(of.table("out_mkba__headline")["price_year"].iloc[0])


def test_the_figure_of_costs_says_with_which_year_the_balance_counts() -> None:
    two_years = source((2023, KIND, 127_600.0), (2023, "training", 58_700.0), (2024, KIND, 152_700.0))
    used = costs_used(two_years)
    plain = used.replace("\u00a0", " ")
    assert plain.startswith(f"De kosten-batenanalyse rekent met € 127.600 van 2023 ({KIND}), in euro's van")
    assert used in four_figures(two_years).items[3].note


def test_the_last_year_is_told_where_the_balance_counts_in_euros_of_another_year() -> None:
    last = source((2024, KIND, 100_000.0), (2025, KIND, 140_300.0), study="voorbeeldstad")
    assert price_year(last) == 2024
    assert costs_used(last).replace("\u00a0", " ") == (
        "De kosten-batenanalyse rekent met € 140.300 van 2025, in euro's van 2024."
    )


def test_nothing_is_said_where_it_counts_with_that_very_amount_or_where_there_is_no_balance() -> None:
    assert costs_used(source((2023, KIND, 10.0), (2024, KIND, 127_600.0), study="voorbeeldstad")) == ""
    without = replace(source((2023, KIND, 127_600.0), (2024, KIND, 152_700.0)), mkba=None)
    assert costs_used(without) == ""


def test_what_knowing_more_is_worth_has_no_digit_below_its_simulation_error() -> None:
    said = _information_sentence("Minder hulp", is_measured=True, worth=Worth(1378.14, 105.01, 0.5, 171.18))
    assert "naar schatting € 200 waard, en nooit meer dan € 1.400" in said
    said = _information_sentence("Minder opnames", is_measured=True, worth=Worth(137.5, 57.41, 0.5, 12.63))
    assert "€ 13 waard" not in said
    assert "verandert de keuze waarschijnlijk niet; precies weten is hoogstens € 140 waard" in said
