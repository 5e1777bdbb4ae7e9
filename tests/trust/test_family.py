"""A p-value that is adjusted for other rows tells nothing of the few people who moved in those."""

from __future__ import annotations

import pandas as pd
import pytest
from municipality import change_table, clients
from plain_ledger import remembered

from indicators.change.adjusted import with_adjusted

HEADLINE = ["finances", "housing"]
WAS, MOVED = 0.03, 0.004  # the p-value of the row that is held, before and after a few people in it


def both(housing: pd.DataFrame, finances: pd.DataFrame, p_finances: float) -> pd.DataFrame:
    """Two life domains with 60 people each, of whom the p-values are given."""
    return pd.concat(
        [change_table(housing).assign(p_value=0.02), change_table(finances, "finances").assign(p_value=p_finances)],
        ignore_index=True,
    )


@pytest.fixture
def worlds(gate) -> list[pd.DataFrame]:
    """The same second release when nobody, and when three people moved in the domain that is held."""
    people = clients(5, [60])
    first = gate(both(people, people, WAS))
    more = people.assign(after=people["after"].where(people["client"] > 20, people["after"] % 5 + 1))
    few = people.assign(after=people["after"].where(people["client"] > 2, people["after"] % 5 + 1))
    known = remembered(first)
    found = [
        gate(both(more, finances, p_value), ledger=known).frame for finances, p_value in ((people, WAS), (few, MOVED))
    ]
    return [one[one["slice"] == "all"].reset_index(drop=True) for one in found]


def test_it_is_the_same_whatever_the_people_of_a_held_row_did(worlds: list[pd.DataFrame]) -> None:
    nobody, three = (with_adjusted(one, HEADLINE).set_index("life_domain")["p_adjusted"] for one in worlds)
    assert nobody["housing"] == three["housing"] == pytest.approx(0.04)


def test_adjusted_before_the_gate_it_would_tell_of_them(worlds: list[pd.DataFrame]) -> None:
    exact = [
        one.assign(p_value=one["p_value"].mask(one["life_domain"] == "finances", p_value))
        for one, p_value in zip(worlds, (WAS, MOVED), strict=True)
    ]
    nobody, three = (with_adjusted(one, HEADLINE).set_index("life_domain")["p_adjusted"] for one in exact)
    assert nobody["housing"] != three["housing"]


def test_a_test_that_is_not_shown_makes_no_other_one_look_stronger(worlds: list[pd.DataFrame]) -> None:
    shown = worlds[0]
    hidden = shown.assign(p_value=shown["p_value"].mask(shown["life_domain"] == "finances"))
    adjusted = with_adjusted(hidden, HEADLINE).set_index("life_domain")["p_adjusted"]
    assert adjusted["housing"] == pytest.approx(0.04) and pd.isna(adjusted["finances"])
    refused = with_adjusted(hidden.assign(refused_because=["te weinig", None]), HEADLINE)
    assert sorted(hidden["life_domain"]) == HEADLINE
    assert refused.set_index("life_domain")["p_adjusted"]["housing"] == pytest.approx(0.02)
