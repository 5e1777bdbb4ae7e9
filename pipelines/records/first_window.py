"""A person's timeline is anchored to the trajectory: which measurements belong to it, in SQL.

What was measured long before the first trajectory belongs to something earlier and is no baseline; it would also move
the day of intake and the cohort. Without a trajectory nobody knows, and every measurement counts.
"""

from __future__ import annotations

from data_contracts.study import FirstMeasurement


def with_outside(rows: str, day: str, window: FirstMeasurement) -> str:
    """SQL: `rows` and `is_outside`, from the view trajectories.

    Outside lies what is earlier than the window round the start; and everything of a person whose first measurement
    after that comes later than the window, where it has an end.
    """
    started = "SELECT client_no, min(started_on) AS trajectory_on FROM trajectories GROUP BY client_no"
    early = f"""SELECT r.*, trajectory_on,
            coalesce({day} < trajectory_on - INTERVAL {window.months_before} MONTH, false) AS is_early
        FROM ({rows}) r LEFT JOIN ({started}) USING (client_no)"""
    is_late = "false"
    if window.months_after is not None:
        first = f"min({day}) FILTER (WHERE NOT is_early) OVER (PARTITION BY client_no)"
        is_late = f"coalesce({first} > trajectory_on + INTERVAL {window.months_after} MONTH, false)"
    return f"SELECT * EXCLUDE (trajectory_on, is_early), is_early OR {is_late} AS is_outside FROM ({early})"


def inside(rows: str, day: str, window: FirstMeasurement) -> str:
    """SQL: the rows that belong to the trajectory."""
    return f"SELECT * EXCLUDE (is_outside) FROM ({with_outside(rows, day, window)}) WHERE NOT is_outside"
