"""The ledger of what was published before; exact numbers, so it lies in the closed zone and nothing else reads it.

A release's cells wait in `pending` and join the ledger when the release is approved.
"""

from __future__ import annotations

import datetime as dt
import hashlib

import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.errors import GateRefused
from data_contracts.gate.ledger import LEDGER, new_entries
from pipelines.releases.ledger_links import add_link, place_of, whole_links
from pipelines.storage.home import Home
from pipelines.storage.platform import connect, sync_directory
from pipelines.storage.tables import TableStore

# What the gate leaves for a release: every released cell with its exact count, and the rows of named teams.
CELLS, TEAM_ROWS = "closed_gate__cells", "closed_gate__team_rows"
CUT_SHORT = "cut_short"  # beside the cells: in which tables the steps of the audit ran out


def _store(home: Home) -> TableStore:
    return TableStore(home.closed / "ledger")


def ledger(home: Home) -> pd.DataFrame:
    """Every entry, oldest release first; raises GateRefused when the ledger is not whole."""
    links = whole_links(home)
    if not links:
        return empty_frame(LEDGER)
    stored = _store(home).stored("published", [link.release for link in links])
    return stored.relation(connect()).order("released_on, release_id, table_name, key").df()


def state(home: Home) -> str:
    """A hash of the ledger: a concept may be approved only under the ledger that it was made under."""
    names = sorted(f"{link.release}.parquet" for link in whole_links(home))
    return hashlib.sha256("\n".join(names).encode()).hexdigest()[:16]


def remember(home: Home, release: str, cells: pd.DataFrame, released_on: dt.date) -> None:
    """Let the cells of a concept wait for its approval, with the state of the ledger beside them."""
    written = _store(home).write(LEDGER, new_entries(cells, release, released_on), release)
    pending = place_of(home, release, "pending")
    pending.parent.mkdir(parents=True, exist_ok=True)
    written.unfinished.replace(pending)
    sync_directory(pending.parent)
    pending.with_suffix(".state").write_text(state(home), encoding="utf-8")


def join(home: Home, release: str) -> None:
    """The release is published: its cells join the ledger. Raises GateRefused when another was published meanwhile."""
    if release in [link.release for link in whole_links(home)]:
        return
    pending = place_of(home, release, "pending")
    if not pending.exists():
        raise GateRefused(
            f"Van publicatie '{release}' is niet bekend wat erin staat. Maak haar opnieuw met wijkbaat run."
        )
    if pending.with_suffix(".state").read_text(encoding="utf-8") != state(home):
        what = "Na het maken van dit concept is iets anders gepubliceerd; samen kunnen ze te veel verraden."
        raise GateRefused(f"{what} Maak het concept opnieuw met wijkbaat run.")
    place_of(home, release, "published").parent.mkdir(parents=True, exist_ok=True)
    add_link(home, release)
