"""The sentence of a choice names the reason that holds, and no chance where nothing was measured."""

from typing import Any

import pytest

from mkba.appraisal import Appraisal
from mkba.tables.outcome import sentence
from tests.mkba_case import appraised, case, cost_of, line, released, scaled_up


def words(appraisal: Appraisal, alternative: str = "go_on") -> str:
    result = next(one for one in appraisal.results if one.balance.alternative.id == alternative)
    return sentence(appraisal, result)


def declared_only(**keys: Any) -> dict[str, Any]:
    data = case()
    data["lines"] = [line(data, "staff"), line(data, "steps")]
    data["lines"].append(cost_of("Minder reizen", 9_000, payer=None, receiver="client"))
    data["lines"][-1]["quantity"] |= keys
    return data


def test_a_choice_is_called_indicative_for_the_share_that_is_too_low() -> None:
    appraisal = appraised(scaled_up(case(), yields=90_000))
    assert "indicatief, want maar " in words(appraisal, "more") and "(gevraagd: 50 %)" in words(appraisal, "more")
    assert "want bij 'Eén fte erbij', waarmee wij vergelijken, rust maar" in words(appraisal)
    assert "100 %" not in words(appraisal)


def test_why_there_is_no_turning_point() -> None:
    indicative = {"verified_share_for_headline": 1.0}
    more = scaled_up(case(), yields=90_000) | indicative
    assert "ook zonder de gemeten effecten zijn de baten groter dan de kosten" in words(appraised(more), "more")
    worse = released(care=+90.0, nights=+0.4)
    unsure = case() | indicative
    unsure["lines"].append(cost_of("Minder reizen", 9_000, payer=None, receiver="client"))
    unsure["lines"][-1]["quantity"]["status"] = "second_hand"
    assert "de gemeten effecten dekken geen kosten." in words(appraised(unsure, worse))


def test_costs_that_are_next_to_nothing_need_less_than_a_percent_of_the_effect() -> None:
    data = case() | {"verified_share_for_headline": 1.0}
    data["lines"][0] = cost_of("Een brief", 4, payer="municipality", role="outlay")
    data["prices"][0].update(status="second_hand", checked_on=None)
    assert "de kosten zijn gedekt als minder dan 1 % van het gemeten effect" in words(appraised(data)).lower()


def test_without_a_measured_benefit_no_chance_is_given() -> None:
    found = words(appraised(declared_only(status="verified")))
    assert "Geen enkele baat is gemeten" in found
    assert "kans tussen" not in found and "op deze meting" not in found and "ligt het tussen" not in found


def test_a_declared_margin_is_told_as_declared() -> None:
    data = declared_only(status="verified", low=6_000, high=12_000, distribution="gamma")
    assert "Binnen de opgegeven marges ligt het tussen" in words(appraised(data))


@pytest.mark.parametrize("is_double", [True, False])
def test_what_blocks_the_chapter_is_said_in_its_sentence(is_double: bool) -> None:
    data = case()
    data["lines"].append(line(case(), "care") | {"id": "again", "label": "Nog eens minder zorg"})
    if not is_double:
        data["lines"].pop()
    found = words(appraised(data))
    assert ("te weinig bewijs" in found) is False
    assert ("tellen dezelfde euro's twee keer. Haal er één weg" in found) is is_double
