"""The register of teams of one delivery: delivered, or from the study, or the names that occur.

A team that is named only as a successor is a team too. Numbers follow the sorted names.
"""

from __future__ import annotations

import datetime as dt

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.study import TeamRegister
from data_contracts.tables import core as contracts
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.reasons import ACCEPTED
from pipelines.intake.door import Delivery
from pipelines.intake.reading.texts import Rules
from pipelines.intake.reading.typed import typing_of


def delivered_register(
    connection: duckdb.DuckDBPyConnection, raw: duckdb.DuckDBPyRelation, delivery: Delivery, rules: Rules
) -> pd.DataFrame:
    """team, team_type, valid_from, valid_until, succeeded_by (name), approach_started_on; empty when not delivered."""
    raw.to_view("raw_teams", replace=True)
    parts = []
    for number, file in enumerate(delivery.of_table("teams")):
        rows = f"rows_teams_{number}"
        connection.execute(
            f"CREATE OR REPLACE TEMP TABLE {rows} AS SELECT * FROM raw_teams WHERE file = $file", {"file": file.name}
        )
        values = typing_of(connection, rows, file.mapping, rules).columns
        columns = ", ".join(f"{sql} AS {name}" for name, sql in values.items())
        parts.append(f"SELECT {columns} FROM {rows} WHERE verdict = '{ACCEPTED}'")
    if not parts:
        return pd.DataFrame(
            columns=["team", "team_type", "valid_from", "valid_until", "succeeded_by", "approach_started_on"]
        )
    return connection.sql(" UNION ALL BY NAME ".join(parts)).df()


def study_register(register: TeamRegister) -> pd.DataFrame:
    """The same columns, from teams.yaml."""
    return pd.DataFrame([entry.model_dump() for entry in register.teams])


def named_register(names: list[str]) -> pd.DataFrame:
    """The same columns, from nothing but the names that occur."""
    unique = {folded(name): name for name in sorted(names, reverse=True)}
    return pd.DataFrame({"team": sorted(unique.values())})


def numbered(register: pd.DataFrame) -> pd.DataFrame:
    """core_teams__register: successors added, teams numbered in the order of their names."""
    frame = register.reindex(
        columns=["team", "team_type", "valid_from", "valid_until", "succeeded_by", "approach_started_on"]
    )
    frame = pd.concat([frame, _only_successors(frame)], ignore_index=True)
    frame = frame.assign(name=frame["team"].map(folded)).sort_values("name", ignore_index=True)
    numbers = {name: number for number, name in enumerate(frame["name"], 1)}
    named = frame["succeeded_by"].map(lambda name: numbers.get(folded(name)) if isinstance(name, str) else None)
    frame["team_no"] = range(1, len(frame) + 1)
    frame["succeeded_by"] = named.astype("Int16")
    for column in ("valid_from", "valid_until", "approach_started_on"):
        frame[column] = pd.to_datetime(frame[column]).astype("datetime64[us]")
    return frame[list(sql_columns(contracts.TEAMS))]


def _only_successors(frame: pd.DataFrame) -> pd.DataFrame:
    """Teams that stand in the register only as the successor of another; they begin when the last of those ended."""
    known = set(frame["team"].map(folded))
    merged = frame[frame["succeeded_by"].map(lambda name: isinstance(name, str) and folded(name) not in known)]
    if merged.empty:
        return merged.reindex(columns=frame.columns)
    ended = pd.to_datetime(merged["valid_until"]).groupby(merged["succeeded_by"]).max()
    started = [end + dt.timedelta(days=1) if pd.notna(end) else pd.NaT for end in ended]
    return pd.DataFrame({"team": list(ended.index), "valid_from": started}).reindex(columns=frame.columns)


def team_numbers(register: pd.DataFrame) -> dict[str, int]:
    """Folded name -> number."""
    return {folded(team): int(number) for team, number in zip(register["team"], register["team_no"], strict=True)}
