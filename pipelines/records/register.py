"""One register of teams over all deliveries: a number per team, and the team as which a merged team counts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.tables.core import CORE
from data_contracts.vocabulary.names import folded
from pipelines.storage.sql import listed
from pipelines.storage.tables import StoredTable


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
