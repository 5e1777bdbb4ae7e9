"""Clients whose course is no plain one: two teams at once, those who came back, and who stands there twice.

The declared rules stay as they are: a client counts for the team of the first record, and the first episode is what is
analysed. The counts say of how many clients that leaves something out. Without trajectories nobody knows who was with
two teams; who came back is known from a long gap between assessments only.
"""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from data_contracts.tables.contributions import outcome_name
from indicators.contributions import Added
from pipelines.records.broken_pseudonyms import n_under_two_pseudonyms
from pipelines.storage.tables import StoredTable

# Reads the views trajectories, teams and assessments; merged teams count as one.
_ODD = """stays AS (
        SELECT client_no, coalesce(t.counted_as, s.team_no) AS team_no, started_on,
            coalesce(ended_on, DATE '9999-12-31') AS ended_on
        FROM trajectories s LEFT JOIN teams t USING (team_no) WHERE s.team_no IS NOT NULL),
    odd AS (
        SELECT DISTINCT a.client_no, 'two_teams_at_once' AS what
        FROM stays a JOIN stays b ON a.client_no = b.client_no AND a.team_no < b.team_no
            AND a.started_on < b.ended_on AND b.started_on < a.ended_on
        UNION ALL SELECT DISTINCT client_no, 'came_back' FROM assessments WHERE episode_id > 1)"""
# Reads the view groups too.
ODD_COURSES = f"""WITH {_ODD}
    SELECT what, (SELECT count(*) FROM groups)::INTEGER AS n_clients, count(client_no)::INTEGER AS n_odd
    FROM (VALUES ('two_teams_at_once'), ('came_back')) kinds(what) LEFT JOIN odd USING (what)
    WHERE what = 'came_back' OR EXISTS (SELECT 1 FROM stays) GROUP BY what ORDER BY what"""

ODD_CLIENTS = f"WITH {_ODD} SELECT DISTINCT client_no FROM odd ORDER BY client_no"


def odd_contributions(connection: duckdb.DuckDBPyConnection) -> Iterator[Added]:
    """Whether each client is odd, per kind; of two pseudonyms only a number is known, which rests on chance."""
    rows = connection.sql(
        f"""WITH {_ODD} SELECT what, client_no, (odd.client_no IS NOT NULL)::BIGINT AS is_odd
        FROM groups CROSS JOIN (SELECT DISTINCT what FROM (VALUES ('two_teams_at_once'), ('came_back')) k(what))
        LEFT JOIN odd USING (what, client_no) ORDER BY ALL"""
    ).df()
    for what, own in rows.groupby("what"):
        yield Added(outcome_name("odd", [what]), own["client_no"].to_numpy(), own["is_odd"].to_numpy())


def odd_courses(
    connection: duckdb.DuckDBPyConnection, assessments: StoredTable, bridges: StoredTable
) -> duckdb.DuckDBPyRelation:
    """est_quality__odd_courses, from the views and from all delivered assessments and bridges.

    Two pseudonyms are counted where files overlap; without that nobody knows.
    """
    counted = connection.sql(ODD_COURSES)
    doubled = n_under_two_pseudonyms(connection, assessments, bridges)
    if doubled is None:
        return counted
    whole = "(SELECT count(*) FROM groups)::INTEGER"
    return counted.union(
        connection.sql(f"SELECT 'two_pseudonyms' AS what, {whole} AS n_clients, {doubled}::INTEGER AS n_odd")
    )
