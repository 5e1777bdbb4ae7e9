"""The records of use of care that a figure counted: events, provisions, hours and kinds of solution."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.vocabulary.field import ALL, Law
from pipelines.records.clients import YEAR
from pipelines.records.panel import group_label
from pipelines.tracing.people import SOURCE, Followed, Row, points, with_reasons

USE = ("events", "provisions", "hours", "solutions")
_DAY = {"events": "occurred_on", "provisions": "started_on", "trajectories": "started_on"}


def people_of_use(connection: duckdb.DuckDBPyConnection, row: Row) -> Followed:
    """A total of use: everybody in the group counts, users or not, and every record of theirs while in view."""
    groups = connection.table("groups").df()
    label = pd.Series(ALL, groups.index) if row["slice"] == ALL else group_label(groups, row["slice"])
    counted = label.eq(row["slice_value"]).fillna(value=False)
    people = with_reasons(groups["client_no"], counted, [(~counted, f"hoort niet bij de groep {row['slice_value']}")])
    used, values = used_records(connection, row, is_first_year=False)
    used = used[used["client_no"].isin(groups.loc[counted, "client_no"])].reset_index(drop=True)
    return Followed(people, used, values)


def used_records(
    connection: duckdb.DuckDBPyConnection, row: Row, *, is_first_year: bool
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The records of everybody that count for this use, as points, and the SQL of their value."""
    source = SOURCE[row["subject"]]
    day, value, wanted = _DAY[source], _value(row), _wanted(row)
    in_view = f"{day} <= in_view_until" if source != "trajectories" else "true"
    in_time = f"{day} >= intake_on AND {day} < intake_on + {YEAR}" if is_first_year else "true"
    rows = connection.execute(
        f"""SELECT client_no, {day} AS day, {_what(source)} AS what, ({value})::DOUBLE AS value
        FROM {source} JOIN (SELECT client_no, intake_on, in_view_until FROM groups) USING (client_no)
        WHERE {wanted} AND ({value}) IS NOT NULL AND {in_view} AND {in_time}""",
        {"what": row["what"], "unit": row["unit"]} if "$" in wanted else {},
    ).df()
    return points(source, "counted", rows), {source: value}


def _what(source: str) -> str:
    return {"events": "event_kind", "provisions": "product", "trajectories": "solution_kind"}[source]


def _value(row: Row) -> str:
    """SQL: how much one record counts for."""
    match row["subject"]:
        case "events":
            return "1.0"
        case "provisions":
            return "amount_eur" if row["unit"] == "eur" else "volume"
        case "hours":
            return "hours"
    return "(solution_kind = 'individual')::INTEGER" if row["unit"] == "share" else "1.0"


def _wanted(row: Row) -> str:
    """SQL: the records that the figure is about."""
    is_law = row["what"] in {law.value for law in Law}
    match row["subject"]:
        case "events":
            return "event_kind = $what AND $unit IS NOT NULL"
        case "provisions":
            unit = "$unit = 'eur'" if row["unit"] == "eur" else "unit = $unit"
            if row["what"] == ALL:
                return f"$what = '{ALL}' AND {unit}"
            return f"{'law' if is_law else 'product'} = $what AND {unit}"
        case "hours":
            return "hours IS NOT NULL"
    return "solution_kind IS NOT NULL" if row["unit"] == "share" else "solution_kind = $what AND $unit IS NOT NULL"
