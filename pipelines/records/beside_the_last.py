"""A delivery beside another one, for every kind of record that both hold."""

from __future__ import annotations

import duckdb

from pipelines.records.again import ENOUGH, KIND_WORDS, Again, again
from pipelines.records.laid import laid
from pipelines.records.register import all_teams
from pipelines.records.standing import delivers_of
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.study.workplace import Workplace

REGISTER, BRIDGE = "core_teams__register", "core_clients__bridge"


def beside_the_last(connection: duckdb.DuckDBPyConnection, place: Workplace, key: str) -> list[Again]:
    """Each kind beside the last delivery before this one that holds it; nothing for a first delivery.

    Where another kind of this delivery is whole, one of which it holds nothing is told of too, if the last one of its
    sort did hold it: a file may be forgotten. Of a supplier who delivers alone that is its own last one.
    """
    before = _before(place, key)
    if not before:
        return []
    every = _every_kind(connection, place, _of_its_sort(connection, place, before, key), key)
    for at, one in enumerate(every):
        holding = _holding(connection, place, before, one.table) if not one.n_before and one.n_new else None
        if holding is not None:
            every[at] = next(two for two in _every_kind(connection, place, holding, key) if two.table == one.table)
    is_whole = any(one.is_complete and one.n_before >= ENOUGH for one in every)
    return [one for one in every if not one.is_absent or (is_whole and one.n_before >= ENOUGH)]


def beside(connection: duckdb.DuckDBPyConnection, place: Workplace, earlier: str, later: str) -> list[Again]:
    """Two deliveries by key, per kind of which the later holds something."""
    return [one for one in _every_kind(connection, place, earlier, later) if not one.is_absent]


def beside_rows(connection: duckdb.DuckDBPyConnection, place: Workplace, key: str, table: str) -> str | None:
    """SQL for the rows of one kind in the last delivery before this one that holds it (order 0), and here (order 1)."""
    last = _holding(connection, place, _before(place, key), table)
    if last is None:
        return None
    store, keys = TableStore(place.home.tables), [last, key]
    registers, bridges, stored = (store.stored(name, keys) for name in (REGISTER, BRIDGE, table))
    ready = laid(connection, keys, registers, bridges, all_teams(registers, connection))
    return ready.rows(stored) if len(stored.paths) == len(keys) else None


def _every_kind(connection: duckdb.DuckDBPyConnection, place: Workplace, earlier: str, later: str) -> list[Again]:
    store = TableStore(place.home.tables)

    def two(table: str) -> StoredTable:
        return store.stored(table, [earlier, later])

    teams = all_teams(two(REGISTER), connection)
    ready, found = laid(connection, [earlier, later], two(REGISTER), two(BRIDGE), teams), []
    for table in KIND_WORDS:
        stored = two(table)
        if len(stored.paths) == 2:
            found.append(again(ready, stored, delivers_of(place.files.mapping, table)))
    return found


def _before(place: Workplace, key: str) -> list[str]:
    """The deliveries that decide before this one, in that order; one of its name is replaced by it, not followed."""
    receipts = Receipts(place.home.receipts)
    own = receipts.of(key)
    if own is None:
        return []
    return [one.key for one in receipts.accepted() if one.name != own.name and one.decides_by < own.decides_by]


def _of_its_sort(connection: duckdb.DuckDBPyConnection, place: Workplace, before: list[str], key: str) -> str:
    """The last of `before` that holds what this delivery is about: the ZRM, or else the first kind that it holds."""
    main = next((table for table in KIND_WORDS if _holding(connection, place, [key], table)), None)
    return (main and _holding(connection, place, before, main)) or before[-1]


def _holding(connection: duckdb.DuckDBPyConnection, place: Workplace, before: list[str], table: str) -> str | None:
    """The last of these deliveries with a row of this kind."""
    for key in reversed(before):
        stored = TableStore(place.home.tables).stored(table, [key])
        if stored.paths and connection.execute(f"FROM {stored.sql} LIMIT 1").fetchall():
            return key
    return None
