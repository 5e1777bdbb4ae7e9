"""What a delivery does to the state before it: corrections, stale rows, and what is out of the ordinary."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from data_contracts.protection import Thresholds
from pipelines.records.unusual import moved_words, unusual
from pipelines.storage.receipts import Receipt
from tests.living.municipality import CASES, CLIENTS, EVENTS, PROVISIONS, TABLES, Delivery, Row, Spoiled, Step, Years
from tests.living.product import Product, product

TODAY = dt.date(2026, 1, 10)
ADDITION, COMPLETE = 1, 0  # how provisions are delivered (tests/living/municipality.py)


def provision(
    client: int, day: dt.date, amount: int = 100, *, product: str = "begeleiding", no: int | None = None
) -> Row:
    return {
        "client_no": client,
        "product": product,
        "law": "wmo",
        "started_on": day,
        "ended_on": dt.date(2025, 9, 1),
        "amount_eur": amount,
        "record_no": no,
    }


def delivery(name: str, rows: list[Row], spoiled: list[Spoiled] | None = None, as_at: str = "2026-01-01") -> Delivery:
    every = {table: rows if table == PROVISIONS else [] for table in TABLES}
    return Delivery(name, dt.date.fromisoformat(as_at), every, spoiled or [], [])


def received(root: Path, way: int, *deliveries: Delivery) -> Product:
    one = product(Years({each.name: each for each in deliveries}, [], way=way), root)
    for each in deliveries:
        one.does(Step("receive", each.name), TODAY)
    return one


def told(one: Product, key: str) -> dict[str, int]:
    return {str(name): int(n) for name, n in one.changes(key).loc[PROVISIONS].items() if n}


MAY = dt.date(2025, 5, 1)
OLD = [provision(client, MAY) for client in range(30)]


def test_with_a_number_of_the_system_a_corrected_day_and_client_are_one_changed_record(tmp_path: Path) -> None:
    first = delivery("a", [provision(1, MAY, no=7), provision(2, MAY, no=8)], as_at="2025-07-01")
    later = delivery("b", [provision(1, dt.date(2025, 6, 1), no=7), provision(3, MAY, no=8)])
    one = received(tmp_path, ADDITION, first, later)
    assert told(one, "b") == {"n_changed": 2}
    assert sorted(row[1] for row in one.state(PROVISIONS)) == [1, 3]


def test_without_a_number_an_addition_that_corrects_one_field_of_the_key_is_counted(tmp_path: Path) -> None:
    moved = [provision(1, dt.date(2025, 5, 9)), provision(2, MAY, product="schuldhulp")]
    others = [provision(3, dt.date(2025, 5, 9), 250), provision(4, dt.date(2025, 5, 9), product="schuldhulp")]
    one = received(tmp_path, ADDITION, delivery("a", OLD, as_at="2025-07-01"), delivery("b", [*moved, *others]))
    assert told(one, "b") == {"n_new": 4, "n_equal": 30, "n_moved": 2}
    assert "2 nieuwe lijken op een correctie" in moved_words(one.changes("b").reset_index())[0]


def test_a_record_whose_new_row_is_set_aside_stays_and_is_counted(tmp_path: Path) -> None:
    aside = [Spoiled(PROVISIONS, 0, None, MAY, "begeleiding"), Spoiled(PROVISIONS, 1, None, None, None)]
    one = received(tmp_path, COMPLETE, delivery("a", OLD, as_at="2025-07-01"), delivery("b", OLD[3:], aside))
    assert told(one, "b") == {"n_gone": 1, "n_equal": 29, "n_stale": 2}
    assert {row[1] for row in one.state(PROVISIONS)} == {0, 1, *range(3, 30)}
    assert "2 blijven zoals eerder geleverd" in moved_words(one.changes("b").reset_index())[0]


def test_changes_are_told_per_half_year_and_a_late_delivery_changes_little(tmp_path: Path) -> None:
    late = delivery("late", [provision(0, MAY, 999), provision(1, dt.date(2024, 12, 1), 50)], as_at="2025-06-01")
    one = received(tmp_path, ADDITION, delivery("a", OLD, as_at="2025-07-01"), late)
    assert told(one, "late") == {"n_new": 1, "n_equal": 30}
    from pipelines.records.changes import changes

    half_years = changes(one.connection, one.place, "late").set_index("half_year")
    assert half_years["n_new"].to_dict() == {"2024-2": 1, "2025-1": 0}


def reasons(one: Product, key: str, **changed: str) -> list[str]:
    receipt = one.receipts.of(key)
    assert isinstance(receipt, Receipt)
    from pipelines.records.changes import changes

    found = unusual(one.connection, one.place, replace(receipt, **changed), changes(one.connection, one.place, key))
    return [text for _, text in found]


def limits(one: Product, **shares: float) -> Product:
    study = one.place.files.study.model_copy(update={"thresholds": Thresholds(**shares)})
    return replace(one, place=replace(one.place, files=replace(one.place.files, study=study)))


@pytest.mark.parametrize(
    ("later", "share", "words"),
    [
        (OLD[12:], "max_gone_share", "12 van de 30 voorzieningen staan er niet meer in; dat is meer dan 10%"),
        (
            [row | {"amount_eur": 1_000} for row in OLD],
            "max_changed_share",
            "30 van de 30 voorzieningen zijn veranderd",
        ),
    ],
)
def test_more_gone_or_changed_than_the_study_allows_is_out_of_the_ordinary(
    tmp_path: Path, later: list[Row], share: str, words: str
) -> None:
    one = received(tmp_path, COMPLETE, delivery("a", OLD, as_at="2025-07-01"), delivery("b", later))
    assert words in reasons(limits(one, **{share: 0.1}), "b")[0]
    assert reasons(limits(one, **{share: 1.0}), "b") == []


def test_an_addition_of_rows_that_look_like_corrections_is_out_of_the_ordinary(tmp_path: Path) -> None:
    again = [row | {"started_on": MAY + dt.timedelta(days=3)} for row in OLD]
    one = received(tmp_path, ADDITION, delivery("a", OLD, as_at="2025-07-01"), delivery("b", again))
    assert "30 van de 30 nieuwe voorzieningen lijken op een correctie" in reasons(one, "b")[0]


def test_an_extract_date_after_the_receipt_or_before_its_records_is_out_of_the_ordinary(tmp_path: Path) -> None:
    events = [{"client_no": 1, "occurred_on": MAY, "event_kind": "melding", "record_no": None}]
    later = replace(delivery("a", []), rows={**delivery("a", []).rows, EVENTS: events, CASES: [], CLIENTS: []})
    one = received(tmp_path, ADDITION, later)
    assert "na de ontvangst (2026-01-10)" in reasons(one, "a", as_at="2062-01-01")[0]
    assert "1 van de 1 gebeurtenissen zijn van na de peildatum" in reasons(one, "a", as_at="2025-03-01")[0]
    assert reasons(one, "a") == []


def test_a_day_of_receipt_before_that_of_an_earlier_delivery_is_out_of_the_ordinary(tmp_path: Path) -> None:
    one = received(tmp_path, ADDITION, delivery("a", OLD[:5]), delivery("b", OLD[5:9]))
    for receipt in one.receipts.all():
        one.receipts.put(replace(receipt, as_at=""))
    assert reasons(one, "b", as_at="") == []
    assert "een van die dagen klopt niet" in reasons(one, "b", as_at="", received_on="2020-01-01")[0]


def test_two_deliveries_that_contradict_on_one_extract_date_are_named_with_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.records.unusual._files", lambda _place, key, _table: f"'{key}.csv'")
    one = received(tmp_path, ADDITION, delivery("a", OLD[:3]), delivery("b", [provision(0, MAY, 5), OLD[1]]))
    (text,) = reasons(one, "b")
    assert "over 1 voorzieningen" in text
    assert "'a.csv' en 'b.csv'" in text
    same = received(tmp_path / "same", ADDITION, delivery("a", OLD[:3]), delivery("b", OLD[1:5]))
    assert reasons(same, "b") == []


def test_a_delivery_of_the_same_name_is_compared_with_the_one_that_it_replaces(tmp_path: Path) -> None:
    one = received(tmp_path, ADDITION, delivery("a", OLD), delivery("b", [OLD[0] | {"amount_eur": 7}, *OLD[1:20]]))
    receipt = one.receipts.of("b")
    assert receipt is not None
    one.receipts.put(replace(receipt, name="a", status="new"))
    assert told(one, "b") == {"n_changed": 1, "n_equal": 19, "n_gone": 10}


def test_what_still_ran_may_change_without_a_word(tmp_path: Path) -> None:
    running = [row | {"ended_on": None} for row in OLD]
    later = [row | {"amount_eur": 200} for row in running[:15]] + [row | {"amount_eur": 300} for row in OLD[15:]]
    one = received(tmp_path, COMPLETE, delivery("a", running, as_at="2025-07-01"), delivery("b", later))
    assert told(one, "b") == {"n_changed": 30, "n_ran_on": 30}
    assert reasons(limits(one, max_changed_share=0.1), "b") == []
