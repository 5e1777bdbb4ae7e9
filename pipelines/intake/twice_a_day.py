"""How often one client has different scores on one life domain and one day: which of them holds, the file does not say."""

from __future__ import annotations

import duckdb

from data_contracts.tables.core import DOMAIN_COLUMNS


def scored_otherwise(assessments: duckdb.DuckDBPyRelation) -> int:
    """The pairs of a client's day and a life domain with more than one score, of one edition and one kind of rater."""
    domains = [name for name in DOMAIN_COLUMNS if name in assessments.columns]
    differ = " + ".join(f"coalesce(min({name}) <> max({name}), false)::INT" for name in domains)
    days = assessments.aggregate(f"{differ} AS n", "client_no, assessed_on, edition, rater_type")
    ((n,),) = days.aggregate("coalesce(sum(n), 0)::INT").fetchall()
    return int(n)
