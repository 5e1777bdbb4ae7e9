"""Asking what the program can do loads nothing that only work needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("dagster", "duckdb", "jinja2", "marimo", "numpy", "pandas", "plotly", "pydantic", "ruamel", "scipy")


def test_the_commands_are_known_without_the_libraries_that_do_their_work() -> None:
    asked = f"import sys, pipelines.commands.app; print([name for name in {HEAVY} if name in sys.modules])"
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=root)
    assert ended.stdout.strip() == "[]"
