"""One record in two files of a delivery: told alike it counts once, told differently it is never silently the last.

Two files write one day or number in two ways (text and workbook), so records are compared as they are typed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from data_contracts.errors import DeliveryRefused
from data_contracts.tables.core import DOMAIN_COLUMNS
from data_contracts.vocabulary.reasons import ACCEPTED, EXACT_DUPLICATE, LEFT_OUT, RefusalKind
from pipelines.intake.reading.telling import NATURAL_KEY
from pipelines.intake.reading.texts import Rules
from pipelines.intake.reading.typed import typing_of
from pipelines.storage.sql import quoted

REPLACED = "replaced"
# A register of teams has its own rule for a team that stands in it twice.
_TABLES = {*NATURAL_KEY} - {"teams"}
_TYPED = {"client_key": "client_no", "client_key_new": "client_no_new"}
# One form may hold the scores of two people, and in a long file those of every domain.
_APART = ("edition", "rater_type", "rater_no", "life_domain")
_SCORES = ("score", *DOMAIN_COLUMNS)


@dataclass(frozen=True, slots=True)
class _Typed:
    """The accepted rows of a table of more than one file, typed: engine table `name`, its value columns, its key."""

    name: str
    values: tuple[str, ...]
    key: str


def settle(
    connection: duckdb.DuckDBPyConnection, table: str, entries: Sequence[int], delivery: str, rules: Rules
) -> list[DeliveryRefused]:
    """Settle what two files both tell in the judged tables of these entries; gives the refusal where they disagree.

    The files stand in the order of mapping.yaml, then of their names with numbers as numbers.
    """
    judged = " UNION ALL ".join(f"SELECT DISTINCT file, entry FROM judged_{table}_{entry}" for entry in entries)
    files = sorted(connection.execute(judged).fetchall(), key=lambda one: (one[1], natural(one[0])))
    if len(files) < 2 or table not in _TABLES:
        return []
    connection.execute("CREATE OR REPLACE TEMP TABLE files_in_order (file VARCHAR, place INTEGER)")
    connection.executemany("INSERT INTO files_in_order VALUES (?, ?)", [(f, at) for at, (f, _) in enumerate(files)])
    typed = _typed(connection, table, entries, rules)
    _mark(connection, table, entries, _copies(typed), EXACT_DUPLICATE)
    connection.execute(f"DELETE FROM {typed.name} WHERE (file, row_number, part) IN ({_copies(typed)})")
    how = rules.mappings[entries[0]].repeated
    if how == "apart":
        return []
    pairs = _pairs(typed, table)
    if how == "last_file":
        lost = _lost(connection, typed, pairs, delivery) if table == "assessments" else []
        if lost:
            return lost
        _mark(connection, table, entries, f"SELECT file, row_number, part FROM ({pairs})", LEFT_OUT)
        return []
    return _refusal(connection, pairs, table, delivery)


def natural(label: str) -> list[tuple[int, str]]:
    """The place of a name among names: numbers as numbers, so that v10 comes after v2."""
    return [(int(part), "") if part.isdecimal() else (-1, part.casefold()) for part in re.split(r"(\d+)", label)]


def _typed(connection: duckdb.DuckDBPyConnection, table: str, entries: Sequence[int], rules: Rules) -> _Typed:
    parts: list[str] = []
    several_shapes = len({rules.mappings[entry].is_long for entry in entries}) > 1
    for entry in entries:
        judged = f"judged_{table}_{entry}"
        columns = typing_of(connection, judged, rules.mappings[entry], rules).columns
        if several_shapes and rules.mappings[entry].is_long:
            columns = _beside_each_other(columns)
        # A team has no number yet while the register is read.
        with_team = {"team": "lower(trim(team))"} if "team_no" in columns else {}
        typed = ", ".join(f"({sql}) AS {name}" for name, sql in {**columns, **with_team}.items())
        parts.append(f"SELECT file, row_number, part, {typed} FROM {judged} WHERE verdict = '{ACCEPTED}'")
    name = f"typed_{table}"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE {name} AS SELECT place, rows.*
        FROM ({" UNION ALL BY NAME ".join(parts)}) AS rows JOIN files_in_order USING (file)"""
    )
    present = [row[0] for row in connection.execute(f"DESCRIBE {name}").fetchall()]
    values = tuple(one for one in present if one not in ("place", "file", "row_number", "part"))
    return _Typed(name, values, ", ".join(_key(table, values)))


def _beside_each_other(columns: dict[str, str]) -> dict[str, str]:
    """The score of a row of a long file in the column of its life domain, as a wide file has it."""
    rest = {name: sql for name, sql in columns.items() if name not in ("life_domain", "score")}
    domain, score = columns["life_domain"], columns["score"]
    return rest | {name: f"CASE WHEN ({domain}) = '{name}' THEN ({score}) END" for name in DOMAIN_COLUMNS}


def _key(table: str, values: Sequence[str]) -> list[str]:
    """SQL expressions that are equal for two rows of one record: its own number, else the natural key."""
    natural = [_TYPED.get(part, part) for part in NATURAL_KEY[table]]
    natural += ["rater_no"] if table == "assessments" else []
    known = [part for part in natural if part in values]
    if "record_no" not in values:
        return known
    return [
        "record_no",
        *(part if part in _APART else f"CASE WHEN record_no IS NULL THEN {part} END" for part in known),
    ]


def _copies(typed: _Typed) -> str:
    """SQL: the rows that an earlier file holds as well, equal in every value; the second of two with the second."""
    values = ", ".join(typed.values)
    return f"""SELECT file, row_number, part FROM (
        SELECT *, row_number() OVER (PARTITION BY {values}, nth ORDER BY place) AS again FROM (
            SELECT *, row_number() OVER (PARTITION BY {values}, place ORDER BY row_number, part) AS nth
            FROM {typed.name})) WHERE again > 1"""


def _pairs(typed: _Typed, table: str) -> str:
    """SQL: rows of which a later file tells the record otherwise, with the place of that row.

    An assessment is told otherwise where both files have a score and it differs: two files may each hold some domains.
    """
    differs = "true"
    if table == "assessments":
        scores = [name for name in _SCORES if name in typed.values]
        differs = " OR ".join(f"coalesce(a.{name} <> b.{name}, false)" for name in scores)
    keyed = f"SELECT *, hash({typed.key}) AS same FROM {typed.name}"
    return f"""SELECT a.file, a.row_number, a.part, b.file AS later, b.row_number AS later_row
        FROM ({keyed}) a JOIN ({keyed}) b ON a.same = b.same AND a.place < b.place WHERE {differs}"""


def _lost(connection: duckdb.DuckDBPyConnection, typed: _Typed, pairs: str, delivery: str) -> list[DeliveryRefused]:
    """The refusal where a later file replaces an assessment of which it holds some domains only."""
    domains = [name for name in DOMAIN_COLUMNS if name in typed.values]
    filled = ", ".join(f"count(b.{name}) AS {name}" for name in domains)
    lost = " OR ".join(f"a.{name} IS NOT NULL AND b.{name} = 0" for name in domains)
    keyed = f"SELECT *, hash({typed.key}) AS same FROM {typed.name}"
    first = (
        connection.execute(
            f"""WITH keyed AS ({keyed}), later AS (
            SELECT a.file, a.row_number, a.part, {filled}
            FROM keyed a JOIN keyed b ON a.same = b.same AND a.place < b.place GROUP BY ALL)
        SELECT file, row_number, min(later), min(later_row) FROM ({pairs}) AS pairs
        JOIN (SELECT a.file, a.row_number, a.part FROM keyed a JOIN later b USING (file, row_number, part) WHERE {lost})
        USING (file, row_number, part) GROUP BY ALL ORDER BY ALL LIMIT 1"""
        ).fetchone()
        if domains
        else None
    )
    if first is None:
        return []
    file, row, later, later_row = first
    what = (
        f"de registratie op regel {later_row} vervangt die in '{file}' op regel {row}, maar daar staan ook scores van "
        "andere leefgebieden. Die zouden verdwijnen."
    )
    do = "Zet in het laatste bestand alle leefgebieden van die registratie, ook die niet veranderd zijn."
    return [DeliveryRefused(delivery, what, do, file=later, kind=RefusalKind.REPEATED)]


def _mark(connection: duckdb.DuckDBPyConnection, table: str, entries: Sequence[int], rows: str, verdict: str) -> None:
    connection.execute(f"CREATE OR REPLACE TEMP TABLE settled AS {rows}")
    word = f", left_out_as = {quoted(REPLACED)}" if verdict == LEFT_OUT else ""
    for entry in entries:
        connection.execute(
            f"UPDATE judged_{table}_{entry} SET verdict = '{verdict}'{word}"
            " WHERE (file, row_number, part) IN (SELECT file, row_number, part FROM settled)"
        )


def _refusal(connection: duckdb.DuckDBPyConnection, pairs: str, table: str, delivery: str) -> list[DeliveryRefused]:
    first = connection.execute(
        f"SELECT file, row_number, later, later_row, (SELECT count(DISTINCT (file, row_number, part)) FROM ({pairs}))"
        f" FROM ({pairs}) ORDER BY later, later_row, file, row_number LIMIT 1"
    ).fetchone()
    if first is None:
        return []
    file, row, later, later_row, n = first
    what = (
        f"de registratie op regel {later_row} staat ook in '{file}' op regel {row}, met andere gegevens "
        f"(zo zijn er {n}). Welke geldt, staat er niet."
    )
    do = (
        f"Haal het bestand weg dat vervallen is, of zet in mapping.yaml bij {table}: repeated: last_file (het laatste "
        "bestand beslist) of repeated: apart (het zijn verschillende registraties)."
    )
    return [DeliveryRefused(delivery, what, do, file=later, kind=RefusalKind.REPEATED)]
