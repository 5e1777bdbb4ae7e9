"""The same functions over tables that are in the engine already: what makes hundreds of seeds cheap enough to try."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.tables.core import CORE
from pipelines.records.changes import States, changes_of
from pipelines.records.laid import Laid
from pipelines.records.standing import delivers_of
from pipelines.storage.platform import connect
from pipelines.storage.tables import StoredTable
from tests.living.municipality import TABLES, Years
from tests.living.product import BRIDGE, REGISTER, SPOILED, Product, as_columns, home_of, parts_of


@dataclass(frozen=True, slots=True)
class Held(StoredTable):
    """A table of all deliveries in the engine; `paths` name those that are asked for."""

    @property
    def sql(self) -> str:
        return f"(SELECT * EXCLUDE (of_delivery) FROM held_{self.name} WHERE of_delivery IN {self._keys()})"

    def in_order(self, columns: str, keys: Sequence[str]) -> str:
        told = "* EXCLUDE (of_delivery)" if columns == "*" else columns
        place = f"list_position({list(keys)}, of_delivery) - 1 AS delivery_order"
        return f"SELECT {told}, {place} FROM held_{self.name} WHERE of_delivery IN {self._keys()}"

    def _keys(self) -> list[str]:
        return [path.stem for path in self.paths]


class InMemory(Product):
    """One home of which only receipts and acts lie on disk."""

    def stored(self, name: str, keys: Sequence[str]) -> StoredTable:
        return Held(name, tuple(Path(f"{key}.parquet") for key in keys))

    def changes(self, key: str) -> pd.DataFrame:
        ready, mapping = self.ready_now(), self.place.files.mapping
        states = States(ready, ready.places([key]), [])
        every = [changes_of(states, self.stored(table, self.keys), delivers_of(mapping, table)) for table in TABLES]
        found = pd.concat([one for one in every if len(one)])
        return found.drop(columns=["delivery", "half_year"]).groupby("table_name").sum()

    def ready_now(self) -> Laid:
        return self.ready(pd.DataFrame({"name": ["Team Noord"], "team_no": [1]}))


def in_memory(years: Years, root: Path) -> InMemory:
    """A home whose tables are in the engine; nothing has been received yet."""
    connection = connect()
    connection.execute("SET threads = 1")
    for name in (*TABLES, REGISTER, BRIDGE, SPOILED):
        told = {key: parts_of(one)[name] for key, one in years.deliveries.items()}
        rows = [{**as_columns(name, row), "of_delivery": key} for key, each in told.items() for row in each]
        kinds = sql_columns(CORE[name])
        frame = pd.DataFrame(rows, columns=[*kinds, "of_delivery"], dtype=object)
        cast = ", ".join(f"{column}::{kind} AS {column}" for column, kind in kinds.items())
        connection.register("told", frame.astype("str").where(frame.notna(), None))
        connection.execute(f"CREATE TABLE held_{name} AS SELECT {cast}, of_delivery::VARCHAR AS of_delivery FROM told")
    return InMemory(years, home_of(years, root), connection)
