"""The functions under the assets, over deliveries that lie in a home: receipts, acts, current tables and changes."""

from __future__ import annotations

import datetime as dt
from collections import Counter
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
from pipelines.records.laid import laid
from pipelines.records.register import all_teams
from pipelines.records.standing import MAPPED, delivers_of
from pipelines.storage.acts import TAKE, WITHDRAW
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore
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

    def state(self, table: str) -> Counter[tuple[Any, ...]]:
        """The current table as rows of what the municipality told, as often as they stand in it."""
        store, keys = TableStore(self.place.home.tables), self.keys
        registers, bridges = store.stored(REGISTER, keys), store.stored(BRIDGE, keys)
        teams = all_teams(registers, self.connection)
        ready = laid(self.connection, keys, registers, bridges, teams, store.stored(SPOILED, keys))
        found = current_table(ready, store.stored(table, keys), delivers_of(self.place.files.mapping, table))
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
    home = Home(root)
    home.prepare()
    text = "schema_version: 2\nfiles:" + "".join(_entry(years, table) for table in TABLES)
    mapping = as_model(text, WholeMapping, "mapping.yaml")
    place = Workplace(replace(read_study(VOORBEELDSTAD), mapping=mapping), home, None, 1)
    connection = duckdb.connect(config={"threads": 1})
    for delivery in years.deliveries.values():
        _write(connection, TableStore(home.tables), delivery)
    return Product(years, place, connection)


def _entry(years: Years, table: str) -> str:
    kind, by = years.delivers(table)
    columns, more = _COLUMNS[MAPPED[table]]
    return _FILE.format(
        table=MAPPED[table], columns=columns, more=more, kind=kind, by=f", period_by: {by}" if by else ""
    )


def _write(connection: duckdb.DuckDBPyConnection, store: TableStore, delivery: Delivery) -> None:
    team = [{"team_no": 1, "team": "Team Noord"}]
    bridges = [{"client_no": old, "client_no_new": new} for old, new in delivery.bridges]
    spoiled = [
        {"table_name": s.table, "client_no": s.client_no, "record_no": s.record_no, "on_day": s.on_day, "what": s.what}
        for s in delivery.spoiled
    ]
    others = {REGISTER: team, BRIDGE: bridges, SPOILED: spoiled}
    for table, rows in {**delivery.rows, **others}.items():
        path = store.path(table, delivery.name)
        path.parent.mkdir(parents=True, exist_ok=True)
        connection.execute(f"COPY ({as_sql(table, rows)}) TO '{path}' (FORMAT parquet)")


def as_sql(table: str, rows: list[Row]) -> str:
    """A SELECT of a core table's rows from what is given; the rest is empty."""
    kinds, fixed = sql_columns(CORE[table]), _FIXED.get(table, {})
    cast = ", ".join(f"{name}::{kind} AS {name}" for name, kind in kinds.items())
    values = ", ".join(f"({', '.join(_text({**fixed, **row}.get(name)) for name in kinds)})" for row in rows)
    nothing = f"({', '.join('NULL' for _ in kinds)})"
    return f"SELECT {cast} FROM (VALUES {values or nothing}) t({', '.join(kinds)}){'' if rows else ' WHERE false'}"


def _text(value: object) -> str:
    return "NULL" if value is None else f"'{value}'"
