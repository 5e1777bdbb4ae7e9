"""A home with one approved release of invented tables, as the apps and the offline page read it."""

from __future__ import annotations

from pathlib import Path

import duckdb

from data_contracts.contract import empty_frame
from mkba.binding.released_quantities import READS
from pipelines.releases.release import publish
from pipelines.storage.home import Home
from reports.released.source import CONTRACTS
from tests.surfaces.invented import tables


def released_home(root: Path) -> Home:
    """Everything that the invented study has; what it lacks is empty."""
    home = Home(root)
    home.prepare()
    files, path = {}, root / "table.parquet"
    empty = {one: empty_frame(CONTRACTS[one]) for one in (*READS, "out_change__noise_floor")}
    for name, frame in (empty | tables()).items():
        duckdb.from_df(frame).write_parquet(str(path))
        files[f"tables/{name}.parquet"] = path.read_bytes()
    path.unlink()
    made = publish(home, files, {}, {}, "2026-01-31")
    (home.released / "CURRENT").write_text(f"{made.name}\n", encoding="utf-8")
    return home
