"""What is written as Parquet is what was given, also when the engine writes with more than one thread."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from pipelines.storage.parquet import write_parquet
from pipelines.storage.platform import connect

ROOT = Path(__file__).parents[2]
N_ROWS, N_NAMES, TRIES = 1_000_000, 5_000, 30


def test_no_name_of_a_long_list_is_lost(tmp_path: Path) -> None:
    # Written as categories, one file in ten lost some.
    codes = np.sort(np.random.default_rng(1).integers(0, N_NAMES, N_ROWS)).astype("int16")
    names = pd.Categorical.from_codes(codes, pd.Index([f"outcome number {at}" for at in range(N_NAMES)]))
    frame, file = pd.DataFrame({"outcome": names, "n": np.arange(N_ROWS)}), tmp_path / "rows.parquet"
    connection = connect()
    connection.execute("SET threads = 4")
    for _ in range(TRIES):
        write_parquet(connection.from_df(frame), file)
        found = duckdb.sql(f"SELECT count(*) FILTER (outcome = '' OR outcome IS NULL), count(*) FROM '{file}'")
        assert found.fetchall() == [(0, N_ROWS)]


def test_a_category_is_text_in_the_file(tmp_path: Path) -> None:
    frame = pd.DataFrame({"a name": pd.Categorical(["x", None, "y"]), "n": [1, 2, 3]})
    write_parquet(connect().from_df(frame), tmp_path / "rows.parquet")
    found = duckdb.read_parquet(str(tmp_path / "rows.parquet"))
    assert [str(kind) for kind in found.types] == ["VARCHAR", "BIGINT"]
    assert found.fetchall() == [("x", 1), (None, 2), ("y", 3)]


def test_parquet_is_written_in_one_place() -> None:
    writes = re.compile(r"\.write_parquet\(|\.to_parquet\(|FORMAT parquet", re.IGNORECASE)
    rooms = ("pipelines", "reports", "mkba", "indicators", "data_contracts")
    files = [path for room in rooms for path in (ROOT / room).rglob("*.py")]
    found = {str(path.relative_to(ROOT)) for path in files if writes.search(path.read_text(encoding="utf-8"))}
    # Numbers to see whether a place can be written to, and cells that are text already.
    others = {"pipelines/doctor/machine.py", "pipelines/intake/reading/stored.py"}
    assert found == {"pipelines/storage/parquet.py", *others}
