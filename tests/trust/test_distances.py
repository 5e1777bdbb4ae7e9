"""D as the engine counts it is D as one would count it by hand, over every state that was shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data_contracts.tables.contributions import EVERY_GROUP, outcome_name
from data_contracts.vocabulary.field import ALL
from pipelines.releases.differences import distances
from pipelines.releases.people import PEOPLE, members_of
from pipelines.releases.states import changes_since
from pipelines.storage.platform import connect

PAIR, OTHER = outcome_name("pair", ["zrm", "housing", "first", "last"]), outcome_name("estimate", ["one"])
Person = tuple[dict[str, tuple[int, int]], str | None]  # contributions per outcome, and the team
State = dict[int, Person]


def some_states(seed: int, n_states: int, n_people: int = 60) -> list[State]:
    """People come, go, come back, get other scores, move, and are only in some outcomes."""
    rng = np.random.default_rng(seed)
    states = []
    now: State = {}
    for _ in range(n_states):
        now = dict(now)
        for client in rng.choice(n_people, rng.integers(0, 25), replace=False).tolist():
            if rng.random() < 0.3:
                now.pop(client, None)
                continue
            given = {
                one: (int(rng.integers(1, 4)), int(rng.integers(1, 3))) for one in (PAIR, OTHER) if rng.random() < 0.8
            }
            now[client] = (given, [None, "Noord", "Zuid"][rng.integers(0, 3)])
        states.append(now)
    return states


def as_frame(state: State) -> pd.DataFrame:
    rows = [(client, one, *code, None) for client, (given, _) in state.items() for one, code in given.items()]
    rows += [(client, "team", 0, 0, team) for client, (_, team) in state.items() if team]
    frame = pd.DataFrame(rows, columns=list(PEOPLE.columns))
    return frame.astype({"client_no": "int64", "contribution": "Int64", "beside": "Int64", "slice_value": "str"})


def by_hand(then: State, now: State, outcome: str, team: str) -> tuple[int, int]:
    def own(state: State, client: int) -> tuple[Any, ...] | None:
        given, its_team = state.get(client, ({}, None))
        if team == EVERY_GROUP:  # the spread over teams: what somebody adds, and in which team
            return (*given[outcome], its_team) if its_team and outcome in given else None
        return given.get(outcome) if team in (ALL, its_team) else None

    pairs = [(own(then, client), own(now, client)) for client in {*then, *now}]
    differ = sum((a and (a[0], a[2:])) != (b and (b[0], b[2:])) for a, b in pairs)
    if team == EVERY_GROUP:
        return differ, sum(a != b for a, b in pairs)
    return differ, sum((a and a[1]) != (b and b[1]) for a, b in pairs)


def written(directory: Path, states: list[State]) -> tuple[list[Path], Path]:
    """The changes of all states but the last, as the ledger keeps them, and the last one whole."""
    published: list[Path] = []
    for at, state in enumerate(states):
        whole, changes = directory / f"{at}.whole.parquet", directory / f"{at}.parquet"
        connect().from_df(as_frame(state)).write_parquet(str(whole))
        changes_since(connect(), published, whole).write_parquet(str(changes))
        published.append(changes)
    return published[:-1], whole


def test_d_is_counted_as_by_hand_in_every_state_and_group(tmp_path: Path) -> None:
    cells = [(PAIR, ALL, ALL), (PAIR, "team", "Noord"), (PAIR, "team", "Zuid"), (OTHER, ALL, ALL)]
    cells.append((PAIR, "team", EVERY_GROUP))
    n_told = 0
    for seed in range(12):
        states = some_states(seed, n_states=6)
        (tmp_path / str(seed)).mkdir()
        published, now = written(tmp_path / str(seed), states)
        rows = [
            (f"r{at}", "t", f"{outcome}{value}", at, outcome, slice_, value)
            for at in range(1, len(states))
            for outcome, slice_, value in cells
        ]
        columns = ["release_id", "table_name", "key", "state", "outcome", "slice", "slice_value"]
        wanted = pd.DataFrame(rows, columns=columns)
        found = distances(connect(), published, now, wanted).set_index(["release_id", "key"])
        for release, _, key, at, outcome, _, value in rows:
            told = found.loc[(release, key), ["n_differ", "n_beside"]].tolist()
            assert tuple(told) == by_hand(states[at - 1], states[-1], outcome, value), (seed, release, key)
            n_told += told[0] > 0
    assert n_told > 150


def test_a_state_that_changes_nothing_leaves_nothing_behind(tmp_path: Path) -> None:
    state = some_states(3, 1)[0]
    published, _ = written(tmp_path, [state, state, state])
    assert [len(connect().read_parquet(str(path)).df()) for path in published] == [len(as_frame(state)), 0]


def test_millions_of_rows_carry_a_number_and_not_the_text_of_their_figure(tmp_path: Path) -> None:
    published, now = written(tmp_path, some_states(1, 4))
    connection = connect()
    assert dict(zip(*kinds_of(changes_since(connection, published, now)), strict=True))["outcome"] == "enum"
    wanted = pd.DataFrame(
        [("r1", "t", "k", 1, PAIR, ALL, ALL)],
        columns=["release_id", "table_name", "key", "state", "outcome", "slice", "slice_value"],
    )
    distances(connection, published, now, wanted)
    laid_out = connection.sql("SELECT table_name FROM duckdb_tables() WHERE table_name <> 'steps'").fetchall()
    assert len(laid_out) > 2
    for (table,) in laid_out:
        assert dict(zip(*kinds_of(connection.table(table)), strict=True)).get("outcome", "enum") == "enum", table


def kinds_of(relation: duckdb.DuckDBPyRelation) -> tuple[list[str], list[str]]:
    return relation.columns, [kind.id for kind in relation.types]


def test_a_study_that_divides_nobody_has_no_groups() -> None:
    assert members_of(pd.DataFrame({"client_no": [1, 2]}), []).empty
