"""Which earlier state binds a cell, in rows that can be read at a glance."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from ledger_states import THEN, before, state

from data_contracts.contract import require
from data_contracts.errors import ContractBroken
from data_contracts.gate.ledger import DISTANCES, Before, bound_by


def bound(known: Before, n_clients: int = 60, *, is_known: bool = True, threshold: int = 10) -> pd.Series:
    cells = pd.DataFrame({"table_name": ["t"], "key": ["k"], "n_clients": [n_clients], "is_known": [is_known]})
    return bound_by(cells, known, np.array([threshold])).iloc[0]


@pytest.mark.parametrize(
    ("own", "beside", "n_gone", "expected"),
    [
        (0, 0, 0, "same"),
        (1, 1, 0, "near"),
        (9, 9, 0, "near"),
        (10, 10, 0, None),
        (0, 1, 0, "near"),
        (0, 9, 0, "near"),
        (0, 10, 0, "same"),
        (10, 30, 0, None),
        (9, 30, 0, "near"),
        (0, 0, 1, "near"),
        (5, 5, 4, "near"),
        (5, 5, 5, None),
        (0, 0, 10, None),
    ],
)
def test_a_state_binds_where_nobody_or_too_few_people_differ(
    own: int, beside: int, n_gone: int, expected: str | None
) -> None:
    found = bound(before(state(n_gone=n_gone), d={THEN: (own, beside)}))["bound"]
    assert found == expected if expected else pd.isna(found)


@pytest.mark.parametrize(("n_differ", "is_near"), [(10, True), (19, True), (20, False)])
def test_a_sensitive_life_domain_is_near_up_to_its_own_threshold(n_differ: int, is_near: bool) -> None:
    found = bound(before(state(), d={THEN: (n_differ, n_differ)}), threshold=20)["bound"]
    assert (found == "near") == is_near


@pytest.mark.parametrize(("n_now", "is_near"), [(60, True), (69, True), (51, True), (70, False), (50, False)])
@pytest.mark.parametrize("unknown", ["then", "now", "distance"])
def test_of_whom_nothing_is_known_at_least_as_many_differ_as_the_numbers_do(
    n_now: int, is_near: bool, unknown: str
) -> None:
    known = before(state(is_known=unknown != "then"), d={} if unknown == "distance" else {THEN: (0, 0)})
    found = bound(known, n_now, is_known=unknown != "now")["bound"]
    assert (found == "near") == is_near


@pytest.mark.parametrize(
    ("status", "n_differ", "expected"),
    [("too_few", 0, "same_few"), ("too_few", 3, None), ("secondary", 0, "same"), ("secondary", 3, "near"),
     ("refused", 3, "near"), ("banded", 3, "near")],
)  # fmt: skip
def test_what_was_too_small_to_show_binds_the_same_people_only(
    status: str, n_differ: int, expected: str | None
) -> None:
    found = bound(before(state(status=status), d={THEN: (n_differ, n_differ)}))
    assert found["bound"] == expected if expected else pd.isna(found["bound"])
    assert pd.isna(found["shows"]) == (status != "banded")


@pytest.mark.parametrize("n_differ", [0, 3, 500])
def test_a_closed_state_is_near_whoever_differs(n_differ: int) -> None:
    found = bound(before(state(is_closed=True), d={THEN: (n_differ, n_differ)}))
    assert found["bound"] == "near" and found["is_closed"]


def test_a_cell_that_nobody_saw_is_free() -> None:
    assert pd.isna(bound(before(state(key="another"), d={THEN: (0, 0)}))["bound"])
    assert pd.isna(bound(before(state(table_name="another"), d={THEN: (0, 0)}))["bound"])


def test_a_shown_state_that_is_near_binds_before_the_same_one_and_that_before_a_hidden_one() -> None:
    near, same, hidden = state("a"), state("b"), state("c", status="secondary")
    assert bound(before(same, near, d={"a": (3, 3), "b": (0, 0)}))["bound"] == "near"
    assert bound(before(hidden, same, d={"c": (3, 3), "b": (0, 0)}))["bound"] == "same"
    few = state("d", status="too_few")
    assert bound(before(few, hidden, d={"c": (3, 3), "d": (0, 0)}))["bound"] == "near"


def test_of_states_that_bind_alike_the_latest_does_and_what_it_was_rounded_to_goes_along() -> None:
    early = state("b", released_on=pd.Timestamp("2024-01-01"), rounded_to=10)
    late = state("a", released_on=pd.Timestamp("2025-01-01"))
    for order in ([early, late], [late, early]):
        found = bound(before(*order, d={"a": (3, 3), "b": (3, 3)}))
        assert (found["release_id"], found["shows_from"], found["rounded_to"]) == ("a", "a", 5)
    of_one_day = [state("a"), state("b", rounded_to=10)]
    assert bound(before(*of_one_day, d={"a": (3, 3), "b": (3, 3)}))["rounded_to"] == 10


def test_what_is_shown_instead_is_the_latest_that_stands_and_that_of_the_same_people_first() -> None:
    same, near = state("a"), state("b", released_on=pd.Timestamp("2026-01-01"))
    found = bound(before(same, near, d={"a": (0, 0), "b": (3, 3)}))
    assert (found["release_id"], found["shows_from"], found["stood"]) == ("b", "a", True)
    without = bound(before(same, near, d={"a": (0, 0), "b": (3, 3)}, withdrawn=("a",)))
    assert (without["shows_from"], without["stood"]) == ("b", True)
    neither = bound(before(same, near, d={"a": (0, 0), "b": (3, 3)}, withdrawn=("a", "b")))
    assert (neither["bound"], pd.isna(neither["shows"]), neither["stood"]) == ("near", True, False)


@pytest.mark.parametrize(("column", "least"), [("n_clients", 0), ("n_gone", 0), ("rounded_to", 1)])
def test_the_ledger_takes_the_least_number_that_can_be_and_none_below(column: str, least: int) -> None:
    assert len(before(state(**{column: least}), d={}).entries) == 1
    with pytest.raises(ContractBroken, match=column):
        before(state(**{column: least - 1}), d={})


def test_nobody_differs_is_the_least_distance_that_can_be() -> None:
    require(DISTANCES, before(state(), d={THEN: (0, 0)}).distances)
    for odd in ((-1, 0), (0, -1)):
        with pytest.raises(ContractBroken, match=r"n_differ|n_beside"):
            require(DISTANCES, before(state(), d={THEN: odd}).distances)
