"""From out_ tables to a release: what is in it, and the ledger that remembers it."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pandas as pd

from data_contracts.tables.errata import REVISED
from pipelines.releases.csv_text import csv_text
from pipelines.releases.data_package import PACKAGE, data_package
from pipelines.releases.documents import documents, follows, manifest_facts
from pipelines.releases.drawings import drawings
from pipelines.releases.errata import with_marks
from pipelines.releases.ledger import CELLS, CUT_SHORT, TEAM_ROWS, join, remember
from pipelines.releases.people import NOW, PEOPLE
from pipelines.releases.previous import previous
from pipelines.releases.release import Release, current, decide, publish, status_of
from pipelines.releases.released_tables import OUT_TABLES
from pipelines.releases.step_keys import step_key
from pipelines.releases.steps_done import RELEASE, done_before, is_in_ledger, keep_release, require_made_of_this
from pipelines.storage.home import Home
from pipelines.storage.journal import LAST, all_or_nothing
from pipelines.storage.parquet import write_parquet
from pipelines.storage.platform import short_connection, write_whole
from pipelines.storage.questions import still_declared, withdrawn
from pipelines.storage.receipts import Receipts
from pipelines.storage.stopping import say
from pipelines.storage.tables import TableStore
from pipelines.storage.whole import manifest_of
from pipelines.study.workplace import Workplace


def make_release(place: Workplace) -> Release:
    """Write the release of the out_ tables as they lie now; the same content is the same release.

    Where nothing that it hangs on changed, the release that was made before stands.
    """
    store, home = TableStore(place.home.tables), place.home
    with home.lock():
        before = done_before(place, RELEASE)
        if before is not None:
            return Release(before.release, home.released / before.release, status_of(home, before.release))
        require_made_of_this(place)
        key = step_key(place, RELEASE, OUT_TABLES)
        tables = with_marks(home, {name: store.stored(name).frame() for name in OUT_TABLES})
        as_of = place.as_of or _received_on(place)
        written = table_files(tables)
        since = previous(home, written, tables[str(REVISED.name)])
        with drawings(home):
            files = written | documents(place, tables, as_of, since)
        files[PACKAGE] = data_package(place.files.study, as_of, tables, written)
        facts = manifest_facts(place) | audit_cut_short(store) | follows(since)
        made = publish(home, files, team_files(team_rows(store)), facts, as_of)
        cells, on = store.stored(CELLS, ["all"]).frame(), dt.date.fromisoformat(as_of)
        now: Path | None = store.path(str(PEOPLE.name), NOW)
        if is_in_ledger(home):  # the same figures under another text or price: there is nothing new to remember
            cells, now = cells.assign(is_new=False), None
        ask = place.files.study.approval != "none" or answers_anew(place)
        made = entered(home, made, cells, now, on, ask=ask)
        keep_release(place, tuple(OUT_TABLES), key, made.name)
        say(f"Afgebroken. Publicatie {made.name} was toen al gemaakt; zie wijkbaat release list.")
    return made


def answers_anew(place: Workplace) -> bool:
    """Whether this release answers a question that the one that counts does not, or a withdrawn one no more.

    A person approves that by name.
    """
    now = current(place.home)
    answered = set(manifest_of(place.home.released / now).get("asked", [])) if now else set()
    stand = {one.id for one in still_declared(place.home, place.files.study)}
    return bool(stand - answered) or bool(answered & withdrawn(place.home))


def entered(home: Home, made: Release, cells: pd.DataFrame, now: Path | None, on: dt.date, *, ask: bool) -> Release:
    """A release that was written, with its cells and people waiting; approved at once where the study asks nobody.

    `now` is the state of who contributes; None where it is that of the last release.
    """
    with all_or_nothing(home.root):
        write_whole(home.closed / LAST, made.name.encode())
        if made.status != "concept":
            return made
        remember(home, made.name, cells, now, on)
        if ask:
            return made
        join(home, made.name)
        return decide(home, made.name, "approve", "wijkbaat", "de studie vraagt geen goedkeuring", on)


def audit_cut_short(store: TableStore) -> dict[str, object]:
    """Tables that hide more than may be needed, and in how many blocks; nothing where the audit came to its end."""
    cut_short = store.stored(CELLS, [CUT_SHORT]).frame()
    blocks = {str(table): int(n) for table, n in zip(cut_short["table_name"], cut_short["blocks"], strict=True)}
    return {"audit_cut_short": blocks} if blocks else {}


def _received_on(place: Workplace) -> str:
    """The day on which the last delivery that counts was received: documents do not carry the clock."""
    return max(receipt.received_on for receipt in Receipts(place.home.receipts).accepted())


def table_files(tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    """Every released table as Parquet for machines and as CSV for a Dutch spreadsheet."""
    files = {}
    for name, frame in tables.items():
        files[f"tables/{name}.parquet"] = parquet_bytes(frame)
        files[f"tables/{name}.csv"] = csv_text(frame).encode("utf-8-sig")
    return files


def team_rows(store: TableStore) -> dict[str, pd.DataFrame]:
    """The rows of named teams that the gate kept apart, by the name of their out_ table."""
    names = [path.stem for path in sorted((store.root / TEAM_ROWS).glob("*.parquet"))]
    return {name: store.stored(TEAM_ROWS, [name]).frame() for name in names}


def team_files(rows: dict[str, pd.DataFrame]) -> dict[str, dict[str, bytes]]:
    """Per team the files with its own rows; a table in which it has none is not there."""
    teams = sorted({str(team) for frame in rows.values() for team in frame["slice_value"]})
    found = {}
    for team in teams:
        own = {name: frame[frame["slice_value"] == team].reset_index(drop=True) for name, frame in rows.items()}
        found[team] = table_files({name: frame for name, frame in own.items() if len(frame)})
    return found


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as Parquet; the same frame gives the same bytes."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "table.parquet"
        write_parquet(short_connection().from_df(frame), path)
        return path.read_bytes()
