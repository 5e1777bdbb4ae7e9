"""Small rules of what is published and remembered, each by itself: who decides, what counts, and what still stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from data_contracts.errors import GateRefused
from data_contracts.vocabulary.errata import Cause
from pipelines.releases import deciding, errata, ledger, ledger_links, steps_done
from pipelines.releases.csv_text import csv_text
from pipelines.releases.documents import follows
from pipelines.releases.known_on import _as_it_stood
from pipelines.releases.ledger_links import Link
from pipelines.storage.acts import TAKE, Act
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipt
from pipelines.storage.whole import MANIFEST
from reports.released.since import Since

DAY = dt.date(2026, 2, 1)


@pytest.mark.parametrize("kind", ["category", "str", "object"])
def test_a_text_that_a_spreadsheet_would_compute_has_an_apostrophe_whatever_its_column_is(kind: str) -> None:
    frame = pd.DataFrame({"what": pd.Series(["=1+1", "gewoon"]).astype(kind), "n": [-1, 2]})
    assert csv_text(frame).splitlines() == ["what;n", "'=1+1;-1", "gewoon;2"]


@pytest.mark.parametrize(
    ("decision", "told"), [("approve", ["join"]), ("reject", ["join"]), ("withdraw", ["was_read"])]
)
def test_who_approves_lets_a_release_join_the_ledger_and_who_withdraws_says_that_it_was_read(
    decision: str, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    for name in ("join", "was_read"):
        monkeypatch.setattr(deciding, name, lambda *_, name=name: seen.append(name))
    monkeypatch.setattr(deciding, "decide", lambda *given: given)
    home = Home(tmp_path / "home")
    home.prepare()
    study: Any = SimpleNamespace(approval="required")
    made: Any = deciding.decided_about(home, study, "r1", decision, " An ", " omdat ", DAY)
    assert seen == told
    assert made[1:] == ("r1", decision, "An", "omdat", DAY)


def test_the_first_release_follows_none() -> None:
    assert follows(None) == {}
    assert follows(Since("r1")) == {"since": "r1", "rectifies": []}


@pytest.mark.parametrize(
    ("first", "on", "status"),
    [
        (None, "", "accepted"),
        (TAKE, "2026-02-02", "refused"),
        (TAKE, "2026-02-01", "accepted"),
        ("withdraw", "2026-02-02", "accepted"),
    ],
)
def test_a_delivery_that_was_taken_after_a_day_was_not_counted_on_it(first: str | None, on: str, status: str) -> None:
    receipt = Receipt("k1", "levering", "/weg", "2026-01-01", 1, "accepted", "f")
    other = Act(TAKE, "k2", "An", "omdat", "2026-03-01")
    acts = [other, *([replace(other, delivery="k1", what=first, on=on)] if first else [])]
    assert _as_it_stood(receipt, acts, "2026-02-01").status == status


@pytest.mark.parametrize(
    ("known", "is_pending", "is_same", "added"),
    [
        ([], True, True, ["r1"]),
        (["r1"], True, True, []),
        ([], False, True, []),
        ([], True, False, []),
        ([], False, False, []),
    ],
)
def test_a_concept_that_was_read_is_remembered_once_and_only_in_the_state_in_which_it_was_made(
    known: Sequence[str],
    is_pending: bool,
    is_same: bool,
    added: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    home, seen = Home(tmp_path), list[str]()
    if is_pending:
        place = ledger_links.place_of(home, "r1", "pending")
        place.parent.mkdir(parents=True)
        place.touch()
    monkeypatch.setattr(ledger, "whole_links", lambda _: [Link(one, 1, "h") for one in known])
    monkeypatch.setattr(ledger, "made_under", lambda _: "nu")
    monkeypatch.setattr(ledger, "state", lambda _: "nu" if is_same else "later")
    monkeypatch.setattr(ledger, "add_link", lambda _, release: seen.append(release))
    ledger.was_read(home, "r1")
    assert seen == added


@pytest.mark.parametrize(
    ("promised", "approved", "is_whole"),
    [
        (["r1 3", "r2 4"], ["r1", "r2"], True),
        (["r1 3"], ["r1"], True),
        ([], [], True),
        (["r1 3", "r2 5"], ["r1", "r2"], False),
        (["r1 3", "r2 4", "r3 1"], ["r1", "r2"], False),
        (["r1 3", "r2 4"], ["r1", "r2", "r3"], False),
        ([], ["r3"], False),
    ],
)
def test_the_ledger_is_whole_where_all_that_was_promised_and_approved_stands_in_it(
    promised: list[str], approved: list[str], is_whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = [Link("r1", 3, "a"), Link("r2", 4, "b")]
    home = Home(tmp_path)
    (home.closed / "ledger").mkdir(parents=True)
    (home.closed / "ledger" / ledger_links.LINKS).touch()
    for one in links:
        _as_written(home, one.release)
    by_name = {one.release: one for one in links}
    monkeypatch.setattr(ledger_links, "_promised", lambda _: promised)
    monkeypatch.setattr(ledger_links, "_read", lambda _: links)
    monkeypatch.setattr(ledger_links, "approved_ever", lambda _: approved)
    monkeypatch.setattr(Link, "of", staticmethod(lambda release, *_: by_name[release]))
    if is_whole:
        assert ledger_links.links_as_promised(home) == links
    else:
        with pytest.raises(GateRefused, match="er ontbreken eerdere publicaties"):
            ledger_links.links_as_promised(home)


@pytest.mark.parametrize(
    ("promised", "lies_there", "is_whole"),
    [
        (["r1 3"], ["r1", "r2"], True),  # killed between the ledger and what stands beside the releases
        (["r1 3"], ["r1"], False),
        ([], ["r2"], False),
        ([], [], False),
        (["r1 3", "r2 4"], [], True),
    ],
)
def test_releases_of_an_older_copy_are_no_home_of_a_newer_ledger(
    promised: list[str], lies_there: list[str], is_whole: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = {"r1": Link("r1", 3, "a"), "r2": Link("r2", 4, "b")}
    home = Home(tmp_path)
    (home.closed / "ledger").mkdir(parents=True)
    (home.closed / "ledger" / ledger_links.LINKS).touch()
    for one in lies_there:
        _as_written(home, one)
    monkeypatch.setattr(ledger_links, "_promised", lambda _: promised)
    monkeypatch.setattr(ledger_links, "_read", lambda _: list(links.values()))
    monkeypatch.setattr(ledger_links, "approved_ever", lambda _: [])
    monkeypatch.setattr(Link, "of", staticmethod(lambda release, *_: links[release]))
    if is_whole:
        assert len(ledger_links.links_as_promised(home)) == 2
    else:
        with pytest.raises(GateRefused, match="de map released is ouder dan het grootboek"):
            ledger_links.links_as_promised(home)


def _as_written(home: Home, release: str) -> None:
    (home.released / release).mkdir(parents=True)
    (home.released / release / MANIFEST).touch()


def test_what_a_step_made_stands_as_long_as_each_file_is_there_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place: Any = SimpleNamespace(home=Home(tmp_path))
    path = place.home.tables / "a.parquet"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"nu")
    monkeypatch.setattr(steps_done, "content_hash", lambda file: file.read_bytes().decode())
    monkeypatch.setattr(steps_done, "hashes_in", lambda _, name: {"deel": name})
    as_now = steps_done.Done("k", (), made={"a": "nu"}, beside={"b": {"deel": "b"}})
    assert steps_done._stands(place, as_now)
    assert not steps_done._stands(place, replace(as_now, made={"a": "toen"}))
    assert not steps_done._stands(place, replace(as_now, made={"a": "nu", "c": "nu"}))
    assert not steps_done._stands(place, replace(as_now, beside={"b": {"deel": "toen"}}))


@pytest.mark.parametrize(
    ("step", "is_whole", "is_done"),
    [
        ("change", False, True),
        (steps_done.GATE, True, True),
        (steps_done.GATE, False, False),
        (steps_done.RELEASE, False, False),
    ],
)
def test_gate_and_release_are_done_only_while_what_was_published_is_whole(
    step: str, is_whole: bool, is_done: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = steps_done.Done("k", ())
    monkeypatch.setattr(steps_done, "_read", lambda *_: done)
    monkeypatch.setattr(steps_done, "step_key", lambda *_: "k")
    monkeypatch.setattr(steps_done, "_stands", lambda *_: True)
    monkeypatch.setattr(steps_done, "_is_published_whole", lambda _: is_whole)
    assert (steps_done.done_before(SimpleNamespace(home=None), step) is done) == is_done  # type: ignore[arg-type]


def test_the_marks_of_a_release_name_what_is_held_and_what_is_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    name = next(iter(errata.MARKED))
    rows = [
        {"status": "released", "held_from": None},
        {"status": "held", "held_from": "r1"},
        {"status": "withdrawn", "held_from": None},
    ]
    frame = pd.DataFrame(rows)
    monkeypatch.setattr(errata, "key_of", lambda _, row: str(row.name))
    monkeypatch.setattr(errata, "table_of", lambda _, asked: frame if asked == name else None)
    assert errata.marks_of(Path("r2")) == {
        "revised": [],
        "held": [
            {"table_name": name, "key": "1", "held_from": "r1"},
            {"table_name": name, "key": "2", "held_from": None},
        ],
    }
    monkeypatch.setattr(errata, "table_of", lambda _, asked: frame[["status"]] if asked == name else None)
    assert errata.marks_of(Path("r2"))["held"] == []


@pytest.mark.parametrize(("cause", "is_marked"), [(Cause.PRICE, False), (Cause.DELIVERY, True), (Cause.BUG, True)])
def test_a_wrong_price_puts_no_measured_figure_right(
    cause: Cause, is_marked: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After new data every measured figure is another one; that a price was wrong explains none of them."""
    name, costs = "out_costs__by_year", {"year": [2025], "cost_kind": ["huur"], "is_new_approach": [False]}
    now = pd.DataFrame(costs | {"amount_eur": [200.0], "status": ["released"]})
    monkeypatch.setattr(errata, "rectifications", lambda _: [errata.Rectification("r1", cause, "A.", "fout", DAY)])
    monkeypatch.setattr(errata, "approved_ever", lambda _: ["r1"])
    monkeypatch.setattr(errata, "table_of", lambda _, asked: now.assign(amount_eur=100.0) if asked == name else None)
    others = {one: pd.DataFrame() for one in errata.MARKED}
    found = errata.with_marks(Home(tmp_path), others | {name: now})
    assert len(found["out_release__revised"]) == is_marked
    assert found[name]["revised_from"].notna().tolist() == [is_marked]
