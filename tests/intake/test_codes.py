"""What the words in a delivery stand for."""

import pytest

from data_contracts.vocabulary.field import Edition, Law, LifeDomain, NotScored, SolutionKind
from data_contracts.vocabulary.names import domain_named
from data_contracts.vocabulary.reasons import Reason
from pipelines.intake.reading.codes import (
    Meaning,
    code_meaning,
    domain_meaning,
    explained,
    ladder_meaning,
    score_meaning,
    team_meaning,
    yes_no_meaning,
)

CODES = {"score": {"99": "not_discussed", "n.v.t.": "not_applicable", "redzaam": 4, "?": "unknown"}}
SAID = explained("score", CODES, score_meaning)


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("1", 1),
        ("5", 5),
        ("3,0", 3),
        ("2 - niet zelfredzaam", 2),
        ("3 (beperkt zelfredzaam)", 3),
        ("beperkt zelfredzaam", 3),
        ("Beperkt", 3),
        ("ACUTE PROBLEMATIEK", 1),
        ("5 volledig zelfredzaam", 5),
    ],
)
def test_a_score_may_be_written_as_digit_words_or_both(text: str, score: int) -> None:
    assert SAID(text) == Meaning(code=score)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("9", Reason.SCORE_OUT_OF_RANGE),
        ("0", Reason.SCORE_OUT_OF_RANGE),
        ("-1", Reason.SCORE_OUT_OF_RANGE),
        ("2,5", Reason.SCORE_NOT_WHOLE),
        ("2.5", Reason.SCORE_NOT_WHOLE),
        ("onbekend", Reason.SCORE_UNKNOWN),
        ("voll", Reason.SCORE_UNKNOWN),
        ("1E5", Reason.SCORE_UNKNOWN),
        # The GGM enumeration has levels 2 and 3 the other way round: an id never wins from the words.
        ("2 - beperkt zelfredzaam", Reason.SCORE_LABEL_CONFLICT),
    ],
)
def test_a_score_that_is_none_has_a_reason(text: str, fault: Reason) -> None:
    assert SAID(text) == Meaning(fault=fault)


def test_what_the_mapping_says_of_a_word_goes_before_what_we_know() -> None:
    assert SAID("99") == Meaning(not_scored=NotScored.NOT_DISCUSSED)
    assert SAID("N.V.T.") == Meaning(not_scored=NotScored.NOT_APPLICABLE)
    assert SAID("Redzaam") == Meaning(code=4)
    assert SAID("?") == Meaning()
    assert score_meaning("99") == Meaning(fault=Reason.SCORE_OUT_OF_RANGE)


def test_a_domain_is_known_by_any_of_its_names_and_belongs_to_an_edition() -> None:
    assert domain_named("FinanciÃ«n") == domain_named("Inkomen") == domain_named(" financien ") == LifeDomain.FINANCES
    assert domain_meaning("Gezinsrelaties", {Edition.ZRM_2013}) == Meaning(code="domestic_relations")
    assert domain_meaning("Dagbesteding", {Edition.ZRM_2017}) == Meaning(fault=Reason.DOMAIN_NOT_IN_EDITION)
    assert domain_meaning("Werk en opleiding", {Edition.ZRM_2017}) == Meaning(code="work_education")
    assert domain_meaning("02. Werk & opleiding", {Edition.ZRM_2017}) == Meaning(code="work_education")
    assert domain_meaning("Dagbesteding", set(Edition)) == Meaning(code="daytime_activities")
    assert domain_meaning("Vrije tijd", {Edition.ZRM_2017}) == Meaning(fault=Reason.DOMAIN_UNKNOWN)


def test_a_step_of_the_ladder_is_a_digit_or_words() -> None:
    assert ladder_meaning("Geïsoleerd") == ladder_meaning("1") == Meaning(code=1)
    assert ladder_meaning("4. onbetaald werk") == Meaning(code=4)
    assert ladder_meaning("5 - betaald werk") == Meaning(fault=Reason.SCORE_LABEL_CONFLICT)
    assert (
        ladder_meaning("Trede 3 - Deelname georganiseerde activiteiten") == ladder_meaning("trede 3") == Meaning(code=3)
    )
    assert ladder_meaning("7") == Meaning(fault=Reason.SCORE_OUT_OF_RANGE)


def test_codes_and_teams_are_matched_on_folded_text() -> None:
    assert code_meaning("WMO", Law) == Meaning(code="wmo")
    assert code_meaning("maatwerk", SolutionKind) == Meaning(code="individual")
    assert code_meaning("Wet X", Law) == Meaning(fault=Reason.CODE_UNKNOWN)


def test_a_team_may_be_spelled_in_the_ways_that_the_mapping_names() -> None:
    numbers, codes = {"wijkteam noord": 3}, {"WT Noord": "Wijkteam Noord", "#REF!": "unknown"}
    assert team_meaning("wijkteam  noord", numbers, {}) == team_meaning("wt noord", numbers, codes) == Meaning(code=3)
    assert team_meaning("#REF!", numbers, codes) == Meaning()
    assert team_meaning("Wijkteam Zuid", numbers, codes) == Meaning(fault=Reason.TEAM_UNKNOWN)


@pytest.mark.parametrize(("text", "answer"), [("Ja", True), ("n", False), ("TRUE", True), ("0", False)])
def test_yes_and_no_are_read_in_any_spelling(text: str, answer: bool) -> None:
    assert yes_no_meaning(text) == Meaning(code=answer)


def test_neither_yes_nor_no_is_a_fault() -> None:
    assert yes_no_meaning("deels") == Meaning(fault=Reason.CODE_UNKNOWN)
