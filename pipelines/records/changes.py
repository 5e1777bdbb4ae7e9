"""What a delivery does to the state before it: records that are new, changed, gone and equal, per kind and half-year.

The state is that of all other deliveries that count, whatever their order: what a late delivery does to it is little.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.mapping.steps import Delivers
from data_contracts.tables.intake import CHANGED_BY
from pipelines.records.again import KIND_WORDS, values_of
from pipelines.records.current import decided
from pipelines.records.identity import NATURAL_KEY, identity
from pipelines.records.laid import Laid, laid, listed_places
from pipelines.records.register import all_teams
from pipelines.records.standing import delivers_of, names
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import StoredTable, TableStore
from pipelines.study.workplace import Workplace

REGISTER, BRIDGE, SPOILED = "core_teams__register", "core_clients__bridge", "core_intake__spoiled"
_UNDATED = "core_clients__attributes"
CASES, PROVISIONS = "core_cases__trajectories", "core_provisions__use"
# The parts of the key under which a record may stand again, and within how many days: what happens more often, and
# looks the same then, is no correction when it lies further apart.
_MAY_MOVE: dict[str, tuple[tuple[str, ...], int]] = {
    CASES: (("started_on",), 100_000),
    PROVISIONS: (("started_on", "product"), 100_000),
    "core_zrm__assessments": (("assessed_on",), 30),
    "core_ladder__scores": (("assessed_on",), 30),
    "core_events__incidents": (("occurred_on", "event_kind"), 30),
    "core_experienced__marks": (("asked_on",), 30),
}


@dataclass(frozen=True, slots=True)
class States:
    """All deliveries laid ready; `own` is the place of the one that is judged, `replaced` of earlier ones of its name.

    Those count before it, and no longer after it.
    """

    ready: Laid
    own: list[int]
    replaced: list[int]

    @property
    def others(self) -> list[int]:
        """The places of the deliveries that count both before and after it."""
        return [at for at in range(len(self.ready.keys)) if at not in (*self.own, *self.replaced)]


def changes(connection: duckdb.DuckDBPyConnection, place: Workplace, key: str) -> pd.DataFrame:
    """core_intake__changes of one delivery, whether it counts already or not; kinds that it does not hold are left out.

    People and teams are those of after it: a new pseudonym that its bridge joins to an old one changes nothing.
    """
    receipts, store = Receipts(place.home.receipts), TableStore(place.home.tables)
    own = receipts.of(key)
    if own is None:
        return empty_frame(CHANGED_BY)
    every = sorted([*(one for one in receipts.accepted() if one.key != key), own], key=lambda one: one.decides_by)
    keys = [one.key for one in every]
    registers, bridges, spoiled = (store.stored(name, keys) for name in (REGISTER, BRIDGE, SPOILED))
    ready = laid(connection, keys, registers, bridges, all_teams(registers, connection), spoiled)
    replaced = ready.places([one.key for one in every if one.name == own.name and one.key != key])
    states = States(ready, ready.places([key]), replaced)
    held = [table for table in KIND_WORDS if store.path(table, key).exists()]
    found = [changes_of(states, store.stored(table, keys), delivers_of(place.files.mapping, table)) for table in held]
    told = [frame for frame in found if len(frame)]
    return pd.concat(told, ignore_index=True) if told else empty_frame(CHANGED_BY)


def changes_of(states: States, stored: StoredTable, delivers: Delivers | None) -> pd.DataFrame:
    """The changes of one kind. What deliveries of both states took away is read past once, and kept nowhere."""
    ready, table, (own,) = states.ready, stored.name, states.own
    connection = ready.connection
    aside = f"(FROM {ready.aside()} WHERE named_by = {own})" if ready.aside() else None
    own_rows, apart, others = (
        ready.rows(stored.of([ready.keys[at] for at in places]))
        for places in (states.own, [*states.own, *states.replaced], states.others)
    )
    if not connection.execute(f"FROM ({own_rows}) LIMIT 1").fetchall() and not _has_spoiled(connection, aside, table):
        return empty_frame(CHANGED_BY)
    # A row of only one of the two states may not take anything from the other, so it is judged apart.
    later = [at for at in states.others if at > min([*states.own, *states.replaced])]
    ready.speaks(ready.rows(stored), table, delivers)
    kept = ready.judged(others, table, delivers, states.others)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE kept AS {kept} UNION ALL BY NAME {apart}")
    for side, without, alone in (("before", states.own, states.replaced), ("after", states.replaced, states.own)):
        left = f"SELECT * FROM kept WHERE delivery_order NOT IN ({listed_places(without)})"
        connection.execute(f"DROP TABLE IF EXISTS state_{side}")
        standing = ready.judged(left, table, delivers, [*later, *alone])
        decided(connection, standing, table).to_table(f"state_{side}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW delivered AS FROM kept WHERE delivery_order = {own}")
    moved = _moved(table) if states.others or states.replaced else "false"
    return connection.sql(_counted(table, ready.keys[own], moved, aside)).df()


def _has_spoiled(connection: duckdb.DuckDBPyConnection, aside: str | None, table: str) -> bool:
    return aside is not None and bool(connection.sql(f"FROM {aside} WHERE table_name = '{table}' LIMIT 1").fetchall())


def _counted(table: str, key: str, moved: str, aside: str | None) -> str:
    """SQL for core_intake__changes of one kind from state_before, state_after and delivered."""
    keys = [f"key_{at}" for at in range(len(identity(table)))]
    named = ", ".join(f"{one} AS {name}" for one, name in zip(identity(table), keys, strict=True))
    said = f"sum(hash({', '.join(values_of(table))})::HUGEINT)"
    return f"""WITH mine AS (SELECT DISTINCT {named} FROM delivered),
        elsewhere AS (SELECT o.* FROM (SELECT *, {named} FROM state_before) o ANTI JOIN mine m
            ON {" AND ".join(f"m.{name} IS NOT DISTINCT FROM o.{name}" for name in keys)}),
        now_and_then AS (
            SELECT *, true AS is_after, {moved} AS is_moved, {_stale(table, aside)} AS is_stale,
                false AS is_open FROM state_after r
            UNION ALL SELECT *, false, false, false, {_open(table)} FROM state_before r),
        records AS (
            SELECT coalesce({_day(table)} FILTER (is_after), {_day(table)}) AS on_day,
                {said} FILTER (is_after) AS now, {said} FILTER (NOT is_after) AS was,
                bool_or(is_moved) AS is_moved, bool_or(is_stale) AS is_stale, bool_or(is_open) AS was_open
            FROM now_and_then GROUP BY {", ".join(identity(table))})
        SELECT '{key}' AS delivery, '{table}' AS table_name,
            coalesce(year(on_day) || '-' || CASE WHEN month(on_day) <= 6 THEN 1 ELSE 2 END, '') AS half_year,
            {", ".join(f"(count(*) FILTER ({case}))::INTEGER AS {name}" for name, case in _CASES.items())}
        FROM records GROUP BY ALL ORDER BY half_year"""


_CASES = {
    "n_new": "was IS NULL",
    "n_changed": "was <> now",
    "n_gone": "now IS NULL",
    "n_equal": "was = now",
    "n_moved": "was IS NULL AND is_moved",
    "n_stale": "was = now AND is_stale",
    "n_ran_on": "was <> now AND was_open",
}


def _day(table: str) -> str:
    """SQL: the day of a record, by which it falls in a half-year."""
    if table == _UNDATED:
        return "min(NULL::DATE)"
    days = [name for name in NATURAL_KEY[table] if name.endswith("_on")]
    return f"min({days[0]})" if days else "min(make_date(year, 1, 1))"


def _open(table: str) -> str:
    """SQL: row r had no end yet."""
    return "r.ended_on IS NULL" if table in (CASES, PROVISIONS) else "false"


def _moved(table: str) -> str:
    """SQL: row r equals, but for one part of its key, an earlier row whose record this delivery does not hold."""
    if table not in _MAY_MOVE:
        return "false"
    movable, within = _MAY_MOVE[table]
    alike = [name for name in values_of(table) if name not in (*movable, "client_no")]
    same = "".join(f" AND o.{name} IS NOT DISTINCT FROM r.{name}" for name in alike)
    differ = " + ".join(f"(o.{name} <> r.{name})::INT" for name in movable)
    near = f"abs(o.{movable[0]} - r.{movable[0]}) <= {within}"
    return f"EXISTS (SELECT 1 FROM elsewhere o WHERE o.client_no = r.client_no{same} AND {near} AND {differ} = 1)"


def _stale(table: str, aside: str | None) -> str:
    """SQL: row r stands in a row that this delivery had to set aside."""
    if aside is None or table not in _MAY_MOVE:
        return "false"
    return f"EXISTS (SELECT 1 FROM {aside} s WHERE s.table_name = '{table}' AND {names(table)})"
