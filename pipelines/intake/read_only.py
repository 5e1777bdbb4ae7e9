"""`wijkbaat read`: a delivery read as a run would read it, in this process, without keeping or publishing anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from data_contracts.contract import sql_columns
from data_contracts.errors import DeliveryRefused, StudyError
from data_contracts.tables.core import CORE
from data_contracts.vocabulary.reasons import ACCEPTED, EXACT_DUPLICATE, LEFT_OUT
from pipelines.intake import core
from pipelines.intake.door import Delivery, delivery_directories, open_delivery
from pipelines.intake.meeting import lay_these, n_before, refuse_unmet_keys
from pipelines.intake.met_before import met_before
from pipelines.intake.odd import odd_amounts, odd_rows, odd_scores, with_teams
from pipelines.intake.opened import OpenedFiles
from pipelines.intake.raw import raw_table
from pipelines.intake.raw_tables import RAW
from pipelines.intake.reading.texts import Rules
from pipelines.intake.teams import (
    delivered_register,
    named_register,
    numbered,
    occurring_teams,
    study_register,
    team_numbers,
)
from pipelines.storage.home import Home
from pipelines.storage.platform import connect
from pipelines.storage.suppression import Suppressed
from pipelines.study.workplace import StudyFiles

_ASSESSMENTS = "core_zrm__assessments"
_NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "DOUBLE", "DECIMAL")
_NO_QUANTITY = ("team_no", "rater_no", "episode_id", "client_no", "client_no_new", "record_no")


@dataclass(slots=True)
class Read:
    """What a reading found: per delivery and file, per core table, what is odd, and why deliveries are refused."""

    files: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)
    odd: list[str] = field(default_factory=list)
    refusals: list[DeliveryRefused] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The one object that --json prints."""
        return {
            "exit": DeliveryRefused.exit_code if self.refusals else 0,
            "files": self.files,
            "tables": self.tables,
            "odd": self.odd,
            "refused": [str(one) for one in self.refusals],
        }


def read_deliveries(study: StudyFiles, directory: Path, today: dt.date, home: Home | None = None) -> Read:
    """Read every delivery in `directory`; raises StudyError when there is none.

    `home` knows who was erased, and who has a ZRM in an earlier delivery.
    """
    directories = delivery_directories(directory)
    if not directories:
        raise StudyError(f"Er staan geen bestanden in '{directory}'. Geef een map met bestanden van een levering.")
    read, connection = Read(), connect()
    suppressed = None if home is None else Suppressed(home.rights, is_kept=False)
    rules = Rules(study.study, study.mapping.every_file, today.isoformat(), None, suppressed)
    if home is not None:
        met_before(connection, home)
    typed: dict[str, list[str]] = {}
    for number, one in enumerate(directories):
        try:
            tables = _read_one(connection, study, one, rules, read)
        except DeliveryRefused as refused:
            _refused(read, one.resolve().name, refused.every)
            continue
        for name, rows in tables.items():
            kept = f"{name}_{number}"
            rows.to_view("arrived", replace=True)
            connection.execute(f"CREATE TEMP TABLE {kept} AS SELECT * FROM arrived")
            typed.setdefault(name, []).append(kept)
    every = [_ASSESSMENTS, *(str(schema.name) for schema in core.PLAIN.values())] if typed else []
    read.tables = {name: _described(connection, name, typed.get(name, [])) for name in every}
    return read


def core_tables(
    study: StudyFiles, directories: Iterable[Path], today: dt.date
) -> tuple[duckdb.DuckDBPyConnection, dict[str, tuple[str, ...]]]:
    """The core tables that every one of these deliveries fills: name -> a table of the engine per delivery.

    Raises DeliveryRefused for the first delivery that cannot be read as the mapping says.
    """
    connection, rules = connect(), Rules(study.study, study.mapping.every_file, today.isoformat(), None, None)
    made: dict[str, list[str]] = {}
    every = list(directories)
    for number, one in enumerate(every):
        read = Read()
        tables = _read_one(connection, study, one, rules, read)
        if read.refusals:
            raise read.refusals[0]
        for name, rows in tables.items():
            kept = f"of_{number}_{name}"
            rows.to_view("arrived", replace=True)
            connection.execute(f"CREATE TEMP TABLE {kept} AS SELECT * FROM arrived")
            made.setdefault(name, []).append(kept)
    return connection, {name: tuple(kept) for name, kept in made.items() if len(kept) == len(every)}


def _refused(read: Read, delivery: str, refusals: Iterable[DeliveryRefused]) -> None:
    for one in refusals:
        read.refusals.append(one)
        file = read.files.setdefault(delivery, {}).setdefault(one.file or "", _no_rows())
        file["questions"].append(f"{one.what} {one.do}".strip())


def _no_rows() -> dict[str, Any]:
    counts = dict.fromkeys(("rows", "accepted", "exact_duplicates"), 0)
    return {**counts, "quarantined": {}, "left_out": {}, "questions": []}


def _read_one(
    connection: duckdb.DuckDBPyConnection, study: StudyFiles, directory: Path, rules: Rules, read: Read
) -> dict[str, duckdb.DuckDBPyRelation]:
    """The core tables of one delivery; its files and oddities go into `read`. Raises DeliveryRefused."""
    delivery = open_delivery(directory, study.mapping, is_first=not n_before(connection))
    with OpenedFiles(delivery, study.mapping.every_file) as opened:
        return _read_opened(connection, study, delivery, opened, rules, read)


def _read_opened(
    connection: duckdb.DuckDBPyConnection,
    study: StudyFiles,
    delivery: Delivery,
    opened: OpenedFiles,
    blind: Rules,
    read: Read,
) -> dict[str, duckdb.DuckDBPyRelation]:
    raws, refusals, register = {}, [], pd.DataFrame()
    for table in _mapped(study):
        rules = replace(blind, team_numbers=None if register.empty else team_numbers(numbered(register)))
        try:
            raws[table] = raw_table(connection, delivery, opened, table, rules)
        except DeliveryRefused as refused:
            refusals += refused.every
        else:
            _count(read, delivery.name, table, raws[table])
            read.odd += odd_amounts(raws[table], rules)
        if table == "teams":
            register = delivered_register(connection, raws[table], blind) if table in raws else register
            register = study_register(study.teams) if register.empty and study.teams else register
    read.odd += [f"levering '{delivery.name}': het bestand '{name}' is niet herkend." for name in delivery.aside]
    if refusals:
        _refused(read, delivery.name, refusals)
        return {}
    if register.empty:
        register = named_register(occurring_teams(with_teams(raws), blind))
    known = replace(blind, team_numbers=team_numbers(numbered(register)))
    read.odd += odd_rows(connection, raws, known)
    refuse_unmet_keys(connection, raws, delivery.name, study.study)
    lay_these(connection)
    typed = {
        str(schema.name): core.plain_table(connection, raws[table], table, known)
        for table, schema in core.PLAIN.items()
        if table in raws
    }
    assessments = core.assessments(connection, raws["assessments"], delivery.key, known)
    read.odd += odd_scores(assessments)
    return {_ASSESSMENTS: assessments, **typed}


def _mapped(study: StudyFiles) -> list[str]:
    """The tables that the mapping speaks of: the others would be empty. Teams first, the measurements always."""
    spoken_of = {"assessments", *(["teams"] if study.teams else [])}
    spoken_of |= {file.table for file in study.mapping.every_file}
    return [table for table in RAW if table in spoken_of]


def _count(read: Read, delivery: str, table: str, raw: duckdb.DuckDBPyRelation) -> None:
    """Add the rows of every file of one raw table, by what became of them."""
    columns = "file, verdict, coalesce(left_out_as, '') AS word"
    rows = raw.aggregate(f"{columns}, count(*) AS n", "file, verdict, word").order("file, verdict, word").fetchall()
    for label, verdict, word, n in rows:
        file = read.files.setdefault(delivery, {}).setdefault(label, {"table": table, **_no_rows()})
        file["rows"] += n
        if verdict == ACCEPTED:
            file["accepted"] += n
        elif verdict == EXACT_DUPLICATE:
            file["exact_duplicates"] += n
        elif verdict == LEFT_OUT:
            file["left_out"][word] = file["left_out"].get(word, 0) + n
        else:
            file["quarantined"][verdict] = file["quarantined"].get(verdict, 0) + n


def _described(connection: duckdb.DuckDBPyConnection, name: str, parts: list[str]) -> dict[str, Any]:
    """Rows, clients, first and last day, and per column of quantities how many there are and their sum."""
    columns = sql_columns(CORE[name])
    day = next((column for column, kind in columns.items() if kind == "DATE"), None)
    numeric = [c for c, kind in columns.items() if kind.startswith(_NUMERIC) and c not in _NO_QUANTITY]
    if not parts:
        nobody = {"rows": 0, "clients": 0 if "client_no" in columns else None, "first": None, "last": None}
        return {**nobody, "count": dict.fromkeys(numeric, 0), "sum": dict.fromkeys(numeric)}
    wanted = ["count(*)", "count(DISTINCT client_no)" if "client_no" in columns else "NULL"]
    wanted += [f"min({day})::VARCHAR", f"max({day})::VARCHAR"] if day else ["NULL", "NULL"]
    wanted += [expression for c in numeric for expression in (f"count({c})", f"sum({c})")]
    every = " UNION ALL ".join(f"SELECT * FROM {part}" for part in parts)
    (found,) = connection.execute(f"SELECT {', '.join(wanted)} FROM ({every})").fetchall()
    rows, clients, first, last, *rest = found
    described = {"rows": rows, "clients": clients, "first": first, "last": last}
    counts = dict(zip(numeric, rest[::2], strict=True))
    sums = {c: None if total is None else float(total) for c, total in zip(numeric, rest[1::2], strict=True)}
    return {**described, "count": counts, "sum": sums}
