"""How clients went on: their measurements in time, who came back, and whose course is no plain one."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.study import Study
from data_contracts.vocabulary.field import DAYS_PER_MONTH
from indicators.designs.clients import Courses
from pipelines.records.ended import ENDED
from pipelines.records.odd_courses import ODD_CLIENTS
from pipelines.records.panel import is_monitoring
from pipelines.records.same_day import score_of_day

# From a fixed day, so that frames of different clients can meet.
ORIGIN = "2000-01-01"
_MONTHS = f"({{}} - DATE '{ORIGIN}') / {DAYS_PER_MONTH}"


def courses(connection: duckdb.DuckDBPyConnection, study: Study) -> Courses:
    """The courses of all clients, from the views assessments, trajectories, teams and groups."""
    odd = frozenset(number for (number,) in connection.sql(ODD_CLIENTS).fetchall())
    return Courses(_measured(connection, study), _returns(connection), odd)


def _measured(connection: duckdb.DuckDBPyConnection, study: Study) -> pd.DataFrame:
    """Measurements by professionals in the first edition, in months; none where nobody is followed afterwards."""
    domains = ", ".join(f"{score_of_day(name, study.same_day)} AS {name}" for name in study.life_domains)
    first_edition = "arg_min(edition, assessed_on) OVER (PARTITION BY client_no)"
    rows = connection.sql(
        f"""WITH ended AS ({ENDED}),
        seen AS (SELECT *, {first_edition} AS first_edition, {is_monitoring(study)} AS is_monitoring
            FROM assessments LEFT JOIN ended USING (client_no)
            WHERE episode_id = 1 AND rater_type = 'professional')
        SELECT client_no, groups.team_no, {_MONTHS.format("assessed_on")} AS months, {domains},
            bool_or(is_monitoring) AS is_monitoring
        FROM seen JOIN groups USING (client_no) WHERE edition = first_edition
        GROUP BY client_no, groups.team_no, assessed_on ORDER BY client_no, assessed_on"""
    ).df()
    return rows if rows["is_monitoring"].any() else rows.head(0)


def _returns(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """client_no, the months at which the client came back (missing: did not) and until when that would be known.

    Coming back is a new episode of assessments. Where a trajectory is known, one must have ended before it: a client
    who was never away but long not measured did not come back.
    """
    return connection.sql(
        f"""WITH again AS (
            SELECT client_no, min(assessed_on) AS again_on FROM assessments WHERE episode_id > 1 GROUP BY client_no),
        closed AS (SELECT client_no, min(ended_on) AS ended_on FROM trajectories GROUP BY client_no)
        SELECT client_no, {_MONTHS.format("in_view_until")} AS seen_until,
            CASE WHEN closed.client_no IS NULL OR ended_on <= again_on THEN {_MONTHS.format("again_on")} END AS returned
        FROM groups LEFT JOIN again USING (client_no) LEFT JOIN closed USING (client_no) ORDER BY client_no"""
    ).df()
