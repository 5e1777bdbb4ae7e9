"""When the help of a first episode ended: what is measured more than a month later is the monitoring phase.

Help that still runs has not ended, whatever ended before it. Only trajectories that began before the last measurement
of the first episode count: who came back years later says nothing about how the first help ended.
"""

from __future__ import annotations

ENDED = """
    SELECT client_no, CASE WHEN bool_or(ended_on IS NULL) THEN NULL ELSE max(ended_on) END AS ended_on
    FROM trajectories LEFT JOIN (
        SELECT client_no, max(assessed_on) AS last_on FROM assessments WHERE episode_id = 1 GROUP BY client_no
    ) USING (client_no)
    WHERE last_on IS NULL OR started_on <= last_on
    GROUP BY client_no"""
