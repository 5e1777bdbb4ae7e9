"""Assessments that count, per episode of a client."""

from __future__ import annotations

import duckdb

from data_contracts.study import Study
from data_contracts.tables.core import DOMAIN_COLUMNS
from pipelines.records.first_window import with_outside


def with_episodes(
    connection: duckdb.DuckDBPyConnection, assessments: duckdb.DuckDBPyRelation, study: Study
) -> duckdb.DuckDBPyRelation:
    """Assessments with the domains that the study lists today and an episode number; reads the view trajectories.

    Episode 0 lies outside the window round the first trajectory (first_window.py). A new episode begins after a gap of
    more than `new_episode_after_months` without an assessment: the client came back.
    """
    assessments.to_view("all_assessments", replace=True)
    gone = [name for name in DOMAIN_COLUMNS if name not in study.life_domains]
    blanked = "".join(f", NULL::TINYINT AS {name}" for name in gone)
    columns = ", ".join(assessments.columns)
    placed = with_outside("SELECT * FROM all_assessments", "assessed_on", study.first_measurement)
    gap = f"INTERVAL {study.new_episode_after_months} MONTH"
    return connection.sql(
        f"""WITH gaps AS (
            SELECT *, assessed_on > lag(assessed_on) OVER client + {gap} AS comes_back
            FROM ({placed}) WINDOW client AS (PARTITION BY client_no, is_outside ORDER BY assessed_on)),
        counted AS (
            SELECT * REPLACE ((CASE WHEN is_outside THEN 0 ELSE 1 + count(*) FILTER (WHERE comes_back) OVER (
                PARTITION BY client_no, is_outside ORDER BY assessed_on) END)::SMALLINT AS episode_id{blanked})
            FROM gaps)
        SELECT {columns} FROM counted ORDER BY ALL"""
    )
