"""`wijkbaat query`: one question in SQL over core_ and est_ tables, answered in memory and in the terminal only."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from data_contracts.errors import StudyError
from data_contracts.gate.preview import previewed
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.sql import listed
from pipelines.storage.tables import TableStore
from pipelines.study.workplace import read_study

MOST_ROWS = 200
PSEUDONYMS = "core_clients__keys"
_ABOUT_SQL = (duckdb.ParserException, duckdb.BinderException)


def asked(study: Path, root: Path, sql: str, *, preview: bool) -> pd.DataFrame:
    """The answer, at most 200 rows; with `preview` what the gate would at most let out of it."""
    thresholds = read_study(study).study.thresholds
    home = Home(root)
    home.settle()
    answer = _answer(TableStore(home.tables), sql)
    return previewed(answer, thresholds) if preview else answer


def known_tables(store: TableStore) -> dict[str, tuple[Path, ...]]:
    """Name -> files of every table that can be asked; the one with pseudonyms is not among them."""
    found = {}
    for path in sorted([*store.root.glob("core_*"), *store.root.glob("est_*")]):
        name = path.stem
        files = tuple(sorted(path.glob("*.parquet"))) if path.is_dir() else (path,)
        if name != PSEUDONYMS and files:
            found[name] = files
    return found


def _answer(store: TableStore, sql: str) -> pd.DataFrame:
    """In an engine that holds the tables of the question and can reach nothing else: no file, no network."""
    engine, tables = connect(), known_tables(store)
    _require_a_question(engine, sql)
    for name in sorted(engine.get_table_names(sql) & tables.keys()):
        engine.execute(f'CREATE TABLE "{name}" AS SELECT * FROM read_parquet([{listed(tables[name])}])')
    engine.execute("SET enable_external_access = false")
    engine.execute("SET lock_configuration = true")
    try:
        return engine.sql(sql).limit(MOST_ROWS).df()
    except duckdb.CatalogException as error:
        known = f"Tabellen: {', '.join(tables) or 'nog geen; draai eerst wijkbaat run'}."
        problem = f"{str(error).splitlines()[0]} {known}"
    except _ABOUT_SQL as error:
        problem = str(error).splitlines()[0]
    except duckdb.Error:  # its words may hold a value
        problem = "Deze vraag is niet uit te rekenen. Bestanden lezen en schrijven kan hier niet."
    raise StudyError(problem)


def _require_a_question(engine: duckdb.DuckDBPyConnection, sql: str) -> None:
    try:
        statements = engine.extract_statements(sql)
    except duckdb.Error as error:
        raise StudyError(f"Dit is geen SQL: {str(error).splitlines()[0]}") from None
    if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
        raise StudyError("Stel één vraag met SELECT. Schrijven, kopiëren en instellen kan hier niet.")
