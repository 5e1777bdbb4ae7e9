"""Asking what the program can do loads nothing that only work needs."""

from __future__ import annotations

import os
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


BEGUN = """
import gc, os, sys
from pipelines import cli
assert "numpy" not in sys.modules
sys.argv = ["wijkbaat", "--help"]
try:
    cli.main()
except SystemExit:
    print(gc.get_threshold()[0], os.environ["OPENBLAS_NUM_THREADS"])
"""


def begun(**environment: str) -> list[str]:
    """How often garbage is looked for, and on how many threads is computed, once a command began."""
    outside = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"} | environment
    ended = subprocess.run(
        [sys.executable, "-c", BEGUN],
        capture_output=True,
        text=True,
        check=True,
        env=outside,
        cwd=Path(__file__).parents[2],
    )
    return ended.stdout.split()[-2:]


def test_a_command_computes_on_one_thread_and_says_so_before_numpy_is_loaded() -> None:
    assert begun()[1] == "1"


def test_who_asks_for_more_threads_gets_them() -> None:
    assert begun(OPENBLAS_NUM_THREADS="2")[1] == "2"


def test_a_command_does_not_look_for_garbage_while_it_starts() -> None:
    assert int(begun()[0]) > 10_000


def test_dagster_knows_which_tables_there_are_without_opening_its_own_store() -> None:
    assert loaded("pipelines.definitions", ("alembic", "sqlalchemy")) == "[]"
