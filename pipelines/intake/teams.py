"""The register of teams of one delivery: delivered, or from the study, or the names that occur.

A team that is named only as a successor is a team too. Numbers follow the sorted names.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.tables import core as contracts
from data_contracts.team_register import TeamRegister
from data_contracts.vocabulary.names import folded
from data_contracts.vocabulary.reasons import ACCEPTED
from pipelines.intake.core import typed_rows
from pipelines.intake.reading.codes import named_meaning
from pipelines.intake.reading.texts import Rules


def delivered_register(
    connection: duckdb.DuckDBPyConnection, raw: duckdb.DuckDBPyRelation, rules: Rules
) -> pd.DataFrame:
    """team, team_type, valid_from, valid_until, succeeded_by (name), approach_started_on; empty when not delivered."""
    typed = typed_rows(connection, raw, "teams", rules)
    columns = ["team", "team_type", "valid_from", "valid_until", "succeeded_by", "approach_started_on"]
    if typed is None:
        return pd.DataFrame(columns=columns)
    return connection.sql(f"SELECT {', '.join(columns)} FROM ({typed}) WHERE team IS NOT NULL").df()


def occurring_teams(raws: Iterable[duckdb.DuckDBPyRelation], rules: Rules) -> list[str]:
    """The names of teams in accepted rows, as the mapping spells them."""
    names: set[str] = set()
    for raw in raws:
        rows = raw.filter(f"verdict = '{ACCEPTED}' AND team IS NOT NULL").project("entry, team").distinct().fetchall()
        named = (named_meaning(team, rules.mappings[entry].codes.get("team", {})).code for entry, team in rows)
        names |= {str(name) for name in named if name is not None}
    return sorted(names)


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
