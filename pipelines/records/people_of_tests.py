"""What each client adds to the test of a link and to the spread over teams: closed_gate__logic_contributions."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.contributions import LOGIC_CONTRIBUTIONS
from indicators.contributions import as_one_code, of_all
from pipelines.records.panel import group_label

_SLICES = ("team", "team+cohort")


def people_of_tests(
    connection: duckdb.DuckDBPyConnection, contributions: str, groups: pd.DataFrame, rests: pd.DataFrame
) -> pd.DataFrame:
    """One code per figure and client of all that the figure sees of this client, and in which group.

    `contributions` is SQL for closed_gate__contributions, `rests` says on which outcomes of which groups a figure rests
    (rests_on.py). Who is in no such group adds nothing.
    """
    members = pd.concat(
        [
            pd.DataFrame({"client_no": groups["client_no"], "slice": name, "slice_value": group_label(groups, name)})
            for name in _SLICES
        ]
    )
    connection.register("tested_members", members.dropna())
    connection.register("tested_on", rests)
    rows = connection.sql(
        f"""SELECT figure, c.client_no, c.outcome, m.slice_value, c.contribution, coalesce(c.beside, 0) AS beside
        FROM tested_on t JOIN ({contributions}) c ON c.outcome = t.outcome
        JOIN tested_members m ON m.client_no = c.client_no AND m.slice = t.slice AND m.slice_value = t.slice_value"""
    ).df()
    if rows.empty:
        return empty_frame(LOGIC_CONTRIBUTIONS)
    codes = of_all(rows[["outcome", "slice_value", "contribution", "beside"]])
    owners = rows.groupby(["figure", "client_no"], sort=True).ngroup().to_numpy()
    one = rows.assign(owner=owners).drop_duplicates("owner").sort_values("owner")
    code = as_one_code(owners, codes, len(one))
    return pd.DataFrame(
        {"outcome": one["figure"].to_numpy(), "client_no": one["client_no"].to_numpy(), "contribution": code}
    ).assign(beside=pd.Series(pd.NA, range(len(one)), dtype="Int64"))
