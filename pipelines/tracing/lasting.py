"""How long a result lasts: the clients who came to 'voldoende zelfredzaam', and every measurement of theirs."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.study import Study
from data_contracts.vocabulary.field import DAYS_PER_MONTH
from indicators.lasting.estimates import takes_part
from pipelines.records.courses import ORIGIN, courses
from pipelines.tracing.people import Followed, Row, points, score_value, with_reasons
from reports.language import terms


def people_of_what_lasts(connection: duckdb.DuckDBPyConnection, study: Study, row: Row) -> Followed:
    """A share that lasts so many months: from the same courses as the estimate."""
    life_domain = str(row["life_domain"])
    course = courses(connection, study).measured
    scored = course[course[life_domain].notna()]
    taken = takes_part(course, life_domain)
    client = connection.sql("SELECT client_no FROM groups ORDER BY client_no").df()["client_no"]
    people = with_reasons(
        client,
        client.isin(taken),
        [
            (~client.isin(scored["client_no"]), f"geen score op {terms.domain(life_domain)}"),
            (~client.isin(taken), "kwam niet op 'voldoende zelfredzaam', of is daarna niet meer gemeten"),
        ],
    )
    mine = scored[scored["client_no"].isin(taken)]
    day = pd.Timestamp(ORIGIN) + pd.to_timedelta((mine["months"] * DAYS_PER_MONTH).round(), unit="D")
    used = points("assessments", "counted", mine.assign(day=day, value=mine[life_domain].astype("float64")))
    return Followed(people, used, {"assessments": score_value("zrm", life_domain)}, life_domain)
