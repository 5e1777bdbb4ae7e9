"""D in bulk: how many people contribute otherwise to a cell now than in each earlier state of it.

Of every contribution the stretch of states is known in which it held. Where it is not what it is now, its client counts
in all of these states at once: as one at the beginning and minus one after the end, so that forty states cost little
more than one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.gate.ledger import DISTANCES
from data_contracts.gate.named_teams import TEAM
from data_contracts.tables.contributions import EVERY_GROUP
from data_contracts.vocabulary.field import ALL
from pipelines.releases.people import is_divided
from pipelines.releases.states import changes_since, of_state

_IS_FIGURE = "starts_with(outcome, '[')"  # else it is the name of a slice
_EVERY = "outcome, slice, slice_value, since, until, differs, beside"


def distances(
    connection: duckdb.DuckDBPyConnection, published: Sequence[Path], state: Path, wanted: pd.DataFrame
) -> pd.DataFrame:
    """closed_gate__distances of the states in `wanted`: release_id, table_name, key, `state` (1, 2, ..) and the cell.

    A cell is outcome, slice and slice_value; `published` are the changes of each state, `state` is that of now.
    """
    if not published or wanted.empty:
        return empty_frame(DISTANCES)
    connection.register("wanted", wanted)
    _lay_out(connection, published, state)
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE steps AS
        WITH pieces AS (
            SELECT {_EVERY} FROM of_everybody
            UNION ALL SELECT outcome, slice, was_in, since, until, differs, beside FROM of_groups
                WHERE was_in = is_in AND (differs OR beside)
            UNION ALL SELECT outcome, slice, was_in, since, until, true, true FROM of_groups
                WHERE was_in IS DISTINCT FROM is_in AND was_in IS NOT NULL AND was IS NOT NULL
            UNION ALL SELECT outcome, slice, is_in, since, until, true, true FROM of_groups
                WHERE was_in IS DISTINCT FROM is_in AND is_in IS NOT NULL AND is_now IS NOT NULL
            UNION ALL SELECT outcome, slice, '{EVERY_GROUP}', since, until,
                differs OR was_in IS DISTINCT FROM is_in, true FROM of_groups
                WHERE slice = '{TEAM}' AND ((was IS NOT NULL AND was_in IS NOT NULL)
                    OR (is_now IS NOT NULL AND is_in IS NOT NULL)))
        SELECT outcome, slice, slice_value, state, sum(differs)::BIGINT AS differs, sum(beside)::BIGINT AS beside FROM (
            SELECT outcome, slice, slice_value, since AS state, differs::INT differs, beside::INT beside FROM pieces
            UNION ALL SELECT outcome, slice, slice_value, until, -differs::INT, -beside::INT FROM pieces)
        GROUP BY ALL"""
    )
    found = connection.sql(
        """SELECT release_id, table_name, key, coalesce(sum(differs), 0)::INTEGER AS n_differ,
            coalesce(sum(beside), 0)::INTEGER AS n_beside
        FROM wanted w LEFT JOIN steps s ON w.outcome = s.outcome AND w.slice = s.slice
            AND w.slice_value = s.slice_value AND s.state <= w.state
        GROUP BY release_id, table_name, key ORDER BY release_id, table_name, key"""
    ).df()
    return found.astype(empty_frame(DISTANCES).dtypes.to_dict())


def _lay_out(connection: duckdb.DuckDBPyConnection, published: Sequence[Path], state: Path) -> None:
    """Tables of_everybody and of_groups: contributions that are not what they are now, with where they counted."""
    _changed(connection, published, state)
    last = len(published) + 1
    # Before its first row, and where it has none at all, a contribution was missing.
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE compared AS
        WITH held AS (
            SELECT *, coalesce(lead(since) OVER states, {last + 1}) AS until, lag(since) OVER states AS before
            FROM changed WINDOW states AS (PARTITION BY client_no, outcome ORDER BY since)),
        every AS (
            SELECT client_no, outcome, contribution, beside, slice_value, since, least(until, {last}) AS until
            FROM held WHERE since < {last}
            UNION ALL SELECT client_no, outcome, NULL, NULL, NULL, 1, since
            FROM held WHERE since > 1 AND before IS NULL)
        SELECT e.client_no, e.outcome, e.since, e.until, e.contribution AS was, n.contribution AS is_now,
            e.slice_value AS was_in, n.slice_value AS is_in,
            e.contribution IS DISTINCT FROM n.contribution AS differs, e.beside IS DISTINCT FROM n.beside AS beside
        FROM every e JOIN (FROM held WHERE until = {last + 1}) n USING (client_no, outcome)"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE of_everybody AS
        SELECT outcome, '{ALL}' AS slice, '{ALL}' AS slice_value, since, until, differs, beside FROM compared
        WHERE {_IS_FIGURE} AND (differs OR beside)"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE of_groups AS
        WITH groups AS (SELECT *, outcome AS slice FROM compared WHERE NOT {_IS_FIGURE}),
        moved AS (SELECT client_no FROM groups WHERE was_in IS DISTINCT FROM is_in),
        divided AS (
            SELECT * FROM compared WHERE (differs OR beside OR client_no IN (FROM moved))
            AND ({is_divided("outcome")}))
        SELECT d.outcome, g.slice, greatest(d.since, g.since) AS since, least(d.until, g.until) AS until,
            d.was, d.is_now, g.was_in, g.is_in, d.differs, d.beside
        FROM divided d JOIN groups g ON d.client_no = g.client_no
            AND greatest(d.since, g.since) < least(d.until, g.until)
        WHERE d.differs OR d.beside OR g.was_in IS DISTINCT FROM g.is_in"""
    )


def _changed(connection: duckdb.DuckDBPyConnection, published: Sequence[Path], state: Path) -> None:
    """Table `changed`: every row of the states with the first state in which it held; that of now is the last.

    What is as it was from the first state on is left out, but for groups, and for who came to another group.
    """
    changes_since(connection, published, state).create_view("changes", replace=True)
    first, *later = (of_state(path) for path in published)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE changed AS SELECT *, {len(published) + 1} AS since FROM changes")
    for at, rows in enumerate(later, start=2):
        connection.execute(f"INSERT INTO changed SELECT *, {at} FROM ({rows})")
    connection.execute(
        f"""INSERT INTO changed SELECT *, 1 FROM ({first}) f WHERE NOT {_IS_FIGURE}
        OR client_no IN (SELECT client_no FROM changed WHERE NOT {_IS_FIGURE})
        OR EXISTS (FROM changed c WHERE c.client_no = f.client_no AND c.outcome = f.outcome)"""
    )
