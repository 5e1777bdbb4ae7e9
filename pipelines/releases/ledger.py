"""The ledger of what was published before; exact numbers, so it lies in the closed zone and nothing else reads it.

A release's cells wait in `pending` and join the ledger when the release is approved.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd

from data_contracts.contract import empty_frame, sql_columns
from data_contracts.errors import GateRefused
from data_contracts.gate.ledger import LEDGER, STATE, Before, new_entries
from data_contracts.gate.unaudited import IN_LEDGER
from pipelines.releases.differences import distances
from pipelines.releases.ledger_links import add_link, place_of, whole_links
from pipelines.releases.people import PEOPLE, counted
from pipelines.releases.release import releases
from pipelines.releases.states import changes_since
from pipelines.storage.home import Home
from pipelines.storage.platform import connect, sync_directory, sync_file
from pipelines.storage.sql import listed
from pipelines.storage.tables import TableStore

# What the gate leaves for a release: every released cell with its exact count, and the rows of named teams.
CELLS, TEAM_ROWS = "closed_gate__cells", "closed_gate__team_rows"
_OLD = {"n_gone": "0", "is_known": "false", "is_closed": "false", "rounded_to": "5"}
CUT_SHORT = "cut_short"  # beside the cells: in which tables the steps of the audit ran out


def entries(home: Home) -> pd.DataFrame:
    """Every entry, oldest release first; raises GateRefused when the ledger is not whole.

    Of entries of before contributions were kept it is not known who contributed.
    """
    return as_entries([place_of(home, link.release, "published") for link in whole_links(home)])


def as_entries(paths: list[Path]) -> pd.DataFrame:
    """The entries in these files of the ledger."""
    if not paths:
        return empty_frame(LEDGER)
    columns = sql_columns(LEDGER)
    kept = ", ".join(f"coalesce({name}, {_OLD[name]}) AS {name}" if name in _OLD else name for name in columns)
    nothing = ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items())
    return (
        connect()
        .sql(
            f"""SELECT {kept} FROM (SELECT * FROM read_parquet([{listed(paths)}], union_by_name = true)
            UNION ALL BY NAME SELECT {nothing} WHERE false) ORDER BY released_on, release_id, table_name, key"""
        )
        .df()
        .astype(empty_frame(LEDGER).dtypes.to_dict())
    )


def before(home: Home, now: Path) -> Before:
    """What was shown before, and how many people contribute otherwise in the state `now` (closed_gate__people)."""
    known, connection = entries(home), connect(home.work)
    states = _states(home)
    number = {release: at for at, release in enumerate(states, start=1)}
    wanted = known[known["release_id"].isin(number) & known["table_name"].isin(IN_LEDGER)][STATE]
    keys = wanted[["table_name", "key"]].drop_duplicates()
    cells = [IN_LEDGER[table].cell(json.loads(key)) for table, key in keys.itertuples(index=False)]
    keys = keys.assign(
        **dict(zip(("outcome", "slice", "slice_value"), zip(*cells, strict=True), strict=True)) if cells else {}
    )
    wanted = wanted.assign(state=wanted["release_id"].map(number)).merge(keys, on=["table_name", "key"], validate="m:1")
    return Before(
        known,
        distances(connection, [place_of(home, one, "people") for one in states], now, wanted),
        frozenset(one.name for one in releases(home) if one.status == "withdrawn"),
        counted(connection, now),
    )


def _states(home: Home) -> list[str]:
    """The releases of which it is known who contributed, in the order in which they were published."""
    return [link.release for link in whole_links(home) if link.people]


def state(home: Home) -> str:
    """A hash of the ledger: a concept may be approved only under the ledger that it was made under."""
    names = sorted(f"{link.release}.parquet" for link in whole_links(home))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def remember(home: Home, release: str, cells: pd.DataFrame, now: Path | None, released_on: dt.date) -> None:
    """Let the cells of a concept wait for its approval, with who contributes and the state of the ledger beside.

    `now` (closed_gate__people) is None where everybody contributes as to the last release.
    """
    store, published = TableStore(home.closed / "ledger"), [place_of(home, one, "people") for one in _states(home)]
    _put(_people_of(home, store, release, published, now), place_of(home, release, "people_pending"))
    written = store.write(LEDGER, new_entries(cells, release, released_on), release)
    pending = place_of(home, release, "pending")
    _put(written.unfinished, pending)
    pending.with_suffix(".state").write_text(state(home), encoding="utf-8")
    outdated(home, release).unlink(missing_ok=True)


def _people_of(home: Home, store: TableStore, release: str, published: list[Path], now: Path | None) -> Path:
    """The file, not in its place yet, of what `now` changes; beside nothing that is all of it, as it lies."""
    if now is None:
        return store.write(PEOPLE, empty_frame(PEOPLE), release).unfinished
    if published:
        changes = changes_since(connect(home.work), published, now)
        return store.write(PEOPLE, changes.order("client_no, outcome"), release).unfinished
    copied = now.with_name(f".{release}.parquet.unfinished")
    shutil.copyfile(now, copied)
    sync_file(copied)
    return copied


def join(home: Home, release: str) -> None:
    """The release is published: its cells join the ledger. Raises GateRefused when another was published meanwhile."""
    if release in [link.release for link in whole_links(home)]:
        return
    pending = place_of(home, release, "pending")
    if not pending.exists():
        raise GateRefused(
            f"Van publicatie '{release}' is niet bekend wat erin staat. Maak haar opnieuw met wijkbaat run."
        )
    if outdated(home, release).exists():
        what = "Na het maken van dit concept is veranderd wie er meetelt (gewist, buiten of weer in de telling)."
        raise GateRefused(f"{what} Maak het concept opnieuw met wijkbaat run.")
    if made_under(pending) != state(home):
        what = "Na het maken van dit concept is iets anders gepubliceerd; samen kunnen ze te veel verraden."
        raise GateRefused(f"{what} Maak het concept opnieuw met wijkbaat run.")
    add_link(home, release)


def was_read(home: Home, release: str) -> None:
    """A concept that somebody decided about was read: what it showed counts from now on, approved or not.

    Where something else was published since it was made, its state cannot be put in the row of states any more.
    """
    pending = place_of(home, release, "pending")
    known = [link.release for link in whole_links(home)]
    if release not in known and pending.exists() and made_under(pending) == state(home):
        add_link(home, release)


def outdated(home: Home, release: str) -> Path:
    """A mark beside a concept that counts people who are no longer counted: nobody can approve it."""
    return place_of(home, release, "pending").with_suffix(".outdated")


def made_under(pending: Path) -> str:
    """The state of the ledger under which a concept was made."""
    return pending.with_suffix(".state").read_text(encoding="utf-8")


def _put(unfinished: Path, place: Path) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished.replace(place)
    sync_directory(place.parent)
