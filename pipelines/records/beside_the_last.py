"""A delivery beside another one, for every kind of record that both hold."""

from __future__ import annotations

import duckdb

from pipelines.records.again import ENOUGH, KIND_WORDS, Again, again
from pipelines.records.laid import laid
from pipelines.records.register import all_teams
from pipelines.records.standing import delivers_of
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.study.workplace import Workplace

REGISTER, BRIDGE = "core_teams__register", "core_clients__bridge"


def beside_the_last(connection: duckdb.DuckDBPyConnection, place: Workplace, key: str) -> list[Again]:
    """Beside the one that decides before it; nothing for a first delivery.

    Where another kind of this delivery is whole, one of which it holds nothing is told of too: a file may be forgotten.
    """
    receipts = Receipts(place.home.receipts)
    own = receipts.of(key)
    last = _before(receipts.accepted(), own) if own else None
    every = _every_kind(connection, place, last.key, key) if last else []
    is_whole = any(one.is_complete and one.n_before >= ENOUGH for one in every)
    return [one for one in every if not one.is_absent or (is_whole and one.n_before >= ENOUGH)]


def beside(connection: duckdb.DuckDBPyConnection, place: Workplace, earlier: str, later: str) -> list[Again]:
    """Two deliveries by key, per kind of which the later holds something."""
    return [one for one in _every_kind(connection, place, earlier, later) if not one.is_absent]


def beside_rows(connection: duckdb.DuckDBPyConnection, place: Workplace, key: str, table: str) -> str | None:
    """SQL for the rows of one kind in the delivery before this one (order 0) and in this one (order 1)."""
    receipts, store = Receipts(place.home.receipts), TableStore(place.home.tables)
    own = receipts.of(key)
    last = _before(receipts.accepted(), own) if own else None
    if last is None:
        return None
    keys = [last.key, key]
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


def _before(accepted: list[Receipt], own: Receipt) -> Receipt | None:
    """The delivery that decides just before this one; one of the same name is replaced by it, not followed."""
    earlier = [one for one in accepted if one.name != own.name and one.decides_by < own.decides_by]
    return earlier[-1] if earlier else None
