"""One table over all deliveries that count: what the source says now.

The delivery with the later extract date decides about a record, then the one received later. What a complete delivery
no longer holds is gone (standing.py). An assessment is decided about per life domain: a long file that brings one
domain leaves the others as they were.
People with a new pseudonym are joined by the key holder's bridge, teams get one number, and a merged team counts as its
successor.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.mapping.steps import Delivers
from data_contracts.study import Study
from data_contracts.tables.core import CORE, DOMAIN_COLUMNS
from data_contracts.vocabulary.names import folded
from pipelines.records.bridge import bridge_of
from pipelines.records.first_window import with_outside
from pipelines.records.identity import same_record
from pipelines.records.standing import spoiled_rows, with_gone
from pipelines.storage.sql import listed
from pipelines.storage.tables import StoredTable


def current_table(
    connection: duckdb.DuckDBPyConnection,
    stored: StoredTable,
    registers: StoredTable,
    bridges: StoredTable,
    teams: pd.DataFrame,
    delivers: Delivers | None = None,
    spoiled: StoredTable | None = None,
    restricted: Collection[int] = (),
) -> duckdb.DuckDBPyRelation:
    """The `__current` table of `stored`, which holds one file per delivery, in the order in which they decide.

    Clients in `restricted` are in it under no number.
    """
    columns = sql_columns(CORE[f"{stored.name}__current"])
    rows = delivered_rows(connection, stored, registers, bridges, teams)
    aside = spoiled_rows(spoiled, [path.stem for path in stored.paths], bridge_of(bridges)) if spoiled else None
    standing = f"SELECT * EXCLUDE (is_gone) FROM ({with_gone(rows, stored.name, delivers, aside)}) WHERE NOT is_gone"
    if restricted and "client_no" in columns:
        standing += f" AND client_no NOT IN ({_under_todays_number(connection, restricted, bridges)})"
    if stored.name == "core_zrm__assessments":
        decided = _decided_per_domain(standing, list(columns))
    else:
        decided = f"""SELECT * FROM ({standing})
            QUALIFY delivery_order = max(delivery_order) OVER (PARTITION BY {same_record(stored.name)})"""
    cast = ", ".join(f"{name}::{kind} AS {name}" for name, kind in columns.items())
    return connection.sql(f"SELECT {cast} FROM ({decided}) ORDER BY ALL")


def _under_todays_number(
    connection: duckdb.DuckDBPyConnection, client_nos: Collection[int], bridges: StoredTable
) -> str:
    """SQL for the numbers under which these clients stand once the bridge has joined them."""
    numbers = pd.DataFrame({"client_no": pd.Series(sorted(client_nos), dtype="int64")})
    connection.register("restricted_clients", numbers)
    if not bridges.paths:
        return "SELECT client_no FROM restricted_clients"
    return f"""SELECT coalesce(b.client_no_new, r.client_no) FROM restricted_clients r
        LEFT JOIN ({bridge_of(bridges)}) b USING (client_no)"""


def delivered_rows(
    connection: duckdb.DuckDBPyConnection,
    stored: StoredTable,
    registers: StoredTable,
    bridges: StoredTable,
    teams: pd.DataFrame,
) -> str:
    """SQL for all delivered rows of a table with `delivery_order`, under the client and team of today."""
    columns = sql_columns(CORE[stored.name])
    connection.register("global_teams", teams[["name", "team_no"]])
    parts = [_every_delivery(stored, registers, "team_no" in columns)] if stored.paths else []
    # A delivery that was taken in before a column existed has nothing in it.
    empty = ", ".join(f"NULL::{kind} AS {name}" for name, kind in columns.items())
    nothing = f"SELECT {empty}, 0 AS delivery_order WHERE false"
    joined = f"SELECT * FROM ({' UNION ALL BY NAME '.join([*parts, nothing])})"
    if "client_no" not in columns or not parts:
        return joined
    return f"""SELECT d.* REPLACE (coalesce(b.client_no_new, d.client_no) AS client_no)
        FROM ({joined}) d LEFT JOIN ({bridge_of(bridges)}) b USING (client_no)"""


def _decided_per_domain(rows: str, columns: list[str]) -> str:
    """SQL: assessments of one record as one row, each life domain from the last delivery that scored it.

    Several assessments of one record in one delivery stay several: the first of one meets the first of the other.
    """
    key = same_record("core_zrm__assessments")
    head = [name for name in columns if name not in DOMAIN_COLUMNS]
    last = ", ".join(
        f"CASE WHEN delivery_order = max(delivery_order) FILTER ({name} IS NOT NULL) OVER (PARTITION BY {key})"
        f" THEN {name} END AS {name}"
        for name in DOMAIN_COLUMNS
    )
    packed = ", ".join(f"{name} := {name}" for name in head)
    domains = ", ".join(f"max({name}) AS {name}" for name in DOMAIN_COLUMNS)
    left = " OR ".join(f"{name} IS NOT NULL" for name in DOMAIN_COLUMNS)
    return f"""WITH decided AS (
            SELECT * REPLACE ({last}), row_number() OVER (
                PARTITION BY {key}, delivery_order ORDER BY rater_no, {", ".join(DOMAIN_COLUMNS)}) AS nth
            FROM ({rows})),
        merged AS (
            SELECT arg_max(struct_pack({packed}), delivery_order) AS head, {domains}
            FROM decided WHERE {left} GROUP BY {key}, nth)
        SELECT unnest(head), {", ".join(DOMAIN_COLUMNS)} FROM merged"""


def _every_delivery(stored: StoredTable, registers: StoredTable, has_team: bool) -> str:
    """SQL for the rows of all deliveries, each team under its number over all instead of that of its delivery.

    All files at once: a query per delivery costs more with every quarter.
    """
    rows = _in_order(stored, "*")
    if not has_team:
        return rows
    return f"""SELECT t.* REPLACE (g.team_no AS team_no) FROM ({rows}) t
        LEFT JOIN ({_in_order(registers, "team_no, team")}) r USING (team_no, delivery_order)
        LEFT JOIN global_teams g ON g.name = r.team"""


def _in_order(stored: StoredTable, columns: str) -> str:
    """SQL for these columns of all files of a table, with the place of the file as `delivery_order`."""
    files = f"[{listed(stored.paths)}]"
    told = "* EXCLUDE (filename)" if columns == "*" else columns
    return f"""SELECT {told}, list_position({files}, filename) - 1 AS delivery_order
        FROM read_parquet({files}, filename = true, union_by_name = true)"""


def all_teams(registers: StoredTable, connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """One register over all deliveries: core_teams__register__current plus `name`, the spelling per delivery.

    One row per spelling; `team_no` and `counted_as` are the same for spellings of one team.
    """
    if not registers.paths:
        return pd.DataFrame(columns=[*sql_columns(CORE["core_teams__register__current"]), "name"])
    every = connection.sql(_registers(registers.paths)).df()
    every["folded"] = every["team"].map(folded)
    numbers = {name: number for number, name in enumerate(sorted(every["folded"].unique()), 1)}
    latest = every.drop_duplicates("folded", keep="last").copy()
    latest["team_no"] = latest["folded"].map(numbers)
    latest["succeeded_by"] = latest["successor"].map(
        lambda team: numbers.get(folded(team)) if isinstance(team, str) else None
    )
    latest["counted_as"] = _last_successor(latest)
    spellings = every[["team", "folded"]].drop_duplicates().rename(columns={"team": "name"})
    merged = spellings.merge(latest, on="folded", validate="many_to_one").sort_values(
        ["team_no", "name"], ignore_index=True
    )
    merged["succeeded_by"] = merged["succeeded_by"].astype("Int16")
    return merged


def _registers(paths: Sequence[Path]) -> str:
    """SQL for the rows of all registers in their order, each with the name of its successor in the same register."""
    files = f"[{listed(paths)}]"
    return f"""WITH told AS (
            SELECT *, list_position({files}, filename) AS nth
            FROM read_parquet({files}, filename = true, file_row_number = true))
        SELECT t.* EXCLUDE (filename, file_row_number, nth), s.team AS successor
        FROM told t LEFT JOIN told s ON s.nth = t.nth AND s.team_no = t.succeeded_by
        ORDER BY t.nth, t.file_row_number"""


def _last_successor(register: pd.DataFrame) -> list[int]:
    """The team as which a team counts today; a circle of successors ends where it began."""
    following = {
        int(number): int(successor)
        for number, successor in zip(register["team_no"], register["succeeded_by"], strict=True)
        if pd.notna(successor)
    }
    last = []
    for number in register["team_no"]:
        seen, current = {int(number)}, int(number)
        while current in following and following[current] not in seen:
            current = following[current]
            seen.add(current)
        last.append(current)
    return last


def with_episodes(
    connection: duckdb.DuckDBPyConnection, assessments: duckdb.DuckDBPyRelation, study: Study
) -> duckdb.DuckDBPyRelation:
    """Assessments with the domains that the study lists today and an episode number; reads the view trajectories.

    Episode 0 lies outside the window round the first trajectory (first_window.py). A new episode begins after a gap of
    more than `new_episode_after_months` without an assessment: the client came back.
    """
    assessments.to_view("all_assessments", replace=True)
    gone = [name for name in DOMAIN_COLUMNS if name not in study.life_domains]
    blanked = "".join(f", NULL::TINYINT AS {name}" for name in gone)
    columns = ", ".join(assessments.columns)
    placed = with_outside("SELECT * FROM all_assessments", "assessed_on", study.first_measurement)
    gap = f"INTERVAL {study.new_episode_after_months} MONTH"
    return connection.sql(
        f"""WITH gaps AS (
            SELECT *, assessed_on > lag(assessed_on) OVER client + {gap} AS comes_back
            FROM ({placed}) WINDOW client AS (PARTITION BY client_no, is_outside ORDER BY assessed_on)),
        counted AS (
            SELECT * REPLACE ((CASE WHEN is_outside THEN 0 ELSE 1 + count(*) FILTER (WHERE comes_back) OVER (
                PARTITION BY client_no, is_outside ORDER BY assessed_on) END)::SMALLINT AS episode_id{blanked})
            FROM gaps)
        SELECT {columns} FROM counted ORDER BY ALL"""
    )
