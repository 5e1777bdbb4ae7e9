"""A delivery beside the one that decides before it, for every kind of record that both hold."""

from __future__ import annotations

import duckdb

from pipelines.records.again import KIND_WORDS, Again, again
from pipelines.records.current import all_teams
from pipelines.records.standing import delivers_of
from pipelines.storage.receipts import Receipt, Receipts
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.study.workplace import Workplace

REGISTER, BRIDGE = "core_teams__register", "core_clients__bridge"


def beside_the_last(connection: duckdb.DuckDBPyConnection, place: Workplace, key: str) -> list[Again]:
    """Per kind; nothing for a first delivery."""
    receipts, store = Receipts(place.home.receipts), TableStore(place.home.tables)
    own = receipts.of(key)
    last = _before(receipts.accepted(), own) if own else None
    if last is None:
        return []

    def two(table: str) -> StoredTable:
        return store.stored(table, [last.key, key])

    teams = all_teams(two(REGISTER), connection)
    found = []
    for table in KIND_WORDS:
        stored = two(table)
        if len(stored.paths) == 2:
            delivers = delivers_of(place.files.mapping, table)
            found.append(again(connection, stored, two(REGISTER), two(BRIDGE), teams, delivers))
    return [one for one in found if one.n_again or one.n_new]


def _before(accepted: list[Receipt], own: Receipt) -> Receipt | None:
    """The delivery that decides just before this one; one of the same name is replaced by it, not followed."""
    earlier = [one for one in accepted if one.name != own.name and one.decides_by < own.decides_by]
    return earlier[-1] if earlier else None
