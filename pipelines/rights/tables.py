"""The tables of a home without some people: staged beside what stands there now.

Raw rows are emptied as the intake would have left them, core rows go, and the account is made again. What was computed
over groups in the closed zone may be about a single person too, so it goes, and the next run makes it again.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb

from data_contracts.tables import core as contracts
from data_contracts.tables import municipal
from data_contracts.tables.intake import ACCEPTED_DELIVERIES, ACCOUNTING, CHANGED_BY, QUARANTINE
from pipelines.intake import core
from pipelines.intake.accounting import accounting
from pipelines.intake.erased import empty_erased
from pipelines.intake.opening import receipts, rules_of
from pipelines.intake.raw_tables import RAW
from pipelines.intake.teams import team_numbers
from pipelines.rights.known import files_of, literal
from pipelines.storage.home import Home
from pipelines.storage.parquet import write_parquet
from pipelines.storage.platform import sha256_of
from pipelines.storage.staged import Staged
from pipelines.storage.suppression import Suppressed
from pipelines.storage.table_hash import hash_beside, require_as_written
from pipelines.study.workplace import Workplace

CHANGES = str(CHANGED_BY.name)
NUMBERS = ("client_no", "client_no_new")
OVER_GROUPS = ("est_", "gated_", "closed_gate__cells", "closed_gate__team_rows")
# Public figures of municipalities and what follows from them alone.
_PUBLIC = {str(schema.name) for schema in municipal.MUNICIPAL_TABLES}


def stage_without(
    connection: duckdb.DuckDBPyConnection,
    place: Workplace,
    staged: Staged,
    suppressed: Suppressed,
    client_nos: Iterable[int],
) -> dict[str, int]:
    """Stage every table of the home without these people; gives the number of rows that go, by layer."""
    connection.execute("CREATE OR REPLACE TEMP TABLE theirs (client_no BIGINT)")
    for one in client_nos:
        connection.execute("INSERT INTO theirs VALUES (?)", [one])
    lost = {"raw": _stage_raw(connection, place, staged, suppressed), "core": 0, "computed": 0}
    for path in tables_of(place.home):
        name = table_name(place.home, path)
        if is_over_groups(name):
            drop_table(staged, path)
        elif name == CHANGES:
            _stage_empty(connection, staged, path)
        elif not name.startswith("raw_"):
            layer = "core" if name.startswith("core_") else "computed"
            lost[layer] += _stage_typed(connection, staged, path)
    return lost


def tables_of(home: Home) -> list[Path]:
    """Every table in the closed zone."""
    return sorted(path for path in home.tables.rglob("*.parquet") if not path.name.startswith("."))


def is_over_groups(table: str) -> bool:
    """Whether a table of the closed zone holds exact figures over people."""
    return table.startswith(OVER_GROUPS) and table not in _PUBLIC


def drop_table(staged: Staged, path: Path) -> None:
    """The table and its hash will be gone."""
    staged.drop(path)
    staged.drop(hash_beside(path))


def stage_table(staged: Staged, path: Path, rows: duckdb.DuckDBPyRelation) -> None:
    """The table at `path` will hold these rows, with its hash; until it is in place that of before holds too."""
    new = staged.new(path)
    write_parquet(rows, new)
    known = [sha256_of(new), *([sha256_of(path)] if path.exists() else [])]
    staged.write(hash_beside(path), "\n".join(known).encode())


def table_name(home: Home, path: Path) -> str:
    """The table that a file holds; one per delivery is a directory of files."""
    return path.relative_to(home.tables).parts[0].removesuffix(".parquet")


def _stage_empty(connection: duckdb.DuckDBPyConnection, staged: Staged, path: Path) -> None:
    """Stage one table without any row.

    What a delivery changed per half-year counts everybody of then, also who is not in that delivery (gone). Counted
    anew it would speak of the deliveries of now.
    """
    require_as_written(path)
    stage_table(staged, path, connection.sql(f"SELECT * FROM {literal([path])} WHERE false"))


def _stage_typed(connection: duckdb.DuckDBPyConnection, staged: Staged, path: Path) -> int:
    """Stage one table without the rows of `theirs`; nothing where it knows no clients, or none of these."""
    require_as_written(path)
    found = connection.sql(f"SELECT * FROM {literal([path])}")
    numbers = [name for name in NUMBERS if name in found.columns]
    if not numbers:
        return 0
    is_theirs = " OR ".join(f"coalesce({name} IN (FROM theirs), false)" for name in numbers)
    rows = int(found.filter(is_theirs).aggregate("count(*)").fetchall()[0][0])
    if rows:
        stage_table(staged, path, found.filter(f"NOT ({is_theirs})"))
    return rows


def _stage_raw(connection: duckdb.DuckDBPyConnection, place: Workplace, staged: Staged, suppressed: Suppressed) -> int:
    lost, touched = 0, list[str]()
    for table, name in RAW.items():
        for path in files_of(place.home, name):
            connection.execute(f"CREATE OR REPLACE TEMP TABLE emptied AS SELECT * FROM {literal([path])}")
            rows = empty_erased(connection, "emptied", table, suppressed)
            if rows:
                lost += rows
                touched.append(path.stem)
                stage_table(staged, path, connection.sql("SELECT * FROM emptied ORDER BY file, row_number, part"))
    for key in dict.fromkeys(touched):
        _stage_account(connection, place, staged, key)
    return lost


def _stage_account(connection: duckdb.DuckDBPyConnection, place: Workplace, staged: Staged, key: str) -> None:
    """The quarantine of a delivery, and its account as it would be if it were read now.

    A delivery that was read under another study keeps its account: the next run reads it again.
    """
    latest = {table: staged.latest(place.home.tables / name / f"{key}.parquet") for table, name in RAW.items()}
    raws = {
        table: connection.sql(f"SELECT * FROM {literal([path])}") for table, path in latest.items() if path.exists()
    }
    quarantine = place.home.tables / str(QUARANTINE.name) / f"{key}.parquet"
    if quarantine.exists():
        stage_table(staged, quarantine, core.quarantine(connection, raws))
    receipt = receipts(place).of(key)
    account, accepted, teams = (
        place.home.tables / str(schema.name) / f"{key}.parquet"
        for schema in (ACCOUNTING, ACCEPTED_DELIVERIES, contracts.TEAMS)
    )
    is_as_today = receipt is not None and receipt.fingerprint == place.files.intake_fingerprint
    if not (is_as_today and account.exists() and teams.exists()):
        return
    rules = rules_of(place, key, team_numbers(connection.sql(f"SELECT * FROM {literal([teams])}").df()))
    stage_table(staged, account, accounting(connection, raws, key, rules))
    if accepted.exists():
        total = f"(SELECT sum(accepted)::INTEGER FROM {literal([staged.latest(account)])})"
        rows = connection.sql(f"SELECT * REPLACE ({total} AS accepted) FROM {literal([accepted])}")
        stage_table(staged, accepted, rows)
