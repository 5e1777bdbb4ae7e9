"""A ledger of a few releases about invented people, made by the functions that a run calls."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pandas as pd

from data_contracts.contract import canonical
from data_contracts.vocabulary.field import ALL
from pipelines.releases.forgetting import stage_ledger
from pipelines.releases.ledger import join, remember
from pipelines.releases.people import secret_of
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.staged import all_at_once
from tests.trust.test_distances import PAIR, State, as_frame, by_hand

TABLE = "out_change__by_domain"
GROUPS = [(ALL, ALL), ("team", "Noord"), ("team", "Zuid")]
DAY = dt.date(2026, 1, 31)


def key_of(slice_: str, value: str) -> str:
    about = {"subject": "zrm", "life_domain": "housing", "moment_from": "first", "moment_to": "last"}
    return canonical({**about, "slice": slice_, "slice_value": value})


def whole(home: Home, state: State) -> Path:
    """The state of now, as the gate leaves it."""
    secret_of(home)
    path = home.tables / "closed_gate__people" / "now.parquet"
    path.parent.mkdir(parents=True, exist_ok=True)
    connect().from_df(as_frame(state)).write_parquet(str(path))
    return path


def concept(home: Home, name: str, state: State) -> None:
    """A release that waits for its approval."""
    n_clients = [by_hand({}, state, PAIR, value)[0] for _, value in GROUPS]
    cells = pd.DataFrame(
        {
            "table_name": TABLE,
            "key": [key_of(*group) for group in GROUPS],
            "n_clients": n_clients,
            "is_known": True,
            "rounded_to": 5,
            "status": "released",
            "row": "{}",
            "told": "[]",
            "is_new": True,
        }
    )
    with home.lock():
        remember(home, name, cells, whole(home, state), DAY)


def published(home: Home, states: list[State]) -> None:
    """Every state a release of its own."""
    for at, state in enumerate(states):
        concept(home, f"release-{at}", state)
        with home.lock():
            join(home, f"release-{at}")


def forgotten(home: Home, clients: set[int], *, everybody: bool = False) -> int:
    """Forget these people in the ledger; gives the rows that went."""
    connection = connect()
    connection.from_df(pd.DataFrame({"client_no": pd.Series(sorted(clients), dtype="int64")})).to_table("theirs")
    with home.lock(), all_at_once(home.root) as staged:
        return stage_ledger(connection, home, staged, everybody=everybody)


def known(home: Home) -> set[int]:
    """Every client number in the ledger."""
    files = [str(path) for path in (home.closed / "ledger").glob("people*/*.parquet")]
    return {number for (number,) in duckdb.read_parquet(files).project("client_no").distinct().fetchall()}
