"""Dagster's history of runs: it says how many rows each table had, so it goes when people were erased.

A run that is under way has these files open. So an erasure leaves a mark, in the same step as all that it stages, and
the history goes as soon as no run uses it: at once, or before the next one begins.
"""

from __future__ import annotations

import shutil

from pipelines.storage.home import Home, is_in_postgres
from pipelines.storage.staged import Staged

_MARK, _HISTORY = "forget", "history"


def stage_forgetting(home: Home, staged: Staged) -> None:
    """The history of runs must go."""
    staged.write(home.dagster / _MARK, b"")


def forget_runs(home: Home) -> None:
    """Take the history away where that was asked; nothing else in the store counts rows."""
    if not (home.dagster / _MARK).exists():
        return
    shutil.rmtree(home.dagster / _HISTORY, ignore_errors=True)
    if is_in_postgres():
        _wipe_database(home)
    if not (home.dagster / _HISTORY).exists():
        (home.dagster / _MARK).unlink()


def _wipe_database(home: Home) -> None:
    """The database is of this home alone, so everything in it goes."""
    from dagster import DagsterInstance  # seconds to import

    with DagsterInstance.from_config(str(home.dagster)) as instance:
        instance.run_storage.wipe()
        instance.event_log_storage.wipe()
