"""The tables of one publication, and nothing else: no file from the closed zone can be read through here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data_contracts.errors import StudyError


def released_tables(directory: str | Path | None, team: str | Path | None = None) -> dict[str, pd.DataFrame]:
    """Table name -> frame of every out_*.parquet in a publication; raises StudyError when there is none.

    `team` is the directory with the rows of one team, for the circle of that team; they are added. Of a team that
    agreed to be named the release holds the same rows, and each stands here once.
    """
    if not directory:
        raise StudyError("Welke publicatie? Geef haar map op met '-- --publicatie MAP' of in WIJKBAAT_RELEASE.")
    root = Path(directory)
    paths = sorted([*root.glob("out_*.parquet"), *root.glob("tables/out_*.parquet")])
    if not paths:
        raise StudyError(f"In '{root}' staan geen tabellen van een publicatie. Geef de map released/<naam> op.")
    tables = _read(paths)
    for name, rows in _read(sorted(Path(team).glob("out_*.parquet")) if team else []).items():
        others = tables[name][~_is_of(tables[name], rows)]
        tables[name] = pd.concat([others, rows.astype(others.dtypes)], ignore_index=True)
    return tables


def released_figures(directory: str | Path | None) -> list[dict[str, Any]]:
    """Every printed figure of the publication with its number; none where it has no figures.json."""
    path = Path(directory or ".") / "figures.json"
    return list(json.loads(path.read_text(encoding="utf-8"))) if directory and path.is_file() else []


def _is_of(table: pd.DataFrame, rows: pd.DataFrame) -> pd.Series:
    """Which rows of a table are of the groups of `rows`."""
    named = pd.MultiIndex.from_frame(rows[["slice", "slice_value"]])
    return pd.Series(pd.MultiIndex.from_frame(table[["slice", "slice_value"]]).isin(named), index=table.index)


def _read(paths: list[Path]) -> dict[str, pd.DataFrame]:
    connection = duckdb.connect()
    return {path.stem: connection.read_parquet(str(path)).df() for path in paths}
