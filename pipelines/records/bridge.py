"""Pseudonyms of one person as one: the bridges of the key holder, followed to their end."""

from __future__ import annotations

from pipelines.storage.tables import StoredTable

_LONGEST = 100  # bridges of one person one after the other; a circle ends here


def bridge_of(bridges: StoredTable) -> str:
    """SQL: client_no and client_no_new, under which that person counts today, for who has more than one pseudonym.

    A person may get a new pseudonym more than once.
    """
    return f"""WITH RECURSIVE steps AS (
            SELECT client_no, min(client_no_new) AS following FROM {bridges.sql} GROUP BY client_no),
        walk AS (
            SELECT client_no, following, 1 AS n_steps FROM steps
            UNION ALL SELECT walk.client_no, steps.following, n_steps + 1
                FROM walk JOIN steps ON steps.client_no = walk.following
                WHERE n_steps < {_LONGEST} AND steps.following <> walk.client_no)
        SELECT client_no, arg_max(following, n_steps) AS client_no_new FROM walk GROUP BY client_no"""
