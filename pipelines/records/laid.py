"""All deliveries of a home laid ready in an engine: every row under the client and the team of today, in their order.

Bridges, registers and what was set aside are read once, whatever number of tables is made; of a table its files are
streamed, so that what is kept in memory does not grow with the number of deliveries.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.mapping.steps import Delivers
from data_contracts.tables.core import CORE, SPOILED
from pipelines.records.bridge import bridge_of
from pipelines.records.standing import periods, with_gone
from pipelines.storage.tables import StoredTable

_BRIDGE, _TEAMS, _ASIDE, _PERIODS = "laid_bridge", "laid_teams", "laid_aside", "laid_periods_{}"


@dataclass(frozen=True, slots=True)
class Laid:
    """`keys` are the deliveries in the order in which they decide; `has_aside` where any row was set aside."""

    connection: duckdb.DuckDBPyConnection
    keys: tuple[str, ...]
    has_bridge: bool
    has_aside: bool

    def rows(self, stored: StoredTable) -> str:
        """SQL for all delivered rows of a table with `delivery_order`, under the client and team of today."""
        columns = sql_columns(CORE[stored.name])
        parts = [self._every_delivery(stored, "team_no" in columns)] if stored.paths else []
        # A delivery that was taken in before a column existed has nothing in it.
        empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items())
        nothing = f"SELECT {empty}, 0 AS delivery_order WHERE false"
        joined = f"SELECT * FROM ({' UNION ALL BY NAME '.join([*parts, nothing])})"
        return self.of_today(f"({joined})") if "client_no" in columns and parts else joined

    def of_today(self, rows: str) -> str:
        """SQL: these rows under the pseudonyms under which their people count today."""
        if not self.has_bridge:
            return f"SELECT * FROM {rows}"
        return f"""SELECT d.* REPLACE (coalesce(b.client_no_new, d.client_no) AS client_no)
            FROM {rows} d LEFT JOIN {_BRIDGE} b USING (client_no)"""

    def aside(self) -> str | None:
        """The table with the rows that were set aside, where there are any; `named_by` is the place of the delivery."""
        return _ASIDE if self.has_aside else None

    def standing(self, rows: str, table: str, delivers: Delivers | None) -> str:
        """SQL for those of `rows` that no later delivery took away."""
        self.speaks(rows, table, delivers)
        return self.judged(rows, table, delivers, range(len(self.keys)))

    def speaks(self, rows: str, table: str, delivers: Delivers | None) -> None:
        """Find the period of which each delivery speaks, for `judged`."""
        if delivers is not None and delivers.kind == "complete":
            found = periods(rows, table, delivers)
            self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {_PERIODS.format(table)} AS {found}")

    def judged(self, rows: str, table: str, delivers: Delivers | None, judges: Collection[int]) -> str:
        """The same by the periods of the deliveries at the places `judges`, which `speaks` found before."""
        if delivers is None or delivers.kind == "addition" or not judges:
            return f"SELECT * FROM ({rows})"
        judging = f"(FROM {_PERIODS.format(table)} WHERE later IN ({listed_places(judges)}))"
        judged = with_gone(rows, table, delivers, self.aside(), judging)
        return f"SELECT * EXCLUDE (is_gone) FROM ({judged}) WHERE NOT is_gone"

    def places(self, keys: Collection[str]) -> list[int]:
        """The places of these deliveries in the order."""
        return [at for at, key in enumerate(self.keys) if key in keys]

    def _every_delivery(self, stored: StoredTable, has_team: bool) -> str:
        """All files at once, each team under its number over all instead of that of its delivery."""
        rows = stored.in_order("*", self.keys)
        if not has_team:
            return rows
        return f"""SELECT t.* REPLACE (g.counts_as AS team_no) FROM ({rows}) t
            LEFT JOIN {_TEAMS} g USING (team_no, delivery_order)"""


def laid(
    connection: duckdb.DuckDBPyConnection,
    keys: Sequence[str],
    registers: StoredTable,
    bridges: StoredTable,
    teams: pd.DataFrame,
    spoiled: StoredTable | None = None,
) -> Laid:
    """Bridges, teams and what was set aside of the deliveries `keys`, ready in the engine."""
    has_bridge = bool(bridges.paths) and _filled(connection, _BRIDGE, bridge_of(bridges))
    connection.register("global_teams", teams[["name", "team_no"]])
    if registers.paths:
        told = registers.in_order("team_no, team", keys)
        numbers = f"SELECT t.team_no, delivery_order, g.team_no AS counts_as FROM ({told}) t"
        _filled(connection, _TEAMS, f"{numbers} LEFT JOIN global_teams g ON g.name = t.team")
    has_aside = spoiled is not None and bool(spoiled.paths)
    if spoiled is not None and has_aside:
        has_aside = _filled(connection, _ASIDE, set_aside(spoiled, keys, _BRIDGE if has_bridge else None))
    return Laid(connection, tuple(keys), has_bridge, has_aside)


def set_aside(spoiled: StoredTable, keys: Sequence[str], bridge: str | None) -> str:
    """SQL for what deliveries set aside, under the people of today (`bridge`), with `named_by`, the place of theirs."""
    columns = ", ".join(f"s.{name}" for name in sql_columns(SPOILED) if name != "client_no")
    client, join = "s.client_no", ""
    if bridge:
        client, join = "coalesce(b.client_no_new, s.client_no)", f" LEFT JOIN {bridge} b USING (client_no)"
    rows = spoiled.in_order("*", keys)
    return f"SELECT {client} AS client_no, {columns}, s.delivery_order AS named_by FROM ({rows}) s{join}"


def _filled(connection: duckdb.DuckDBPyConnection, name: str, sql: str) -> bool:
    """Whether the table that was made has rows."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")
    return bool(connection.execute(f"FROM {name} LIMIT 1").fetchall())


def listed_places(places: Collection[int]) -> str:
    """SQL: these places as a list; no place is -1."""
    return ", ".join(str(one) for one in places) or "-1"
