"""The functions under the assets, over deliveries that lie in a home: receipts, acts, current tables and changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.mapping.file import WholeMapping
from data_contracts.tables.core import CORE
from data_contracts.yaml_file import as_model
from pipelines.records.changes import changes
from pipelines.records.current import current_table
from pipelines.records.laid import Laid, laid
from pipelines.records.register import all_teams
from pipelines.records.standing import MAPPED, delivers_of
from pipelines.storage.acts import TAKE, WITHDRAW
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.study.workplace import Workplace, read_study
from tests.flow.small import VOORBEELDSTAD
from tests.living.municipality import ASSESSMENTS, DOMAINS, TABLES, Delivery, Row, Step, Years

REGISTER, BRIDGE, SPOILED = "core_teams__register", "core_clients__bridge", "core_intake__spoiled"
_FIXED: dict[str, dict[str, Any]] = {
    ASSESSMENTS: {"date_kind": "assessed", "delivery": "d", "team_no": 1, "edition": "zrm_2013", "episode_id": 1}
}
_FILE = """
  - match: {table}.csv
    table: {table}
    columns: {{{columns}}}{more}
    delivers: {{kind: {kind}{by}}}"""
_COLUMNS = {
    "trajectories": ("client_key: a, started_on: b, ended_on: c", ""),
    "provisions": ("client_key: a, product: b, law: c, started_on: d", ""),
    "assessments": ("client_key: a, assessed_on: b", "\n    edition: zrm_2013\n    scores: {finances: c}"),
    "events": ("client_key: a, occurred_on: b, event_kind: c", ""),
    "clients": ("client_key: a, household: b", ""),
}


@dataclass(frozen=True)
class Product:
    """One home with the deliveries of one municipality."""

    years: Years
    place: Workplace
    connection: duckdb.DuckDBPyConnection

    @property
    def receipts(self) -> Receipts:
        return Receipts(self.place.home.receipts)

    @property
    def keys(self) -> list[str]:
        """The deliveries that count, in the order in which they decide."""
        return [receipt.key for receipt in self.receipts.accepted()]

    def does(self, step: Step, today: dt.date) -> None:
        """What a run and the commands do to receipts and acts."""
        receipts, delivery = self.receipts, self.years.deliveries[step.delivery]
        if step.what == "receive":
            receipt = receipts.receive(delivery.name, delivery.name, self.place.home.inbox, today)
            receipts.put(replace(receipt, status="accepted", as_at=delivery.as_at.isoformat()))
        else:
            what = WITHDRAW if step.what == "withdraw" else TAKE
            receipts.acts.add(what, step.delivery, "A. Ambtenaar", "zoals afgesproken", today)

    def stored(self, name: str, keys: Sequence[str]) -> StoredTable:
        """A table of these deliveries."""
        return TableStore(self.place.home.tables).stored(name, list(keys))

    def ready(self, teams: pd.DataFrame) -> Laid:
        """The deliveries that count, laid ready."""
        keys = self.keys
        registers, bridges, spoiled = (self.stored(name, keys) for name in (REGISTER, BRIDGE, SPOILED))
        return laid(self.connection, keys, registers, bridges, teams, spoiled)

    def ready_now(self) -> Laid:
        """The deliveries that count, with the teams of their registers."""
        return self.ready(all_teams(self.stored(REGISTER, self.keys), self.connection))

    def states(self) -> dict[str, Counter[tuple[Any, ...]]]:
        """Every current table."""
        ready = self.ready_now()
        return {table: self.state(table, ready) for table in TABLES}

    def state(self, table: str, ready: Laid | None = None) -> Counter[tuple[Any, ...]]:
        """The current table as rows of what the municipality told, as often as they stand in it."""
        ready = ready or self.ready_now()
        found = current_table(ready, self.stored(table, ready.keys), delivers_of(self.place.files.mapping, table))
        told = ", ".join(sorted(columns_of(table)))
        return Counter(found.project(told).fetchall())

    def changes(self, key: str) -> pd.DataFrame:
        """What a delivery does to the state without it, summed over half-years."""
        found = changes(self.connection, self.place, key)
        return found.drop(columns=["delivery", "half_year"]).groupby("table_name").sum()


def columns_of(table: str) -> list[str]:
    """The columns that the invented municipality fills."""
    return {
        "core_cases__trajectories": ["client_no", "team_no", "started_on", "ended_on", "hours", "record_no"],
        "core_provisions__use": ["client_no", "product", "law", "started_on", "amount_eur", "record_no"],
        ASSESSMENTS: ["client_no", "assessed_on", "rater_type", *DOMAINS, "record_no"],
        "core_events__incidents": ["client_no", "occurred_on", "event_kind", "record_no"],
        "core_clients__attributes": ["client_no", "household"],
    }[table]


def product(years: Years, root: Path) -> Product:
    """A home with the tables of every delivery; none of them has been received yet."""
    place, connection = home_of(years, root), connect()
    connection.execute("SET threads = 1")
    for delivery in years.deliveries.values():
        _write(connection, TableStore(place.home.tables), delivery)
    return Product(years, place, connection)


def home_of(years: Years, root: Path) -> Workplace:
    """An empty home, and a study that says of each kind how this municipality delivers it."""
    home = Home(root)
    home.prepare()
    text = "schema_version: 2\nfiles:" + "".join(_entry(years, table) for table in TABLES)
    mapping = as_model(text, WholeMapping, "mapping.yaml")
    return Workplace(replace(read_study(VOORBEELDSTAD), mapping=mapping), home, None, 1)


def _entry(years: Years, table: str) -> str:
    kind, by = years.delivers(table)
    columns, more = _COLUMNS[MAPPED[table]]
    return _FILE.format(
        table=MAPPED[table], columns=columns, more=more, kind=kind, by=f", period_by: {by}" if by else ""
    )


def parts_of(delivery: Delivery) -> dict[str, list[Row]]:
    """The rows of every core table that this delivery leaves."""
    bridges = [{"client_no": old, "client_no_new": new} for old, new in delivery.bridges]
    spoiled = [
        {"table_name": s.table, "client_no": s.client_no, "record_no": s.record_no, "on_day": s.on_day, "what": s.what}
        for s in delivery.spoiled
    ]
    team = [{"team_no": 1, "team": "Team Noord"}]
    return {**delivery.rows, REGISTER: team, BRIDGE: bridges, SPOILED: spoiled}


def _write(connection: duckdb.DuckDBPyConnection, store: TableStore, delivery: Delivery) -> None:
    for table, rows in parts_of(delivery).items():
        path = store.path(table, delivery.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        connection.execute(f"COPY ({as_sql(table, rows)}) TO '{path}' (FORMAT parquet)")


def as_columns(table: str, row: Row) -> Row:
    """A row with all columns of its core table; what the municipality does not tell is empty."""
    whole = {**_FIXED.get(table, {}), **row}
    return {name: whole.get(name) for name in sql_columns(CORE[table])}


def as_sql(table: str, rows: list[Row]) -> str:
    """A SELECT of a core table's rows from what is given."""
    kinds = sql_columns(CORE[table])
    cast = ", ".join(f"{name}::{kind} AS {name}" for name, kind in kinds.items())
    values = ", ".join(f"({', '.join(_text(value) for value in as_columns(table, row).values())})" for row in rows)
    nothing = f"({', '.join('NULL' for _ in kinds)})"
    return f"SELECT {cast} FROM (VALUES {values or nothing}) t({', '.join(kinds)}){'' if rows else ' WHERE false'}"


def _text(value: object) -> str:
    return "NULL" if value is None else f"'{value}'"
