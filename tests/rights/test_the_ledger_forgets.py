"""The ledger forgets who was erased and keeps how many there were, so that D stays what it truly is."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd
import pytest

from data_contracts.errors import GateRefused
from pipelines.releases.ledger import before, entries, join, was_read
from pipelines.releases.ledger_links import whole_links
from pipelines.storage.home import Home
from tests.rights.small_ledger import GROUPS, concept, forgotten, key_of, known, published, whole
from tests.trust.test_distances import PAIR, State, as_frame, by_hand, some_states

ERASED = {3, 8, 21, 22, 40, 41, 42}


def without(state: State, clients: set[int]) -> State:
    return {client: person for client, person in state.items() if client not in clients}


def home_with(directory: Path, states: list[State]) -> Home:
    home = Home(directory)
    home.prepare()
    published(home, states)
    return home


def d_of(home: Home, now: State) -> pd.DataFrame:
    """D of every entry as the gate adds it up."""
    told = before(home, whole(home, now))
    both = told.entries.merge(told.distances, on=["release_id", "table_name", "key"], validate="1:1")
    return both.assign(own=both["n_differ"] + both["n_gone"], beside=both["n_beside"] + both["n_gone"]).set_index(
        ["release_id", "key"]
    )


def test_the_first_state_is_kept_as_it_lies_and_the_second_as_what_it_changes(tmp_path: Path) -> None:
    first, second = some_states(5, n_states=2)
    home = home_with(tmp_path, [first])
    people = home.closed / "ledger" / "people"
    assert (people / "release-0.parquet").read_bytes() == whole(home, first).read_bytes()
    concept(home, "later", second)
    changes = duckdb.read_parquet(str(home.closed / "ledger" / "people_pending" / "later.parquet")).df()
    assert list(changes.sort_values(["client_no", "outcome"]).index) == list(changes.index)
    assert 0 < len(changes) < len(as_frame(second))


def test_d_after_an_erasure_is_counted_as_by_hand_with_everybody(tmp_path: Path) -> None:
    n_gone = 0
    for seed in range(2):
        states = some_states(seed, n_states=5)
        home = home_with(tmp_path / str(seed), states[:4])
        now = without(states[4], ERASED)
        truth = [{group: by_hand(then, now, PAIR, group[1]) for group in GROUPS} for then in states[:4]]
        forgotten(home, ERASED)
        assert known(home).isdisjoint(ERASED)
        found = d_of(home, now)
        for at, of_state in enumerate(truth):
            for group, d in of_state.items():
                told = found.loc[(f"release-{at}", key_of(*group)), ["own", "beside"]]
                assert tuple(told) == d, (seed, at, group)
        n_gone += int(found["n_gone"].sum())
    assert n_gone > 5


def test_two_erasures_are_as_one_and_the_same_again_adds_nothing(tmp_path: Path) -> None:
    states = some_states(1, n_states=3)
    at_once, in_two = (home_with(tmp_path / name, states) for name in ("once", "two"))
    forgotten(at_once, ERASED)
    for clients in ({3, 8, 21}, ERASED - {3, 8, 21}, ERASED):
        forgotten(in_two, clients)
    pd.testing.assert_frame_equal(entries(at_once), entries(in_two))


def test_the_ledger_is_whole_after_an_erasure_and_the_next_release_joins_it(tmp_path: Path) -> None:
    states = some_states(2, n_states=3)
    home = home_with(tmp_path, states[:2])
    links = whole_links(home)
    assert forgotten(home, ERASED) > 0
    assert whole_links(home) != links
    concept(home, "release-9", without(states[2], ERASED))
    join(home, "release-9")
    assert [link.release for link in whole_links(home)] == ["release-0", "release-1", "release-9"]


def test_a_concept_that_counts_erased_people_is_not_approved_and_counts_as_read_when_withdrawn(tmp_path: Path) -> None:
    states = some_states(4, n_states=3)
    home = home_with(tmp_path, states[:1])
    concept(home, "release-9", states[1])
    forgotten(home, ERASED)
    with pytest.raises(GateRefused, match="veranderd wie er meetelt"):
        join(home, "release-9")
    was_read(home, "release-9")
    now = without(states[2], ERASED)
    found = d_of(home, now)
    for group in GROUPS:
        d = by_hand(states[1], now, PAIR, group[1])
        assert tuple(found.loc[("release-9", key_of(*group)), ["own", "beside"]]) == d


def test_at_the_end_of_a_term_nobody_is_left_and_every_cell_is_closed(tmp_path: Path) -> None:
    states = some_states(5, n_states=3)
    home = home_with(tmp_path, states[:2])
    forgotten(home, set(), everybody=True)
    assert known(home) == set()
    assert entries(home)["is_closed"].all() and len(entries(home)) == 6
    assert entries(home)["n_gone"].tolist() == entries(home)["n_clients"].tolist()
