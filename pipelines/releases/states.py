"""Who contributed what in every state that was published, and what changed from the one to the next, in the engine.

closed/ledger/people/<release>.parquet   what a release changed in the state of the release before it

There are a few hundred outcomes of some sixty letters, for millions of rows: as text they would take most of the time
and memory, so in the engine they are of a closed list, the type `figure`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from pipelines.storage.sql import listed, quoted

_SAME = "a.contribution = b.contribution AND a.beside = b.beside AND a.slice_value IS NOT DISTINCT FROM b.slice_value"


def as_figures(connection: duckdb.DuckDBPyConnection, outcomes: str) -> None:
    """The type `figure` of this engine: the outcomes that this SQL gives, in order."""
    connection.execute(f"CREATE OR REPLACE TYPE figure AS ENUM (SELECT DISTINCT outcome FROM ({outcomes}) ORDER BY 1)")


def of_state(state: Path, *, as_figure: bool = True) -> str:
    """SQL: the rows of a file, with outcomes of the type `figure` or as text."""
    outcome = "outcome::figure AS outcome" if as_figure else "outcome"
    return f"""SELECT client_no, {outcome}, contribution, beside, slice_value FROM read_parquet({quoted(state)})"""


def changes_since(
    connection: duckdb.DuckDBPyConnection, published: Sequence[Path], state: Path
) -> duckdb.DuckDBPyRelation:
    """What `state` changes in the last of the `published` states; its outcomes are of the type `figure`.

    A client without a row now has one without values.
    """
    as_figures(connection, f"SELECT outcome FROM read_parquet([{listed([*published, state])}])")
    now = of_state(state)
    latest = f"{now} LIMIT 0"
    if published:
        latest = f"FROM ({spans(published, as_figure=True)}) WHERE until = {len(published) + 1}"
    return connection.sql(
        f"""SELECT coalesce(a.client_no, b.client_no) AS client_no, coalesce(a.outcome, b.outcome) AS outcome,
            a.contribution, a.beside, a.slice_value
        FROM ({now}) a FULL JOIN ({latest}) b USING (client_no, outcome)
        WHERE ({_SAME}) IS NOT TRUE AND (a.contribution IS NOT NULL OR b.contribution IS NOT NULL)"""
    )


def spans(published: Sequence[Path], *, as_figure: bool = False) -> str:
    """SQL: every row with the states in which it held: from `since` (1, 2, ..) to before `until`.

    Most rows stand in the first state alone: these are not put in order with the others.
    """
    first, *later = (of_state(path, as_figure=as_figure) for path in published)
    end = len(published) + 1
    if not later:
        return f"SELECT *, 1 AS since, {end} AS until FROM ({first})"
    moved = " UNION ALL ".join(f"SELECT *, {at} AS since FROM ({rows})" for at, rows in enumerate(later, start=2))
    return f"""WITH later AS ({moved}), first AS (SELECT *, 1 AS since FROM ({first})),
        again AS (FROM first SEMI JOIN later USING (client_no, outcome) UNION ALL FROM later)
        SELECT *, {end} AS until FROM first ANTI JOIN later USING (client_no, outcome)
        UNION ALL SELECT *, coalesce(lead(since) OVER (PARTITION BY client_no, outcome ORDER BY since), {end}) AS until
        FROM again"""
