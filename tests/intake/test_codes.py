"""What the words in a delivery stand for."""

from functools import partial

import pytest

from data_contracts.vocabulary.field import Edition, Law, LifeDomain, NotScored, SolutionKind
from data_contracts.vocabulary.ladder import LadderVariant
from data_contracts.vocabulary.names import domain_named
from data_contracts.vocabulary.reasons import Reason
from pipelines.init.codes_found import ladder_variant
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
        ("beperkt zelfredzaam (3)", 3),
        ("Niet zelfredzaam [niveau 2]", 2),
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
        ("beperkt zelfredzaam (2)", Reason.SCORE_LABEL_CONFLICT),
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
    classic = partial(ladder_meaning, variant=LadderVariant.CLASSIC)
    assert classic("Geïsoleerd") == classic("1") == Meaning(code=1)
    assert classic("4. onbetaald werk") == Meaning(code=4)
    assert classic("5 - betaald werk") == Meaning(fault=Reason.SCORE_LABEL_CONFLICT)
    assert classic("Trede 3 - Deelname georganiseerde activiteiten") == classic("trede 3") == Meaning(code=3)
    assert classic("Betaald werk (trede 6)") == Meaning(code=6)
    assert classic("7") == Meaning(fault=Reason.SCORE_OUT_OF_RANGE)


def test_the_words_added_to_step_4_are_read_in_the_extended_variant_only() -> None:
    """Schooling is step 3 by the classic rules, so its word alone is asked about there."""
    added = ["vrijwilligerswerk", "Opleiding", "4 - onbetaald werk, vrijwilligerswerk, opleiding"]
    assert {ladder_meaning(text, LadderVariant.EXTENDED).code for text in added} == {4}
    assert {ladder_meaning(text, LadderVariant.CLASSIC).fault for text in added} == {Reason.SCORE_UNKNOWN}
    assert ladder_meaning("3 - opleiding", LadderVariant.EXTENDED).fault == Reason.SCORE_LABEL_CONFLICT


def test_words_of_the_extended_variant_tell_which_variant_a_file_is_of() -> None:
    assert ladder_variant(["onbetaald werk", "vrijwilligerswerk"]) is LadderVariant.EXTENDED
    assert ladder_variant(["4", "betaald werk", "iets anders"]) is LadderVariant.CLASSIC


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
