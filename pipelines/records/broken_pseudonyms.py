"""Broken pseudonyms: people whose same assessment came twice, under two pseudonyms.

Deliveries add up, so a later one that overlaps an earlier one brings the same assessments again. Under stable
pseudonyms they come back with their own client; where they come back with another one, that person counts as two
people, and every change is cut in half without a word. The same goes for two files of one delivery. A bridge of the key
holder joins the two pseudonyms, and then nothing is broken.

An assessment is known by its day, edition, rater type and all its scores, at least `FEWEST_DOMAINS` of them. Two people
may be alike on one day: how often that is chance follows from how usual the same scores are on other days. What is too
usual tells nothing and is left out.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from data_contracts.tables.core import DOMAIN_COLUMNS
from pipelines.records.bridge import bridge_of
from pipelines.storage.sql import listed
from pipelines.storage.tables import StoredTable

FEWEST_DOMAINS = 6
FEWEST_ASSESSMENTS = 10
# An assessment is usual when so many others like it are to be expected that day.
_USUAL = 0.1
# A count that is chance varies by its root, and by more between files of one delivery, where two rows make one chance.
_ROOTS = 6.0


@dataclass(frozen=True, slots=True)
class Compared:
    """One delivery beside all other files: assessments that stand elsewhere too, and those only under other clients.

    `n_by_chance` of the latter are to be expected when the clients of both files have nothing to do with each other.
    """

    delivery: str
    n_common: int
    n_other: int
    n_by_chance: float

    @property
    def share_broken(self) -> float:
        """The share of common assessments under another client, beyond chance."""
        return max(self.n_other - self.n_by_chance, 0.0) / self.n_common

    def is_broken(self, limit: float) -> bool:
        """More than `limit` stand under another client, and that is no chance."""
        beyond = self.n_other - self.n_by_chance
        return self.share_broken > limit and beyond >= max(FEWEST_ASSESSMENTS, _ROOTS * self.n_by_chance**0.5)


def compared(connection: duckdb.DuckDBPyConnection, assessments: StoredTable, bridges: StoredTable) -> list[Compared]:
    """Every delivery that has assessments in common with another one, or files that have them in common."""
    if not assessments.paths:
        return []
    _lay_bridged(connection, assessments, bridges)
    if len(connection.sql("SELECT DISTINCT delivery, file FROM bridged LIMIT 2").fetchall()) < 2:
        return []  # one file has nothing in common with another
    _see(connection)
    rows = connection.sql(
        """SELECT delivery, count(*) FILTER (n_files > 1), count(*) FILTER (n_files > 1 AND is_alone),
            coalesce(sum(alike_by_chance) FILTER (is_alone), 0)
        FROM seen GROUP BY delivery HAVING count(*) FILTER (n_files > 1) > 0 ORDER BY delivery"""
    ).fetchall()
    return [Compared(*row) for row in rows]


def broken_pseudonyms(
    connection: duckdb.DuckDBPyConnection, assessments: StoredTable, bridges: StoredTable, limit: float
) -> float | None:
    """The largest share of common assessments under another client, where a delivery is broken beyond `limit`."""
    shares = [one.share_broken for one in compared(connection, assessments, bridges) if one.is_broken(limit)]
    return max(shares, default=None)


def n_under_two_pseudonyms(
    connection: duckdb.DuckDBPyConnection, assessments: StoredTable, bridges: StoredTable
) -> int | None:
    """How many people stand under two pseudonyms, beyond chance; None where no assessment came twice.

    Of the pseudonyms that share an assessment the first is the person and the others are counted.
    """
    found = compared(connection, assessments, bridges)
    if not found:
        return None
    n_other, by_chance = sum(one.n_other for one in found), sum(one.n_by_chance for one in found)
    keys = "SELECT count(DISTINCT client_no) FROM seen WHERE client_no > first_client"
    return round(connection.sql(keys).fetchall()[0][0] * max(1 - by_chance / n_other, 0.0)) if n_other else 0


def _lay_bridged(connection: duckdb.DuckDBPyConnection, assessments: StoredTable, bridges: StoredTable) -> None:
    """Table `bridged`: the client, day and `form` of every assessment with enough scores to be known by."""
    scored = " + ".join(f"({name} IS NOT NULL)::INTEGER" for name in DOMAIN_COLUMNS)
    paths = listed(assessments.paths)
    # A delivery that was taken in before files were kept is one file.
    rows = f"""SELECT * FROM read_parquet([{paths}], union_by_name = true)
        UNION ALL BY NAME SELECT NULL::VARCHAR AS file WHERE false"""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE bridged AS
        SELECT DISTINCT delivery, coalesce(file, '') AS file, assessed_on,
            hash(edition, rater_type, {", ".join(DOMAIN_COLUMNS)}) AS form,
            coalesce(b.client_no_new, a.client_no) AS client_no
        FROM ({rows}) a LEFT JOIN ({bridge_of(bridges)}) b USING (client_no) WHERE {scored} >= {FEWEST_DOMAINS}"""
    )


def _see(connection: duckdb.DuckDBPyConnection) -> None:
    """Table `seen`: one row per file and assessment that one client of the file has, and that is not too usual.

    `is_alone`: its client has it in no other file; `first_client`: the lowest number under which it stands.
    """
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE seen AS
        WITH people AS (
            SELECT DISTINCT assessed_on, form, client_no FROM bridged),
        alike AS (
            SELECT assessed_on, form, sum(count(*)) OVER (PARTITION BY form) - count(*) AS n_other_days
            FROM people GROUP BY assessed_on, form),
        days AS (
            SELECT assessed_on, count(*) AS n_that_day, sum(count(*)) OVER () - count(*) AS n_other_days
            FROM people GROUP BY assessed_on),
        own AS (
            SELECT delivery, file, assessed_on, count(*) AS n_own FROM bridged GROUP BY ALL),
        of_one_client AS (
            SELECT delivery, file, assessed_on, form, min(client_no) AS client_no FROM bridged
            GROUP BY ALL HAVING count(*) = 1),
        expected AS (
            SELECT one.*, (n_that_day - n_own) * alike.n_other_days / greatest(days.n_other_days, 1) AS alike_by_chance
            FROM of_one_client one JOIN alike USING (assessed_on, form) JOIN days USING (assessed_on)
            JOIN own USING (delivery, file, assessed_on))
        SELECT delivery, client_no, alike_by_chance, count(*) OVER same AS n_files,
            min(client_no) OVER same AS first_client,
            count(*) OVER (PARTITION BY assessed_on, form, client_no) = 1 AS is_alone
        FROM expected WHERE alike_by_chance < {_USUAL} WINDOW same AS (PARTITION BY assessed_on, form)"""
    )
