"""Per client, life domain and year: whether anything that began then was granted to the client."""

from __future__ import annotations

import duckdb
import pandas as pd

from data_contracts.vocabulary.field import ALL
from data_contracts.vocabulary.provisions import NOT_TOLD


def provisions_given(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    """client_no, team_no, life_domain (`all` for any), year, is_individual: of provisions whose kind is told, in view.

    Per life domain only where a delivery names any; what it says nothing of is then a group of its own.
    """
    return connection.sql(
        f"""WITH told AS (
            SELECT client_no, team_no, year(started_on)::INTEGER AS year, provision_kind = 'individual' AS is_granted,
                coalesce(life_domain, '{NOT_TOLD}') AS life_domain
            FROM provisions JOIN groups USING (client_no)
            WHERE provision_kind IS NOT NULL AND started_on <= in_view_until),
        every AS (
            SELECT * FROM told WHERE EXISTS (FROM told WHERE life_domain <> '{NOT_TOLD}')
            UNION ALL SELECT * REPLACE ('{ALL}' AS life_domain) FROM told)
        SELECT client_no, team_no, life_domain, year, bool_or(is_granted) AS is_individual
        FROM every GROUP BY ALL ORDER BY ALL"""
    ).df()
