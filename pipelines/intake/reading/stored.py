"""Opened files on their way from the process that read them to the one that asked: Parquet per sheet, and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import duckdb

from pipelines.intake.reading.sheets import Aside, Merged, Opened, Row, Sheet, Unreadable, Variables
from pipelines.storage.platform import connect
from pipelines.storage.sql import quoted


@dataclass(frozen=True)
class StoredRows:
    """The rows of a sheet in a file of ours, blank ones left out."""

    path: Path
    width: int

    def __iter__(self) -> Iterator[Row]:
        """Every row that is not blank."""
        with connect() as connection:
            result = connection.execute(
                "SELECT * FROM read_parquet($path) ORDER BY row_number", {"path": str(self.path)}
            )
            while rows := result.fetchmany(10_000):
                for number, kinds, *cells in rows:
                    width = self.width if kinds is None else len(kinds)
                    yield Row(number, tuple(cell or "" for cell in cells[:width]), kinds or "t" * width)

    def into(self, connection: duckdb.DuckDBPyConnection, target: str) -> int:
        """These rows where they lie: a view."""
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {target} AS SELECT * FROM read_parquet({quoted(self.path)})")
        return self.width


def store(opened: Opened, engine: duckdb.DuckDBPyConnection, folder: Path, name: str) -> dict[str, Any]:
    """Write every sheet into `folder`; gives the rest as JSON. Raises Unreadable at a row that cannot be read."""
    sheets = []
    for at, sheet in enumerate(opened.sheets):
        width = sheet.rows.into(engine, "stored")
        path = folder / f"{name}-{at}.parquet"
        try:
            engine.execute(f"COPY stored TO {quoted(path)} (FORMAT parquet, COMPRESSION uncompressed)")
        except duckdb.Error:
            raise Unreadable("het bestand is te groot om te lezen.", "Vraag een uitdraai in delen.") from None
        engine.execute("DROP TABLE stored")
        about = {"name": sheet.name, "hidden": sheet.hidden, "merged": [asdict(one) for one in sheet.merged]}
        variables = asdict(sheet.variables) if sheet.variables else None
        sheets.append(about | {"variables": variables, "path": path.name, "width": width})
    whole = {key: getattr(opened, key) for key in ("name", "format", "encoding", "delimiter", "lost_accents")}
    (folder / f"{name}-asides.json").write_text(json.dumps([[one.where, one.text] for one in opened.asides]))
    return whole | {"sheets": sheets, "asides": f"{name}-asides.json"}


def restored(told: dict[str, Any], folder: Path) -> Opened:
    """What `store` was given."""
    sheets = tuple(_sheet(one, folder) for one in told.pop("sheets"))
    asides = tuple(Aside(*pair) for pair in json.loads((folder / told.pop("asides")).read_text()))
    return Opened(**told, sheets=sheets, asides=asides)


def _sheet(told: dict[str, Any], folder: Path) -> Sheet:
    variables = told["variables"]
    if variables is not None:
        missing = {name: tuple((low, high) for low, high in ranges) for name, ranges in variables["missing"].items()}
        variables = Variables(variables["labels"], variables["codes"], missing)
    merged = tuple(Merged(**one) for one in told["merged"])
    return Sheet(told["name"], StoredRows(folder / told["path"], told["width"]), told["hidden"], merged, variables)
