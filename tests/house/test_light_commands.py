"""Asking what the program can do loads nothing that only work needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HEAVY = ("dagster", "duckdb", "jinja2", "marimo", "numpy", "pandas", "plotly", "pydantic", "ruamel", "scipy")


# Dagster itself brings numpy's neighbours; these only compute, draw and set type.
COMPUTES = ("highspy", "jinja2", "plotly", "scipy", "statsmodels", "typst", "vl_convert")


def loaded(what: str, heavy: tuple[str, ...]) -> str:
    asked = f"import sys, {what}; print([name for name in {heavy} if name in sys.modules])"
    root = Path(__file__).parents[2]
    ended = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True, cwd=root)
    return ended.stdout.strip()


def test_the_commands_are_known_without_the_libraries_that_do_their_work() -> None:
    assert loaded("pipelines.commands.app", HEAVY) == "[]"


def test_dagster_knows_which_tables_there_are_without_the_libraries_that_make_them() -> None:
    assert loaded("pipelines.definitions", COMPUTES) == "[]"


def test_dagster_knows_which_tables_there_are_without_opening_its_own_store() -> None:
    assert loaded("pipelines.definitions", ("alembic", "sqlalchemy")) == "[]"
