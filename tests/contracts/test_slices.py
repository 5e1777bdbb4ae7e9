"""Slices as data: each says into what it merges, on which ground, and what is stored for it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from data_contracts.errors import RulesBroken
from data_contracts.slices import Slice, broader_groups, chain_of, require_whole, stored, unused_columns

GROUND = "besluit van de functionaris gegevensbescherming"
ALL, COHORT = Slice(name="all"), Slice(name="cohort", merges_into="all")
BROAD = Slice(name="area_broad", merges_into="all", ground=GROUND, groups={"noord": ["A", "B"], "zuid": ["C"]})
AREA = Slice(name="area", merges_into="area_broad", ground=GROUND, shown="asked", threshold=15)
PAIR = Slice(name="area+cohort", merges_into="area", ground=GROUND)


def test_a_small_group_is_read_in_a_broader_one_up_to_everybody() -> None:
    slices = [ALL, COHORT, BROAD, AREA, PAIR]
    require_whole(slices)
    assert chain_of(slices, "area+cohort") == ("area", "area_broad", "all")
    assert broader_groups(slices) == {("area", "area_broad"): {"A": "noord", "B": "noord", "C": "zuid"}}


def test_what_no_slice_divides_by_is_not_stored() -> None:
    assert unused_columns("clients", [ALL, COHORT]) == ["household", "target_group", "area", "referred_by"]
    assert unused_columns("provisions", [ALL]) == ["provider"]
    assert unused_columns("clients", [ALL, COHORT, BROAD, AREA]) == ["household", "target_group", "referred_by"]
    assert stored([ALL, BROAD, PAIR, COHORT]) == {"area", "cohort"}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"name": "wijk"}, "geen indeling die het programma kent"),
        ({"name": "area", "merges_into": "all"}, "daarvoor is een grondslag nodig"),
        ({"name": "cohort+area", "ground": GROUND}, "heeft alleen de eerste eigen namen"),
        ({"name": "team+age_band", "ground": GROUND}, "een wijkteam alleen met een jaar"),
        ({"name": "area_broad", "ground": GROUND}, "groups zegt welke groepen samen"),
        ({"name": "area_broad", "ground": GROUND, "groups": {"a": ["A"], "b": ["A"]}}, "staat in twee ruimere"),
        ({"name": "area", "ground": GROUND, "threshold": 5}, "threshold"),
    ],
)
def test_a_slice_that_may_not_be_is_refused(given: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError) as error:
        Slice(**given)
    cause = error.value.errors()[0]
    words = cause.get("ctx", {}).get("error")
    assert told in (str(words) if words else str(cause))


@pytest.mark.parametrize(
    ("slices", "told"),
    [
        (
            [ALL, Slice(name="team", merges_into="team_type"), Slice(name="team_type", merges_into="team")],
            "in een kring",
        ),
        ([ALL, AREA], "geen indeling van deze studie"),
        ([ALL, COHORT, PAIR.model_copy(update={"merges_into": "cohort"})], "staat niet zelf onder slices"),
    ],
)
def test_slices_that_do_not_fit_each_other_are_refused(slices: list[Slice], told: str) -> None:
    with pytest.raises(RulesBroken) as error:
        require_whole(slices)
    assert told in str(error.value)
