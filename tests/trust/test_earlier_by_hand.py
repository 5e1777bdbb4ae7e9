"""What an earlier state decides about a row that is about to leave, and what the ledger then remembers."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
from ledger_states import CHANGE, NO_MEANS, SHOWN, STATUSES, THEN, before, state
from municipality import SLICES, one_block

from data_contracts.contract import canonical
from data_contracts.gate.disclosure import exact_table
from data_contracts.gate.earlier import Earlier, cells_of, earlier_rows, shown_again
from data_contracts.gate.figures import released_figures
from data_contracts.gate.ledger import Before
from data_contracts.gate.specs import SPECS
from data_contracts.gate.table import Part, Row
from data_contracts.protection import Thresholds


def people(*groups: tuple[str, int], life_domain: str = "housing") -> pd.DataFrame:
    """'all' and teams, of each a third that rose."""
    rows = [("all", "all", sum(n for _, n in groups)), *(("team", name, n) for name, n in groups)]
    return one_block([(slice_, name, n, n // 3, n - 2 * (n // 3), n // 3) for slice_, name, n in rows], life_domain)


def decided(exact: pd.DataFrame, known: Before) -> Earlier:
    """What the states that are known of the first row of `exact` decide about it."""
    table = exact_table(CHANGE, exact, Thresholds(), {}, SLICES)
    cells = cells_of(CHANGE, exact, known).assign(rounded_to=5)
    return earlier_rows(CHANGE, cells, known, table, 5)


def of_all(exact: pd.DataFrame, n_differ: int, **known: object) -> Before:
    """A ledger that knows one state of the row 'all'."""
    cells = cells_of(CHANGE, exact, Before())
    row = exact.iloc[0]
    mine = state(table_name=CHANGE.result.name, key=cells["key"].iloc[0], **known)
    found = before(mine, d={THEN: (n_differ, n_differ)})
    return Before(found.entries, found.distances, counted={CHANGE.cell(row.to_dict()): int(row["n_clients"])})


EXACT = people(("Noord", 60))


@pytest.mark.parametrize("status", ["released", "too_few"])
def test_what_was_told_of_the_same_people_still_holds(status: str) -> None:
    told = [[58, 60], *[[0, 62]] * (len(CHANGE.counts) - 1)]
    first = decided(EXACT, of_all(EXACT, 0, told=json.dumps(told), status=status)).first
    assert (first.told_low[0].tolist(), first.told_high[0].tolist()) == ([58, 0, 0, 0, 0, 0], [60, *[62] * 5])
    assert first.told_low[1].tolist() == [0] * 6 and (first.told_high[1] > 200).all()


@pytest.mark.parametrize("n_differ", [3, 30])
def test_what_was_told_of_other_people_tells_nothing(n_differ: int) -> None:
    told = [[58, 60], *[[20, 21]] * (len(CHANGE.counts) - 1)]
    first = decided(EXACT, of_all(EXACT, n_differ, told=json.dumps(told))).first
    assert first.told_low[0, 0] == 0 and first.told_high[0, 0] > 200
    assert (first.told_low < 20).all() and (first.told_high > 21).all()
    assert not first.told_low.any() or n_differ == 3


@pytest.mark.parametrize("of_clients", [[61, 70], [50, 59]])
def test_bounds_that_another_way_of_computing_made_untrue_are_forgotten_whole(of_clients: list[int]) -> None:
    told = [of_clients, *[[0, 62]] * (len(CHANGE.counts) - 1)]
    first = decided(EXACT, of_all(EXACT, 0, told=json.dumps(told))).first
    assert not first.told_low.any() and (first.told_high > 200).all()


@pytest.mark.parametrize("of_clients", [[60, 70], [50, 60]])
def test_bounds_that_just_hold_are_kept(of_clients: list[int]) -> None:
    told = [of_clients, *[[0, 62]] * (len(CHANGE.counts) - 1)]
    first = decided(EXACT, of_all(EXACT, 0, told=json.dumps(told))).first
    assert [first.told_low[0, 0], first.told_high[0, 0]] == of_clients


@pytest.mark.parametrize(
    ("life_domain", "rounded_to", "expected"),
    [("housing", 5, (49, 71)), ("housing", 10, (46, 73)), ("justice", 5, (39, 81))],
)
def test_a_held_row_has_at_most_so_many_others_as_are_too_few(
    life_domain: str, rounded_to: int, expected: tuple[int, int]
) -> None:
    exact = people(("Noord", 61), life_domain=life_domain)
    first = decided(exact, of_all(exact, 3, rounded_to=rounded_to)).first
    assert first.row.tolist() == [Row.HELD, Row.SHOWN]
    assert (first.held_low[0], first.held_high[0]) == expected
    assert not first.public.any()


@pytest.mark.parametrize(
    ("shown", "status", "expected"),
    [(20, "shown", (9, 31)), (10, "shown", (0, 21)), (None, "below", (0, 18)), (None, "hidden", None)],
)
def test_the_parts_of_a_held_row_lie_as_near_to_what_was_shown_of_them(
    shown: int | None, status: str, expected: tuple[int, int] | None
) -> None:
    """Twenty of sixty rose now. Nine others at most, and two by rounding; a small part had nine at most."""
    small = people(("Noord", 60)).assign(n_up=15, n_equal=25, n_down=20)
    then = SHOWN | STATUSES | NO_MEANS | {"n_up": shown, "n_up_status": status}
    first = decided(small, of_all(small, 3, row=json.dumps(then))).first
    top = 2 * 60 + 100
    assert (first.told_low[0, 1], first.told_high[0, 1]) == (expected or (0, top))
    assert (first.told_low[0, 0], first.told_high[0, 0]) == (0, top)  # of the clients themselves the row tells
    assert not first.public[0].any() and not first.told_low[1].any()


@pytest.mark.parametrize(("n_up", "is_kept"), [(31, True), (32, False), (9, True), (8, False)])
def test_a_part_that_lies_further_off_than_a_few_people_is_not_bound(n_up: int, is_kept: bool) -> None:
    """Of whom it is not known who contributes, more may differ than the numbers do."""
    moved = people(("Noord", 60)).assign(n_up=n_up, n_equal=60 - n_up - 15, n_down=15)
    first = decided(moved, of_all(moved, 3, row=json.dumps(SHOWN | STATUSES | NO_MEANS))).first
    assert (first.told_high[0, 1] == 31) == is_kept and (first.told_low[0, 1] == 9) == is_kept


def test_in_a_closed_cell_there_may_be_any_number_of_other_people_and_never_fewer_than_nobody() -> None:
    first = decided(EXACT, of_all(EXACT, 0, is_closed=True)).first
    assert first.row[0] == Row.HELD
    assert first.held_low[0] == 0 and first.held_high[0] > 200


@pytest.mark.parametrize(("status", "row"), [("secondary", Row.SECONDARY), ("refused", Row.REFUSED)])
@pytest.mark.parametrize("n_differ", [0, 3])
def test_what_was_hidden_to_protect_another_is_hidden_again(status: str, row: Row, n_differ: int) -> None:
    hidden = json.dumps({name: None for name in SHOWN} | STATUSES | NO_MEANS)
    assert decided(EXACT, of_all(EXACT, n_differ, status=status, row=hidden)).first.row.tolist() == [row, Row.SHOWN]
    few = people(("Noord", 9))
    assert decided(few, of_all(few, 0, n_clients=9, status=status, row=hidden)).first.row[0] == Row.TOO_FEW


def test_what_was_shown_of_the_same_people_is_public_and_what_was_hidden_of_them_stays_so() -> None:
    then = SHOWN | STATUSES | {"n_up": None, "n_up_status": "hidden", "n_down": None, "n_down_status": "below"}
    means = {"mean_before": None, "mean_after": 2.1, "mean_change": None}
    first = decided(EXACT, of_all(EXACT, 0, row=json.dumps(then | means))).first
    assert first.public[0].tolist() == [True, False, True, False, True, True]
    assert first.part[0, 1:4].tolist() == [Part.HIDDEN, Part.SHOWN, Part.SHOWN]
    assert first.means.tolist() == [True, True]
    without = decided(EXACT, of_all(EXACT, 0, row=json.dumps(then | NO_MEANS))).first
    assert without.means.tolist() == [False, True]


def left(exact: pd.DataFrame, earlier: Earlier) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table and what the ledger is to remember, where no audit hides more."""
    table = exact_table(CHANGE, exact, Thresholds(), {}, SLICES)
    frame = released_figures(CHANGE, exact, table, earlier.first, 5)
    told = np.zeros_like(table.counts), np.full_like(table.counts, 10_000)
    cells = cells_of(CHANGE, exact, Before()).assign(rounded_to=5)
    return shown_again(CHANGE, frame, cells, earlier, told)


def whole_row(**changed: object) -> str:
    """The row 'all' as the ledger keeps it, in all its figures."""
    frame, _ = left(EXACT, decided(EXACT, before(state(key="another"), d={})))
    figures = frame[[name for name in frame.columns if name not in CHANGE.key]].iloc[[0]]
    (row,) = figures.astype(object).where(figures.notna(), None).to_dict("records")
    return canonical(row | changed)


def test_a_row_to_hold_shows_its_earlier_figures_and_from_when_and_is_not_remembered_again() -> None:
    frame, cells = left(EXACT, decided(EXACT, of_all(EXACT, 3, row=whole_row(n_clients=65))))
    assert frame[["status", "n_clients"]].to_numpy().tolist() == [["held", 65], ["released", 60]]
    assert frame["held_from"].tolist()[0] == THEN and pd.isna(frame["held_from"].iloc[1])
    assert cells["is_new"].tolist() == [False, True]
    assert cells["shown_from"].iloc[0] == THEN and pd.isna(cells["shown_from"].iloc[1])


def test_a_row_to_hold_of_which_nothing_stands_says_that_it_was_withdrawn() -> None:
    known = of_all(EXACT, 3, row=whole_row())
    gone = Before(known.entries, known.distances, frozenset({THEN}), known.counted)
    frame, cells = left(EXACT, decided(EXACT, gone))
    assert frame["status"].tolist() == ["withdrawn", "released"]
    assert frame.loc[0, ["n_clients", "n_up", "held_from"]].isna().all()
    assert cells["is_new"].tolist() == [False, True]


def test_a_held_row_and_a_withdrawn_one_beside_it_are_told_apart() -> None:
    exact = people(("Noord", 60), life_domain="housing")
    keys = cells_of(CHANGE, exact, Before())["key"]
    states = [
        state(at, table_name=CHANGE.result.name, key=key, row=whole_row())
        for at, key in zip(("a", "b"), keys, strict=True)
    ]
    counted = {CHANGE.cell(row): 60 for row in exact.to_dict("records")}
    found = before(*states, d={"a": (3, 3), "b": (3, 3)}, withdrawn=("b",))
    known = Before(found.entries, found.distances, found.withdrawn, counted)
    frame, _ = left(exact, decided(exact, known))
    assert frame["status"].tolist() == ["held", "withdrawn"]


@pytest.mark.parametrize(
    ("changed", "told", "is_new"),
    [({}, [[0, 10_000]] * 6, False), ({"n_clients": 65}, [[0, 10_000]] * 6, True), ({}, [[58, 62]] * 6, True)],
)
def test_the_same_people_are_remembered_again_only_where_they_show_or_tell_something_else(
    changed: dict[str, int], told: list[list[int]], is_new: bool
) -> None:
    _, cells = left(EXACT, decided(EXACT, of_all(EXACT, 0, row=whole_row(**changed), told=json.dumps(told))))
    assert cells["is_new"].iloc[0] == is_new


def test_it_is_known_who_contributes_where_their_number_is_that_of_the_row() -> None:
    at_all = CHANGE.cell(EXACT.iloc[0].to_dict())
    numbers = (59, 60, 61)
    own = [cells_of(CHANGE, EXACT, Before(counted={at_all: n}))["is_known"].tolist() for n in numbers]
    assert own == [[False, False], [True, False], [False, False]]
    estimate = SPECS["out_effects__estimates"]
    row = {"estimate_id": "e", "n_clients": 60} | {name: "x" for name in estimate.key if name != "estimate_id"}
    exact = pd.DataFrame([row])
    leaning = [cells_of(estimate, exact, Before(counted={estimate.cell(row): n}))["is_known"].tolist() for n in numbers]
    assert leaning == [[False], [True], [True]]  # it rests on others besides those whom it counts


def test_the_ledger_keeps_which_rows_were_too_small_and_from_when_only_what_is_repeated() -> None:
    exact = people(("Noord", 9), ("Zuid", 60))
    _, cells = left(exact, decided(exact, before(state(key="another"), d={})))
    assert cells["status"].tolist() == ["released", "too_few", "released"]
    assert cells["shown_from"].isna().all() and cells["is_new"].all()
    _, cells = left(EXACT, decided(EXACT, of_all(EXACT, 30, row=whole_row())))
    assert cells["shown_from"].isna().all() and cells["is_new"].all()
    _, cells = left(EXACT, decided(EXACT, of_all(EXACT, 0, row=whole_row())))
    assert cells["shown_from"].iloc[0] == THEN and pd.isna(cells["shown_from"].iloc[1])
