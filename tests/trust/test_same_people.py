"""What holds of everybody who is compared between two moments, by the names of who is counted."""

from __future__ import annotations

from data_contracts.gate.same_people import at_most_of

PAIR = ("zrm", "housing", "first", "m12")
BY = ("edwards_nunnally", "0.89")


def named(*kinds: str) -> set:
    reliable = {"n_recovered", "n_improved", "n_worse", "n_relapsed"}
    return {((one, *PAIR, *(BY if one in reliable else ())), "all", "all") for one in kinds}


def told(*kinds: str) -> set[tuple[tuple[str, ...], tuple[str, ...]]]:
    found = at_most_of(named(*kinds))
    return {(tuple(one[0][0] for one in less), tuple(one[0][0] for one in more)) for less, more in found}


def test_who_became_sufficient_rose_and_who_relapsed_was_sufficient() -> None:
    assert told("before", "after", "n_up") == {(("after",), ("before", "n_up"))}
    assert told("before", "n_relapsed") == {(("n_relapsed",), ("before",))}
    assert told("n_recovered", "n_improved", "n_up") == {(("n_recovered", "n_improved"), ("n_up",))}
    assert told("pair", "before", "n_at_floor") == {(("n_at_floor", "before"), ("pair",))}


def test_a_rule_of_which_a_count_does_not_stand_there_says_nothing() -> None:
    assert told("after", "n_up") == told("n_up", "n_down", "pair") == set()
