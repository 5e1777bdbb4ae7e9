"""Who may approve what, which figures the terminal leads with, and who held what in which state: each by itself."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import pytest

from data_contracts.errors import StudyError
from pipelines.releases import approving, errata, headlines, people, release, released_tables, step_keys
from pipelines.releases.release import FIRST, Release
from pipelines.releases.states import spans
from pipelines.storage.home import Home

DAY = dt.date(2026, 2, 1)
BY, WHY = "Anna, beleid", "gezien in de kring"


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.prepare()
    return made


def made_of(home: Home, text: bytes) -> Release:
    return release.publish(home, {"report.html": text}, {}, {}, "2026-01-31")


@pytest.mark.parametrize("again", ["Anna, directie", "anna (beleid)", "Anna"])
def test_the_second_name_is_another_person_whatever_stands_behind_it(home: Home, again: str) -> None:
    name = made_of(home, b"een").name
    assert approving.needs_second_name(home, name, BY) == FIRST
    release.decide(home, name, FIRST, BY, WHY, DAY)
    with pytest.raises(StudyError, match="vraagt een tweede naam"):
        approving.needs_second_name(home, name, again)
    assert approving.needs_second_name(home, name, "Bram, beleid") == "approve"


def test_withdrawing_another_release_leaves_the_one_that_counts(home: Home) -> None:
    first, second = made_of(home, b"een").name, made_of(home, b"twee").name
    for name in (first, second):
        release.decide(home, name, "approve", BY, WHY, DAY)
    release.decide(home, first, "withdraw", BY, WHY, DAY)
    assert release.current(home) == second
    release.decide(home, second, "withdraw", BY, WHY, DAY)
    assert release.current(home) is None


@pytest.mark.parametrize(("decision", "is_refused"), [("approve", True), (FIRST, True), ("withdraw", False)])
def test_what_was_changed_after_it_was_made_can_be_withdrawn_and_not_approved(
    home: Home, decision: str, is_refused: bool
) -> None:
    made = made_of(home, b"een")
    (made.directory / "report.html").write_bytes(b"anders")
    if is_refused:
        with pytest.raises(StudyError, match="veranderd na het maken"):
            release.decide(home, made.name, decision, BY, WHY, DAY)
        assert release.decisions(home) == []
    else:
        assert release.decide(home, made.name, decision, BY, WHY, DAY).status == "withdrawn"


def test_only_what_was_approved_once_can_be_put_right(home: Home) -> None:
    name = made_of(home, b"een").name
    with pytest.raises(StudyError, match="nooit goedgekeurd"):
        errata.rectify(home, name, errata.Cause.PRICE, BY, WHY, DAY)
    release.decide(home, name, "approve", BY, WHY, DAY)
    errata.rectify(home, None, errata.Cause.PRICE, BY, WHY, DAY)
    assert [one.release for one in errata.rectifications(home)] == [name]


def test_a_home_in_which_nothing_counts_names_what_there_is(home: Home) -> None:
    made = made_of(home, b"een")
    with pytest.raises(StudyError, match=made.name):
        released_tables.released_directory(home.root)
    release.decide(home, made.name, "approve", BY, WHY, DAY)
    assert released_tables.released_directory(home.root) == made.directory


def test_the_terminal_leads_with_everybody_from_the_first_to_the_last_measurement() -> None:
    whole = {"subject": "zrm", "slice": "all", "life_domain": "finances", "moment_from": "first", "moment_to": "last"}
    others = [
        {"subject": "participation"},
        {"slice": "team"},
        {"life_domain": "housing"},
        {"moment_from": "intake"},
        {"moment_to": "within_12_months"},
    ]
    table = pd.DataFrame([whole, *(whole | one for one in others)])
    assert list(headlines._everybody(table, ["finances"]).index) == [0]


@pytest.mark.parametrize(
    ("shares", "says"), [([0.19, 0.194], "al 19 % stijgen"), ([0.05, 0.31, 0.2], "al 5 tot 31 % stijgen")]
)
def test_what_would_rise_by_noise_is_one_number_or_a_band(shares: list[float], says: str) -> None:
    assert says in headlines._noise(pd.Series(shares))["beside"]
    assert headlines._noise(pd.Series([], dtype="float64")) == {}


def test_hashes_of_contributions_are_mixed_as_splitmix64_does() -> None:
    # The first outputs of SplitMix64 from seed 0, as in the C code of Vigna, are its finalizer over multiples of gamma.
    gamma = np.uint64(0x9E3779B97F4A7C15)
    steps = np.arange(1, 4, dtype=np.uint64) * gamma
    known = [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]
    assert people._mixed(steps).tolist() == known


def test_a_row_holds_from_the_state_that_brought_it_to_the_one_that_changed_it(tmp_path: Path) -> None:
    changes = [
        [(1, "a", 10), (2, "a", 20), (3, "a", 30)],
        [(2, "a", 21)],
        [(2, "a", None), (4, "a", 40)],
        [(4, "a", 41)],
    ]
    columns = ["client_no", "outcome", "contribution"]
    paths = []
    for at, rows in enumerate(changes):
        frame = pd.DataFrame(rows, columns=columns).astype({"contribution": "Int64"})
        frame["beside"], frame["slice_value"] = 0, "noord"
        paths.append(tmp_path / f"{at}.parquet")
        duckdb.from_df(frame).write_parquet(str(paths[-1]))
    found = duckdb.sql(f"SELECT client_no, contribution, since, until FROM ({spans(paths)}) ORDER BY ALL").fetchall()
    assert found == [
        (1, 10, 1, 5),
        (2, 20, 1, 2),
        (2, 21, 2, 3),
        (2, None, 3, 5),
        (3, 30, 1, 5),
        (4, 40, 3, 4),
        (4, 41, 4, 5),
    ]
    alone = duckdb.sql(f"SELECT client_no, since, until FROM ({spans(paths[:1])}) ORDER BY 1").fetchall()
    assert alone == [(1, 1, 2), (2, 1, 2), (3, 1, 2)]


@pytest.mark.parametrize(("step", "is_asked"), [("gate", True), ("release", True), ("change", False), ("mkba", False)])
def test_a_question_of_the_council_makes_gate_and_release_anew_and_no_estimate(
    step: str, is_asked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, made in (("read_tables", {}), ("code", ""), ("_part_of", []), ("_rights", {}), ("_deliveries", [])):
        monkeypatch.setattr(step_keys, name, lambda *_, made=made: made)
    for name in ("hashes_in", "adopted_words"):
        monkeypatch.setattr(step_keys, name, lambda *_: {})
    monkeypatch.setattr(step_keys, "fields", lambda _: [])
    place: Any = SimpleNamespace(home=None, files=None)
    keys = []
    for asked in ("geen", "een"):
        monkeypatch.setattr(step_keys, "hash_of_questions", lambda _, asked=asked: asked)
        keys.append(step_keys.step_key(place, step, []))
    assert (keys[0] != keys[1]) == is_asked
