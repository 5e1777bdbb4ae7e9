"""A balance made in a conversation: the same choices give the same balance, and nothing is filled in by itself."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest

from data_contracts.tables.mkba import mkba_frames
from data_contracts.yaml_file import read_text
from mkba.appraisal import Settings, appraise
from mkba.binding.released_quantities import READS, released_quantities
from mkba.inputs.model import Mkba
from mkba.inputs.reading import read_mkba
from mkba.inputs.shipped import parameter_packs
from mkba.tables.rows import mkba_rows
from pipelines.init.questions import Talk
from pipelines.init.writing import replies_in
from pipelines.road.balance.entry import Made, made
from pipelines.road.balance.known import Known, known
from pipelines.study.checking import study_tree
from pipelines.study.workplace import read_study
from tests.road.released import ANSWERS, STUDIES, released

RIJNSTAD = STUDIES / "rijnstad"
CHOICES = ANSWERS / "rijnstad_mkba.yaml"
DRAWS = Settings(seed=1, n_draws=1024)


@pytest.fixture(scope="module")
def tables() -> dict[str, pd.DataFrame]:
    """The five tables of a release of rijnstad that a balance is made of."""
    return released("rijnstad", READS)


@pytest.fixture(scope="module")
def start(tables: dict[str, pd.DataFrame]) -> Known:
    files = read_study(RIJNSTAD)
    return known(files.study, tables, parameter_packs(), study_tree(files))


@pytest.fixture
def answers() -> dict[str, Any]:
    return replies_in(CHOICES)


def asked(start: Known, answers: dict[str, Any]) -> Talk:
    talk = Talk(answers)
    made(talk, start)
    return talk


def balance_of(start: Known, answers: dict[str, Any]) -> Made:
    talk = Talk(answers)
    found = made(talk, start)
    assert found is not None, ([one.name for one in talk.open], talk.wrong)
    assert talk.unknown == []
    return found


def amounts(model: Mkba, start: Known, tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    quantities = released_quantities(start.study.design, tables)
    return mkba_frames(mkba_rows(appraise(model, start.packs, quantities, DRAWS)))


def test_the_same_choices_give_the_shipped_balance_to_the_cent(
    start: Known, tables: dict[str, pd.DataFrame], answers: dict[str, Any]
) -> None:
    shipped = read_mkba(read_text(RIJNSTAD / "mkba.yaml"), start.packs, compares=True)
    theirs, ours = (amounts(model, start, tables) for model in (shipped, balance_of(start, answers).model))
    for table, columns in {
        "out_mkba__balance": ["at_mean_eur", "mean_eur", "p05_eur", "p95_eur"],
        "out_mkba__headline": ["npv_at_mean_eur", "npv_mean_eur", "npv_p05_eur", "npv_p95_eur", "break_even_share"],
        "out_mkba__stakeholders": ["at_mean_eur"],
        "out_mkba__budgets": ["cash_eur"],
    }.items():
        for column in columns:
            pd.testing.assert_series_equal(theirs[table][column].round(2), ours[table][column].round(2))


def test_every_question_has_an_example_and_a_source(start: Known, answers: dict[str, Any]) -> None:
    for given in ({}, answers, {**answers, "participatieladder.prijs": "eigen", "langer": ["crisisopname"]}):
        for question in asked(start, given).questions.values():
            assert re.fullmatch(r"Bijvoorbeeld: .+ Bron: .+\.", question.guide), question.name


def test_each_effect_is_proposed_with_what_was_found_and_its_verdict(start: Known) -> None:
    choices = asked(start, {}).questions["effecten"].choices
    assert choices["uren-van-het-team"].endswith("6,4 uur minder per cliënt (sterke vergelijking; aantoonbaar minder)")
    assert choices["dagbesteding"].endswith("(sterke vergelijking; geen aantoonbaar verschil)")


def test_a_price_is_proposed_with_amount_year_status_source_and_trap(start: Known, answers: dict[str, Any]) -> None:
    choices = asked(start, answers).questions["crisisopname.prijs"].choices
    words = choices["psychiatric_day"]
    for part in ("prijspeil 2022", "uit de tweede hand", "Zorginstituut", "paragraaf 4.15.8", "gemiddelde prijs"):
        assert part in words
    assert {"pm", "eigen"} < set(choices)


NUMBERS = [name for name in replies_in(CHOICES) if re.search(r"\.(waarde|laag|hoog|jaren|verzilverbaar)$", name)]


@pytest.mark.parametrize("name", ["basisjaar", "prijspeil", "horizon", "voorzieningen.prijspeil", *NUMBERS])
def test_no_number_is_filled_in_that_nobody_chose(start: Known, answers: dict[str, Any], name: str) -> None:
    del answers[name]
    talk = Talk(answers)
    assert made(talk, start) is None
    assert name in [question.name for question in talk.open]


WRONG = {
    "probleem": ("te kort", "te kort"),
    "basisjaar": ("vorig jaar", "geen getal"),
    "horizon": (3, "gaat 5 jaar door"),
    "prijspeil": (1950, "niet tussen"),
    "alternatieven": (["doorgaan"], "minstens twee"),
    "effecten": (["dagbesteding", "dagbesteding-dagdeel"], "hetzelfde twee keer"),
    "uitbreiden.werkwijze.waarde": ("82.000", "twee getallen"),
    "uitbreiden.werkwijze.laag": (900, "niet op volgorde"),
    "crisisopname.prijs": ("hospital_minute", "Kies uit"),
    "afspraken": (["geen", "dagbesteding"], "staat alleen"),
    "dagbesteding.verzilverbaar": (60, "niet tussen 0 en 1"),
    "kosten.nieuwe-werkwijze-extra-inzet.loopt": ("soms", "Kies uit"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_answer_is_asked_again_with_what_is_wrong(start: Known, answers: dict[str, Any], name: str) -> None:
    given, why = WRONG[name]
    talk = Talk(answers | {name: given})
    assert made(talk, start) is None
    assert why in talk.wrong[name]


def test_a_law_and_what_falls_under_it_do_not_count_together(start: Known, answers: dict[str, Any]) -> None:
    talk = asked(start, answers | {"effecten": ["wmo", "dagbesteding"]})
    assert "twee keer" in talk.wrong["effecten"]


def test_an_uncertain_number_has_a_low_and_a_high(start: Known, answers: dict[str, Any]) -> None:
    del answers["crisisopname.omrekening.laag"]
    assert "crisisopname.omrekening.laag" in [one.name for one in asked(start, answers).open]
    sure = {**answers, "crisisopname.omrekening.zekerheid": "verified"}
    assert balance_of(start, {k: v for k, v in sure.items() if not k.endswith("omrekening.hoog")}).model


def test_an_effect_lasts_as_long_as_it_was_measured_unless_there_is_evidence(
    start: Known, answers: dict[str, Any]
) -> None:
    lines = {line.id: line for line in balance_of(start, answers).model.lines}
    assert {line.duration_years for line in lines.values()} == {1}
    longer = {"langer": ["dagbesteding"], "dagbesteding.jaren": 3}
    longer |= {"dagbesteding.afname.waarde": 0.4, "dagbesteding.afname.laag": 0.2, "dagbesteding.afname.hoog": 0.6}
    longer |= {"dagbesteding.afname.zekerheid": "assumption", "dagbesteding.afname.bron": "Wat duurt in het rapport"}
    line = next(one for one in balance_of(start, answers | longer).model.lines if one.id == "dagbesteding")
    assert (line.duration_years, line.drop_off.value) == (3, 0.4)  # type: ignore[union-attr]


def test_without_an_agreement_nothing_is_cashed_in(start: Known, answers: dict[str, Any]) -> None:
    kept = {name: reply for name, reply in answers.items() if "verzilver" not in name}
    kept = {name: reply for name, reply in kept.items() if not name.endswith((".na-jaren", ".afspraak"))}
    model = balance_of(start, kept | {"afspraken": ["geen"]}).model
    assert all(line.cashing is None for line in model.lines)


def test_a_benefit_price_is_a_transfer_and_says_from_whom(start: Known, answers: dict[str, Any]) -> None:
    own = {"participatieladder.prijs": "eigen", "participatieladder.eigen-prijs.waarde": "1.500,50"}
    own |= {"participatieladder.eigen-prijs.zekerheid": "verified", "participatieladder.eigen-prijs.jaar": 2024}
    own |= {"participatieladder.eigen-prijs.bron": "Onderzoek van de gemeente, blz. 3"}
    del answers["participatieladder.waarom-pm"]
    model = balance_of(start, answers | own).model
    price = model.price("price_participatieladder")
    assert price is not None
    assert (price.value, price.unit) == (1500.5, "step")


def test_the_text_says_why_and_what_was_found(start: Known, answers: dict[str, Any]) -> None:
    text = balance_of(start, answers).text
    assert "# Gevonden: 350 euro minder per cliënt (sterke vergelijking; geen aantoonbaar verschil)." in text
    assert "# Kosten en baten. Dit zijn de uitkomsten waarop" in text
