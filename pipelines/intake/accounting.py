"""The account of a delivery: rows in = accepted + quarantined + exact duplicates + left out, per file."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.errors import ContractBroken
from data_contracts.study import Study
from data_contracts.tables.intake import ACCOUNTING
from data_contracts.vocabulary.reasons import ACCEPTED, EXACT_DUPLICATE, LEFT_OUT, NOT_QUARANTINED
from pipelines.intake.core import conforming, padded, typed_rows
from pipelines.intake.reading.texts import Rules


def accounting(
    connection: duckdb.DuckDBPyConnection, raws: dict[str, duckdb.DuckDBPyRelation], delivery_key: str, rules: Rules
) -> duckdb.DuckDBPyRelation:
    """core_intake__accounting; raises ContractBroken when a row is unaccounted for."""
    parts = []
    for table, raw in raws.items():
        raw.to_view(f"raw_{table}", replace=True)
        parts.append(
            f"""SELECT file, '{table}' AS table_name, count(*) AS rows,
                count(*) FILTER (WHERE verdict = '{ACCEPTED}') AS accepted,
                count(*) FILTER (WHERE verdict NOT IN {NOT_QUARANTINED}) AS quarantined,
                count(*) FILTER (WHERE verdict = '{EXACT_DUPLICATE}') AS exact_duplicates,
                count(*) FILTER (WHERE verdict = '{LEFT_OUT}') AS left_out,
                coalesce(sum(n_blanked) FILTER (WHERE verdict = '{ACCEPTED}'), 0) AS blanked_scores
            FROM raw_{table} GROUP BY file"""
        )
    connection.execute("SET VARIABLE delivery_key = $key", {"key": delivery_key})
    unused = unused_assessments(connection, raws["assessments"], rules)
    query = f"""SELECT getvariable('delivery_key')::VARCHAR AS delivery, counted.*, coalesce(unused.n, 0) AS not_used
        FROM ({" UNION ALL ".join(parts)}) AS counted LEFT JOIN ({unused}) AS unused USING (file)"""
    result = conforming(connection, query, ACCOUNTING.name)
    unbalanced = result.filter("rows <> accepted + quarantined + exact_duplicates + left_out")
    unbalanced = unbalanced.aggregate("count(*)").fetchall()[0][0]
    if unbalanced:
        raise ContractBroken(f"core_intake__accounting: {unbalanced} bestanden waarvan de regels niet optellen")
    return result


def unused_assessments(connection: duckdb.DuckDBPyConnection, raw: duckdb.DuckDBPyRelation, rules: Rules) -> str:
    """SQL with file, n: accepted rows without a score on any life domain that the study uses."""
    typed = typed_rows(connection, raw, "assessments", rules)
    if typed is None:
        return "SELECT NULL::VARCHAR AS file, 0 AS n WHERE false"
    return f"SELECT file, count(*) AS n FROM ({padded(typed)}) WHERE {has_no_score(rules.study)} GROUP BY file"


def has_no_score(study: Study) -> str:
    """SQL on `padded` rows: no score on any life domain that the study uses."""
    listed = [domain.value for domain in study.life_domains]
    wide = " AND ".join(f"{name} IS NULL" for name in listed)
    domains = ", ".join(f"'{name}'" for name in listed)
    return f"CASE WHEN life_domain IS NULL THEN {wide} ELSE score IS NULL OR life_domain NOT IN ({domains}) END"


def by_reason(quarantine: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """file, reason, rows."""
    return quarantine.aggregate("file, reason, count(*)::INTEGER AS rows", "file, reason").order("file, reason").df()
