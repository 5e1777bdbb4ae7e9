"""Who has a ZRM in an earlier delivery: a delivery that adds to others speaks of their people too."""

from __future__ import annotations

import duckdb

from data_contracts.tables import core as contracts
from pipelines.intake.meeting import lay_before
from pipelines.storage.home import Home
from pipelines.storage.receipts import Receipts
from pipelines.storage.tables import TableStore

_NO_BRIDGE = "SELECT NULL::BIGINT AS client_no, NULL::BIGINT AS client_no_new WHERE false"


def met_before(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Lay for `meetings` the pseudonyms, as they were written, of everybody with a ZRM in a delivery that counts."""
    store, accepted = TableStore(home.tables), [receipt.key for receipt in Receipts(home.receipts).accepted()]
    keys, scored, bridges = (
        store.stored(str(one.name), accepted) for one in (contracts.KEYS, contracts.ASSESSMENTS, contracts.BRIDGE)
    )
    if keys.paths and scored.paths:
        lay_before(
            connection,
            f"""WITH scored AS (SELECT DISTINCT client_no FROM {scored.sql}),
                other AS ({f"SELECT client_no, client_no_new FROM {bridges.sql}" if bridges.paths else _NO_BRIDGE})
            SELECT DISTINCT client_key FROM {keys.sql} WHERE client_no IN (
                FROM scored
                UNION SELECT client_no_new FROM other SEMI JOIN scored USING (client_no)
                UNION SELECT client_no FROM other WHERE client_no_new IN (FROM scored))""",
        )
