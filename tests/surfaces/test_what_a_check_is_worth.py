"""Sentences that said more than their figures: checks, what lasts, who gains, and how a figure was made."""

from __future__ import annotations

import pandas as pd
import pytest

from data_contracts.demonstrable import MORE
from data_contracts.headline import AT_EQUAL_START
from data_contracts.tables.assumptions import Assumptions
from reports.content.cause.chapter import _if_not, _together, _what_is_left
from reports.content.cause.lasting import _bracket
from reports.content.cause.staggered import _weight_of_nothing
from reports.content.criteria import coalition
from reports.content.money.doubt import drift_words
from reports.content.money.figures import parties_figure, payback_figure
from reports.language import dutch, wording
from reports.released.source import Source
from tests.surfaces.invented import TREE, facts
from tests.surfaces.test_honest_sentences import APPRAISAL, FULL


@pytest.mark.parametrize(
    ("answers", "together", "if_not"),
    [
        ([True, True], "ja", ""),
        ([False, False], "nee", "Dat betekent iets."),
        ([None, None], "niet na te gaan", ""),
        ([True, False, True], "ja bij 2 en nee bij 1 van de 3 uitkomsten", "Bij 'nee': Dat betekent iets."),
        ([True, None, None], "ja bij 1 en niet na te gaan bij 2 van de 3 uitkomsten", ""),
        (
            [True, False, None],
            "ja bij 1, nee bij 1 en niet na te gaan bij 1 van de 3 uitkomsten",
            "Bij 'nee': Dat betekent iets.",
        ),
    ],
)
def test_what_could_not_be_checked_is_no_no(answers: list[bool | None], together: str, if_not: str) -> None:
    assert _together(answers) == together
    assert _if_not(answers, "Dat betekent iets.") == if_not


@pytest.mark.parametrize(
    ("powers", "said"),
    [
        ([0.05, 0.22], "Dat zegt weinig: een scheefgroei die het hele verschil maakt, had de toets maar in 5 tot 22"),
        ([0.11], "had de toets maar in 11 van de 100 keer gezien."),
        ([0.95, 0.79], "Dat zegt weinig"),
        ([0.8, 0.95], "Dat steunt de vergelijking, maar bewijzen kan het niets"),
        ([], "Hoeveel dat zegt, is niet na te gaan."),
    ],
)
def test_that_nothing_was_seen_supports_as_much_as_could_have_been_seen(powers: list[float], said: str) -> None:
    assert said in _weight_of_nothing(powers)


def test_what_lasts_has_its_margin_and_what_measurements_leave_open_beside_it() -> None:
    row = pd.Series({"estimate": 0.36, "ci_low": 0.26, "ci_high": 0.46, "assumptions": Assumptions({}).text})
    assert _bracket(row) == "36% (26% tot 46%)"
    bounds = Assumptions({"between_measurements": {"holds": None, "lowest": 0.0, "highest": 0.17}})
    apart = row.copy()
    apart["assumptions"] = bounds.text
    assert _bracket(apart) == "36% (26% tot 46%); open: 0% tot 17%"


def test_who_gains_is_an_estimate() -> None:
    said = coalition(Source(facts(), FULL, TREE, APPRAISAL.model))
    assert said.startswith("Naar schatting")
    assert said.count("aar schatting") == 2


def test_a_comparison_that_weighs_nobody_does_not_say_that_it_weighs() -> None:
    assert "Niemand is gewogen" in wording.formula("comparison", "effect")
    assert "bij een gelijke eerste score" in wording.formula("comparison", AT_EQUAL_START)
    assert "op dezelfde wijze veranderd" in wording.condition("effect")
    assert "Mensen met een gelijke eerste score" in wording.condition(AT_EQUAL_START)


@pytest.mark.parametrize(("share", "part"), [(0.032, "Bij 3% van"), (0.0004, "Bij minder dan 1% van")])
def test_of_a_drift_that_turns_the_balance_the_part_is_told_and_no_amount(share: float, part: str) -> None:
    assert part in drift_words(share)
    assert "€" not in drift_words(share)


def test_one_balance_has_one_rounding_in_every_table() -> None:
    """One row told costs of 651,000 and a balance of 650,000; the last year a balance of 619,000 for 620,000."""
    headline = FULL["out_mkba__headline"].assign(npv_rounding_eur=100_000.0)
    parties, years = FULL["out_mkba__stakeholders"].copy(), FULL["out_mkba__by_year"].copy()
    parties.loc[parties.index[:1], ["costs_eur", "mean_eur"]] = -651_000.0
    parties.loc[parties.index[:1], ["p05_eur", "p95_eur"]] = [-1_234_000.0, -66_000.0]
    years["cumulative_discounted_eur"] = -619_000.0
    changed = {"out_mkba__headline": headline, "out_mkba__stakeholders": parties, "out_mkba__by_year": years}
    source = Source(facts(), FULL | changed, TREE, APPRAISAL.model)
    figures = parties_figure(source), payback_figure(source)
    assert figures[0] is not None and figures[1] is not None
    (row,) = [one for one in figures[0].table.rows if "700.000" in one[1]]
    assert row[1] == row[-3] == dutch.euros(-700_000)
    assert row[-2] == dutch.between(-1_200_000, -100_000, dutch.euros)
    assert {one[1] for one in figures[1].table.rows if one[2] != "vast"} == {dutch.euros(-600_000)}


def test_what_is_nowhere_demonstrable_does_not_probably_come_from_the_approach() -> None:
    found = pd.DataFrame({"shows": ["geen aantoonbaar verschil", "geen aantoonbaar verschil"]})
    assert _what_is_left(found) == "Wat overblijft, is hier nergens aantoonbaar en kan dus toeval zijn."
    found.loc[1, "shows"] = MORE
    assert "aantoonbaar overblijft, hoort waarschijnlijk bij de aanpak; de rest kan toeval zijn" in _what_is_left(found)
    for evidence in wording.EVIDENCE.values():
        assert "Het verschil komt" not in evidence.cause
