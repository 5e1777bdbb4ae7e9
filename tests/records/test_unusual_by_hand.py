"""Shares and sentences about a delivery beside the last one, at the number where each of them turns."""

from __future__ import annotations

import datetime as dt
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import pandas as pd
import pytest

from data_contracts.errors import DeliveryRefused
from data_contracts.mapping.steps import Delivers
from data_contracts.protection import Thresholds
from data_contracts.vocabulary.reasons import RefusalKind
from pipelines.records import beside_the_last
from pipelines.records.again import Again
from pipelines.records.standing import MAPPED
from pipelines.records.unusual import _moved, _shares, _shares_of_kind, half_year_words, moved_words, require_ordinary
from pipelines.storage.acts import TAKE
from pipelines.storage.receipts import Receipt, Receipts

TABLE = "core_provisions__use"
LIMITS = Thresholds()  # a quarter may go, half may change
COMPLETE, ADDITION = Delivers(kind="complete", period_by="started_on"), Delivers(kind="addition")


def counts(gone: int = 0, changed: int = 0, equal: int = 0, ran_on: int = 0, **other: object) -> dict[str, object]:
    row = {"table_name": TABLE, "half_year": "2025-1", "n_gone": gone, "n_changed": changed, "n_equal": equal}
    return row | {"n_ran_on": ran_on, "n_moved": 0, "n_stale": 0} | other


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (counts(gone=35, equal=65), False),  # a quarter of a hundred, and ten by chance
        (counts(gone=36, equal=64), True),
        (counts(changed=60, equal=40), False),
        (counts(changed=61, equal=39), True),
        (counts(changed=70, equal=30, ran_on=10), False),  # what still ran is meant to change
        (counts(changed=71, equal=29, ran_on=10), True),
        (counts(gone=19), False),  # of so few a share says nothing
        (counts(gone=20), True),
        (counts(gone=10, changed=9), False),
        (counts(equal=1_000), False),
    ],
)
def test_a_share_is_out_of_the_ordinary_beyond_its_limit_and_what_chance_brings(
    row: dict[str, object], told: bool
) -> None:
    assert bool(_shares(row, LIMITS)) == told


def test_what_is_out_of_the_ordinary_is_said_with_its_numbers_and_its_half_year() -> None:
    (gone,) = _shares(counts(gone=40, equal=60), LIMITS)
    assert (
        gone == "40 van de 100 voorzieningen uit de eerste helft van 2025 staan er niet meer in; dat is meer dan 25%."
    )
    (changed,) = _shares(counts(changed=70, equal=30, half_year=""), LIMITS)
    assert changed == "70 van de 100 voorzieningen zijn veranderd; dat is meer dan 50%."
    assert len(_shares(counts(gone=1_000, changed=4_000, equal=0), LIMITS)) == 1
    assert len(_shares(counts(gone=400, changed=600), LIMITS)) == 2
    assert half_year_words("2024-2") == "de tweede helft van 2024"


def test_the_whole_of_a_kind_speaks_before_its_half_years() -> None:
    everywhere = pd.DataFrame([counts(gone=40, equal=60), counts(gone=40, equal=60, half_year="2025-2")])
    (told,) = _shares_of_kind(everywhere, LIMITS)
    assert told.startswith("80 van de 200 voorzieningen staan er niet meer in")
    somewhere = pd.DataFrame([counts(gone=40, equal=60), counts(equal=400, half_year="2025-2")])
    (told,) = _shares_of_kind(somewhere, LIMITS)
    assert told.startswith("40 van de 100 voorzieningen uit de eerste helft van 2025")


def test_what_looks_like_a_correction_and_what_was_set_aside_are_counted_in_words() -> None:
    frame = pd.DataFrame([counts(n_moved=1), counts(n_moved=0, n_stale=1)])
    assert [text.split(":")[1].split(" op ")[0].split(" zoals")[0] for text in moved_words(frame)] == [
        " 1 nieuwe lijkt",
        " 1 blijft",
    ]
    several = moved_words(pd.DataFrame([counts(n_moved=1), counts(n_moved=1, n_stale=2)]))
    assert "2 nieuwe lijken" in several[0] and "2 blijven" in several[1]
    assert moved_words(pd.DataFrame([counts()])) == []


def beside(n_before: int, n_again: int, delivers: Delivers | None = None, n_changed: int = 0) -> Again:
    return Again(TABLE, delivers, n_before, n_again, 5, n_changed)


@pytest.mark.parametrize(("n_again", "is_complete"), [(51, True), (50, False), (0, False)])
def test_a_delivery_is_complete_where_more_than_half_is_here_again(n_again: int, is_complete: bool) -> None:
    assert beside(100, n_again).is_complete == is_complete
    looks = "een volledige levering" if is_complete else "een aanvulling"
    assert f"{n_again} van de 100 uit de vorige levering" in beside(100, n_again).sentence
    assert f"dit lijkt {looks}" in beside(100, n_again).sentence


def test_nothing_is_said_of_few_records_or_of_what_was_declared() -> None:
    assert beside(19, 19).sentence == "" != beside(20, 19).sentence
    assert beside(100, 100, COMPLETE).sentence == ""


@pytest.mark.parametrize(
    ("delivers", "n_before", "n_again", "differs"),
    [
        (COMPLETE, 100, 50, True),
        (COMPLETE, 100, 51, False),
        (ADDITION, 100, 51, True),
        (ADDITION, 100, 50, False),
        (COMPLETE, 19, 0, False),
        (COMPLETE, 20, 0, True),
        (None, 100, 0, False),
    ],
)
def test_what_was_declared_is_held_against_what_was_measured(
    delivers: Delivers | None, n_before: int, n_again: int, differs: bool
) -> None:
    told = beside(n_before, n_again, delivers).disagreement
    assert bool(told) == differs
    if told:
        assert f"van de {n_before} uit de vorige levering staan er {n_again} weer in" in told
        assert ("volledig geleverd" in told) == (delivers == COMPLETE)


def test_of_one_day_two_deliveries_contradict_in_what_changed_and_in_what_a_complete_one_leaves_out() -> None:
    assert beside(100, 90, COMPLETE, n_changed=3).n_contradicted == 13
    assert beside(100, 90, ADDITION, n_changed=3).n_contradicted == 3
    assert beside(100, 90, None, n_changed=3).n_contradicted == 3


def moved(n_new: int, n_moved: int, delivers: Delivers | None = ADDITION, table: str = TABLE) -> list[str]:
    """What is said of new records of one kind that look like corrections."""
    files = [SimpleNamespace(table=MAPPED[table], delivers=delivers)]
    place = SimpleNamespace(files=SimpleNamespace(mapping=SimpleNamespace(every_file=files)))
    frame = pd.DataFrame([counts(n_new=n_new, n_moved=n_moved, table_name=table)])
    return _moved(place, frame, LIMITS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("n_new", "n_moved", "told"), [(100, 20, False), (100, 21, True), (20, 5, True), (19, 19, False)]
)
def test_of_an_addition_one_new_record_in_five_may_look_like_a_correction(n_new: int, n_moved: int, told: bool) -> None:
    said = moved(n_new, n_moved)
    assert bool(said) == told
    assert not told or said[0].startswith(f"{n_moved} van de {n_new} nieuwe voorzieningen lijken op een correctie")


def test_of_a_complete_delivery_and_of_what_happens_often_nothing_is_said() -> None:
    assert moved(100, 90, COMPLETE) == moved(100, 90, None) == []
    assert moved(100, 90, table="core_events__incidents") == []


@pytest.mark.parametrize("is_taken", [True, False])
def test_a_delivery_stops_with_all_its_reasons_until_a_person_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_taken: bool
) -> None:
    receipts = Receipts(tmp_path)
    receipts.receive("q1-aa", "q1", tmp_path, dt.date(2026, 1, 1))
    if is_taken:
        receipts.acts.add(TAKE, "q1-aa", "W. de Wit", "nagekeken bij de bron", dt.date(2026, 1, 2))
    reasons = [(RefusalKind.DELIVERS, "het eerste."), (RefusalKind.UNUSUAL, "het tweede.")]
    monkeypatch.setattr("pipelines.records.unusual.unusual", lambda *_: reasons)
    place = SimpleNamespace(home=SimpleNamespace(receipts=tmp_path))
    ask = partial(require_ordinary, duckdb.connect(), place, "q1-aa", pd.DataFrame())
    if is_taken:
        ask()
        return
    with pytest.raises(DeliveryRefused) as caught:
        ask()
    first, last = caught.value.every
    assert (first.what, first.do, first.kind) == ("het eerste.", "", RefusalKind.DELIVERS)
    assert last.what == "het tweede." and "deliveries take STUDIE q1-aa" in last.do
    monkeypatch.setattr("pipelines.records.unusual.unusual", lambda *_: [])
    ask()


def absent(n_before: int, delivers: Delivers | None = None) -> Again:
    return Again("core_provisions__use", delivers, n_before, 0, 0, 0)


@pytest.mark.parametrize("delivers", [None, COMPLETE, ADDITION])
def test_a_kind_of_which_a_delivery_holds_nothing_is_told_of_and_stops_nothing(delivers: Delivers | None) -> None:
    told = absent(120, delivers)
    assert told.is_absent and told.disagreement == ""
    assert told.sentence.startswith("voorzieningen: daarvan zit niets in deze levering; in de vorige waren het er 120.")
    assert not beside(100, 0).is_absent


@pytest.mark.parametrize(
    ("other", "kind", "is_told"),
    [
        (beside(100, 90), absent(120), True),
        (beside(100, 90), absent(19), False),
        (beside(100, 10), absent(120), False),
        (beside(19, 19), absent(120), False),
    ],
)
def test_a_forgotten_file_is_looked_for_where_the_rest_of_the_delivery_is_whole(
    other: Again, kind: Again, is_told: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipts = Receipts(tmp_path / "receipts")
    for order, name in enumerate(("een", "twee"), start=1):
        receipts.put(Receipt(name, name, "/weg", f"2026-01-0{order}", order, "accepted", "f"))
    monkeypatch.setattr(beside_the_last, "_every_kind", lambda *_: [other, kind])
    monkeypatch.setattr(beside_the_last, "_holding", lambda *_: "een")
    place: Any = SimpleNamespace(home=SimpleNamespace(receipts=tmp_path / "receipts"))
    assert (kind in beside_the_last.beside_the_last(None, place, "twee")) == is_told  # type: ignore[arg-type]
    assert beside_the_last.beside(None, place, "een", "twee") == [other]  # type: ignore[arg-type]
    assert beside_the_last.beside_the_last(None, place, "een") == []  # type: ignore[arg-type]
