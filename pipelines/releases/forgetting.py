"""The ledger without some people: names and hashes go, and how many contributed to each state of a cell stays.

Who is gone differs from every later state for ever, so that number is added to every later D; without it the next
figure would look as if it were about the same people. `n_gone` says of an entry how many of its people were erased.
"""

from __future__ import annotations

import json
from dataclasses import asdict

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.errors import GateRefused
from data_contracts.gate.ledger import LEDGER, STATE
from data_contracts.gate.specs import SPECS
from data_contracts.vocabulary.field import ALL
from pipelines.releases.ledger import as_entries, made_under, outdated, state
from pipelines.releases.ledger_links import LINKS, Link, place_of, whole_links
from pipelines.releases.states import spans
from pipelines.storage.home import Home
from pipelines.storage.parquet import write_parquet
from pipelines.storage.staged import Staged

PUBLISHED, PENDING = ("published", "people"), ("pending", "people_pending")


def stage_ledger(connection: duckdb.DuckDBPyConnection, home: Home, staged: Staged, *, everybody: bool = False) -> int:
    """Stage the ledger without the clients in table `theirs`, or without everybody; gives the rows that it loses.

    Without everybody no later state can be compared with what was shown, so every cell is closed. A concept that waits
    was made with these people: it can still be withdrawn, and no longer be approved.
    """
    which = "true" if everybody else "client_no IN (FROM theirs)"
    links, lost = whole_links(home), 0
    known = [link.release for link in links if link.people]
    for link in links:
        states = known[: known.index(link.release) + 1] if link.people else []
        lost += _stage(connection, home, staged, (link.release, PUBLISHED), states, known, which, closes=everybody)
    for release in waiting(home):
        stage_outdated(home, staged, release)
        can_count = made_under(place_of(home, release, "pending")) == state(home)
        states = [*known, release] if can_count else []
        lost += _stage(connection, home, staged, (release, PENDING), states, known, which, closes=everybody)
    _stage_links(home, staged, links)
    return lost


def waiting(home: Home) -> list[str]:
    """The concepts about which nobody decided yet."""
    return sorted(path.stem for path in (home.closed / "ledger" / "pending").glob("*.parquet"))


def stage_outdated(home: Home, staged: Staged, release: str) -> None:
    """Nobody can approve this concept any more: it counts people who are no longer counted."""
    staged.write(outdated(home, release), b"")


def _stage(
    connection: duckdb.DuckDBPyConnection,
    home: Home,
    staged: Staged,
    which_release: tuple[str, tuple[str, str]],
    states: list[str],
    published: list[str],
    which: str,
    *,
    closes: bool,
) -> int:
    """Stage the entries and the people of one release; gives how many rows about people go."""
    release, (entries_in, people_in) = which_release
    entries_at, people_at = (place_of(home, release, where) for where in (entries_in, people_in))
    entries = as_entries([entries_at])
    paths = [place_of(home, one, "people" if one in published else people_in) for one in states]
    n_gone = _n_gone(connection, entries, spans(paths), len(states), which) if states else pd.Series(0, entries.index)
    if closes or n_gone.any():
        changed = entries.assign(n_gone=(entries["n_gone"] + n_gone).astype("Int32"))
        changed = changed.assign(is_closed=changed["is_closed"] | closes)
        cast = ", ".join(f"{name}::{kind} AS {name}" for name, kind in sql_columns(LEDGER).items())
        connection.register("entries_now", changed)
        rows = connection.sql(f"SELECT {cast} FROM entries_now ORDER BY {', '.join(STATE)}")
        write_parquet(rows, staged.new(entries_at))
    if not people_at.exists():
        return 0
    people = connection.read_parquet(str(people_at))
    lost = int(people.filter(which).aggregate("count(*)").fetchall()[0][0])
    if lost:
        write_parquet(people.filter(f"NOT ({which})"), staged.new(people_at))
    return lost


def _n_gone(
    connection: duckdb.DuckDBPyConnection, entries: pd.DataFrame, known: str, state_no: int, which: str
) -> pd.Series:
    """How many of those who go contributed to each entry, in the state of its release."""
    ours = entries[entries["table_name"].isin(SPECS)]
    cells = [SPECS[name].cell(json.loads(key)) for name, key in zip(ours["table_name"], ours["key"], strict=True)]
    wanted = pd.DataFrame(cells, columns=["outcome", "slice", "slice_value"], dtype="str").assign(entry=ours.index)
    connection.register("wanted_cells", wanted)
    found = connection.sql(
        f"""WITH mine AS (
            SELECT client_no, outcome, slice_value FROM ({known})
            WHERE {which} AND since <= {state_no} AND until > {state_no} AND contribution IS NOT NULL)
        SELECT entry, count(*) AS n FROM wanted_cells w JOIN mine a ON a.outcome = w.outcome
        LEFT JOIN mine g ON g.client_no = a.client_no AND g.outcome = w.slice AND g.slice_value = w.slice_value
        WHERE w.slice = '{ALL}' OR g.client_no IS NOT NULL GROUP BY entry"""
    ).fetchall()
    return pd.Series(dict(found), dtype="int64").reindex(entries.index, fill_value=0)


def _stage_links(home: Home, staged: Staged, links: list[Link]) -> None:
    if not links:
        return
    lines = []
    for link in links:
        entries, people = (staged.latest(place_of(home, link.release, where)) for where in PUBLISHED)
        now = Link.of(link.release, entries, people)
        if now is None:
            raise GateRefused(f"Het grootboek van publicatie {link.release} is niet te lezen. Er is niets veranderd.")
        lines.append(json.dumps(asdict(now), sort_keys=True) + "\n")
    staged.write(home.closed / "ledger" / LINKS, "".join(lines).encode("utf-8"))
