"""Every DuckDB of ours keeps its mouth shut: what stands on stdout may be JSON that a program reads."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASKED = "SELECT value FROM duckdb_settings() WHERE name = 'enable_progress_bar'"


@pytest.mark.parametrize(
    "made",
    [
        "from pipelines.storage.platform import connect as made",
        "from pipelines.storage.platform import short_connection as made",
        "from pipelines.intake.reading.engine import engine as made",
    ],
)
def test_no_progress_bar_stands_in_the_output_of_a_process_without_a_file(made: str) -> None:
    code = f'{made}; print(made().execute("{ASKED}").fetchone()[0])'
    said = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert said.stdout == "false\n"
