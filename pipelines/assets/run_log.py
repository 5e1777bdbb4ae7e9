"""Dagster's own store of one home, written to by one process that keeps its files open.

Dagster opens, commits to disk and closes an SQLite file some seven times per event: most of the time of a small run.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg
from dagster._core.instance.ref import InstanceRef
from dagster._core.storage.event_log import SqliteEventLogStorage
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, NullPool, create_engine

from pipelines.storage.home import Home, is_in_postgres
from pipelines.storage.run_history import forget_old_runs, forget_runs


class OpenEventLog(SqliteEventLogStorage):
    """Dagster's event log over the same files, each opened once.

    A commit is not forced to the disk (the log never is broken by a fault of the power, but may miss its end): what
    counts are the tables, and those are forced.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._open: dict[str, Connection] = {}
        self._known_tables: set[str] = set()
        super().__init__(base_dir, inst_data)

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: dict[str, str]) -> OpenEventLog:  # type: ignore[override]
        """As Dagster makes it from settings."""
        return cls(config_value["base_dir"], inst_data)

    def has_table(self, table_name: str) -> bool:
        """Asked for every event; a table that is there stays."""
        if table_name not in self._known_tables and super().has_table(table_name):
            self._known_tables.add(table_name)
        return table_name in self._known_tables

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            connection = self._open.get(shard) or self._opened(shard)
            with connection.begin():
                yield connection

    def _opened(self, shard: str) -> Connection:
        engine = create_engine(
            self.conn_string_for_shard(shard), poolclass=NullPool, connect_args={"check_same_thread": False}
        )
        self._initdb(engine)
        connection = engine.connect()
        connection.exec_driver_sql("PRAGMA synchronous = NORMAL")
        connection.commit()
        self._open[shard] = connection
        return connection

    def delete_events(self, run_id: str) -> None:
        """Forget a run; its file is let go of, so that it can be thrown away."""
        super().delete_events(run_id)
        connection = self._open.pop(run_id, None)
        if connection is not None:
            connection.close()

    def dispose(self) -> None:
        """Close the files, so that their last part is in them and not beside them."""
        for connection in self._open.values():
            connection.close()
        self._open.clear()
        super().dispose()


@contextmanager
def open_instance(home: Home) -> Iterator[dg.DagsterInstance]:
    """Dagster's instance of a home, for a run in this process; its pages read what is written here."""
    forget_runs(home)
    if is_in_postgres():
        with dg.DagsterInstance.from_config(str(home.dagster)) as instance:
            forget_old_runs(instance, home)
            yield instance
        return
    settings = {
        "module": OpenEventLog.__module__,
        "class": OpenEventLog.__name__,
        "config": {"base_dir": str(home.dagster / "history" / "runs")},
    }
    with dg.DagsterInstance.from_ref(
        InstanceRef.from_dir(str(home.dagster), overrides={"event_log_storage": settings})
    ) as instance:
        forget_old_runs(instance, home)
        yield instance
