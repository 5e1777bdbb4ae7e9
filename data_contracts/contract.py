"""A table's contract: one pandera schema, checked on frames by pandera and on DuckDB relations by SQL.

Both ways give counts per rule and never a value, because a failing value may be about a person.
"""

from __future__ import annotations

import json
import logging
from typing import Any

import duckdb
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from data_contracts.errors import ContractBroken
from data_contracts.plainly_kept import plainly_kept

logging.getLogger("pandera").setLevel(logging.ERROR)
BrokenRules = dict[str, int]

_FRAME_TYPES = {
    "TINYINT": "Int8",
    "SMALLINT": "Int16",
    "INTEGER": "Int32",
    "BIGINT": "Int64",
    "DOUBLE": "float64",
    "VARCHAR": "str",
    "BOOLEAN": "boolean",
    "DATE": "datetime64[us]",
}


def column(sql: str, *checks: pa.Check, nullable: bool = False) -> pa.Column:
    """A column of the DuckDB type `sql`; DECIMAL arrives in a frame as float64."""
    frame_type = _FRAME_TYPES.get(sql, "float64")
    return pa.Column(frame_type, list(checks), nullable=nullable, coerce=True, metadata={"sql": sql})


def integer(low: int, high: int | None = None, *, sql: str = "INTEGER", nullable: bool = False) -> pa.Column:
    """A whole number of at least `low` and at most `high`."""
    check = pa.Check.ge(low) if high is None else pa.Check.in_range(low, high)
    return column(sql, check, nullable=nullable)


def number(low: float | None = None, high: float | None = None, *, nullable: bool = False) -> pa.Column:
    """A real number, within bounds where they are given."""
    checks = [] if low is None else [pa.Check.ge(low)]
    checks += [] if high is None else [pa.Check.le(high)]
    return column("DOUBLE", *checks, nullable=nullable)


def share(*, nullable: bool = True) -> pa.Column:
    """A share from 0 to 1."""
    return number(0, 1, nullable=nullable)


def text(*allowed: str, nullable: bool = False) -> pa.Column:
    """Text; from a closed list where that is given."""
    return column("VARCHAR", *([pa.Check.isin(list(allowed))] if allowed else []), nullable=nullable)


def flag(*, nullable: bool = False) -> pa.Column:
    """True or false."""
    return column("BOOLEAN", nullable=nullable)


def day(*, nullable: bool = False) -> pa.Column:
    """A calendar day between 1990 and 2100."""
    return column("DATE", pa.Check.in_range(pd.Timestamp("1990-01-01"), pd.Timestamp("2100-01-01")), nullable=nullable)


def money(*, nullable: bool = False) -> pa.Column:
    """An amount in euros, exact to the cent."""
    return column("DECIMAL(14,2)", nullable=nullable)


def contract(
    name: str, columns: dict[str, pa.Column], key: list[str] | None = None, rows: pa.Check | None = None
) -> pa.DataFrameSchema:
    """The contract of table `name`: exactly these columns, `key` unique, and `rows` true of every row."""
    return pa.DataFrameSchema(columns, checks=rows, name=name, strict=True, ordered=True, unique=key)


def by_name(*schemas: pa.DataFrameSchema) -> dict[str, pa.DataFrameSchema]:
    """The contracts of one subject by the name of their table."""
    return {str(schema.name): schema for schema in schemas}


def broken_rules(schema: pa.DataFrameSchema, table: pd.DataFrame | duckdb.DuckDBPyRelation) -> BrokenRules:
    """Rule -> number of rows (or columns) that break it; empty when the contract holds."""
    if isinstance(table, pd.DataFrame):
        return judged(schema, table)[1]
    broken = _broken_in_relation(schema, table)
    # A rule over whole rows is Python; the tables that have one are small.
    return judged(schema, table.df())[1] if schema.checks and not broken else broken


def require(schema: pa.DataFrameSchema, table: pd.DataFrame | duckdb.DuckDBPyRelation) -> None:
    """Raise ContractBroken, with counts only, when `table` breaks its contract."""
    broken = broken_rules(schema, table)
    if broken:
        counts = "; ".join(f"{count} x {rule}" for rule, count in sorted(broken.items()))
        raise ContractBroken(f"{schema.name}: {counts}")


def judged(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> tuple[pd.DataFrame, BrokenRules]:
    """A frame with the types of its contract, and no broken rules; or as it came, with the rules that it breaks."""
    typed = plainly_kept(schema, frame)
    if typed is not None:
        return typed, {}
    try:
        return schema.validate(frame, lazy=True), {}
    except SchemaErrors as error:
        return frame, _counted(schema, error.failure_cases)


def empty_frame(schema: pa.DataFrameSchema) -> pd.DataFrame:
    """A frame without rows that keeps the contract."""
    return pd.DataFrame({name: pd.Series(dtype=str(col.dtype)) for name, col in schema.columns.items()})


def sql_columns(schema: pa.DataFrameSchema) -> dict[str, str]:
    """Column -> DuckDB type."""
    return {name: col.metadata["sql"] for name, col in schema.columns.items()}


def canonical(values: dict[str, Any]) -> str:
    """One JSON text per content, whatever the order of the columns."""
    return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _counted(schema: pa.DataFrameSchema, cases: pd.DataFrame) -> BrokenRules:
    # pandera names every column of a row that breaks a rule over whole rows; it is one row.
    whole = cases["check"].isin([check.error for check in schema.checks])
    cases = cases.assign(column=cases["column"].mask(whole))
    cases = cases[~whole | ~cases.duplicated(["check", "index"])]
    names = cases["column"].fillna("").astype(str) + ": " + cases["check"].astype(str)
    broken = names.str.removeprefix(": ").value_counts().to_dict()
    return {str(rule): int(count) for rule, count in broken.items()}


def _broken_in_relation(schema: pa.DataFrameSchema, relation: duckdb.DuckDBPyRelation) -> BrokenRules:
    expected = sql_columns(schema)
    found = dict(zip(relation.columns, (str(kind) for kind in relation.types), strict=True))
    wrong = {
        f"{name}: {expected.get(name, 'niet in het contract')} in plaats van {found.get(name, 'ontbreekt')}": 1
        for name in expected.keys() | found.keys()
        if expected.get(name) != found.get(name)
    }
    if wrong or list(expected) != list(found):
        return wrong or {"volgorde van de kolommen": 1}
    rules = dict(_sql_rules(schema))
    counts: tuple[Any, ...] = ()
    if rules:
        counted = ", ".join(f"count(*) FILTER (WHERE {rule})" for rule in rules.values())
        counts = relation.aggregate(counted).fetchall()[0]
    broken = {name: count for name, count in zip(rules, counts, strict=True) if count}
    if schema.unique and not _ascend(relation, schema.unique) and not _differ_surely(relation, schema.unique):
        key = ", ".join(f'"{name}"' for name in schema.unique)
        per_key = relation.aggregate(f"{key}, count(*) AS n_rows", key)
        doubles = per_key.filter("n_rows > 1").aggregate("sum(n_rows)").fetchall()[0][0]
        if doubles:
            broken[f"unique({', '.join(schema.unique)})"] = int(doubles)
    return broken


def _ascend(relation: duckdb.DuckDBPyRelation, key: list[str]) -> bool:
    """Whether each key is greater than the one before it, as in a table that is in order: then they all differ."""
    here, before = (", ".join(f'{of}"{name}"{to}' for name in key) for of, to in (("", ""), ("lag(", ") OVER ()")))
    greater = relation.project(f"lag(1) OVER () IS NULL OR row({here}) > row({before}) AS is_greater")
    ((ascend,),) = greater.aggregate("coalesce(bool_and(is_greater), true)").fetchall()
    return bool(ascend)


def _differ_surely(relation: duckdb.DuckDBPyRelation, key: list[str]) -> bool:
    """Whether the hashes of the keys all differ: then the keys do, and millions need not be laid side by side."""
    columns = ", ".join(f'"{name}"' for name in key)
    ((rows, different),) = relation.aggregate(f"count(*), count(DISTINCT hash({columns}))").fetchall()
    return bool(rows == different)


def _sql_rules(schema: pa.DataFrameSchema) -> list[tuple[str, str]]:
    rules = []
    for name, col in schema.columns.items():
        quoted = f'"{name}"'
        if not col.nullable:
            rules.append((f"{name}: not_nullable", f"{quoted} IS NULL"))
        rules += [(f"{name}: {check.error or check.name}", f"NOT ({_sql_of(quoted, check)})") for check in col.checks]
    return rules


def _sql_of(name: str, check: pa.Check) -> str:
    """The SQL of one of the few checks that our contracts use; a null passes, as in pandera."""
    values = check.statistics
    match check.name:
        case "in_range":
            return f"{name} BETWEEN {_literal(values['min_value'])} AND {_literal(values['max_value'])}"
        case "greater_than_or_equal_to":
            return f"{name} >= {_literal(values['min_value'])}"
        case "less_than_or_equal_to":
            return f"{name} <= {_literal(values['max_value'])}"
        case "isin":
            return f"{name} IN ({', '.join(_literal(value) for value in values['allowed_values'])})"
    raise ContractBroken(f"check '{check.name}' has no SQL; add it to contract._sql_of")


def _literal(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        return f"DATE '{value:%Y-%m-%d}'"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)
