"""Contract of the list of figures that were put right, and which tables may have one in it."""

from __future__ import annotations

import pandera.pandas as pa

from data_contracts.contract import contract, number, text
from data_contracts.tables.mkba_balance import BALANCE, HEADLINE, PARTIES
from data_contracts.tables.released import JOINT, RELEASED_TABLES
from data_contracts.vocabulary.errata import Cause

REVISED = contract(
    "out_release__revised",  # one row per figure that another one stands for in a release that was rectified
    {
        "table_name": text(),
        "key": text(),  # the key of the row, as one JSON text
        "figure": text(),  # the column
        "was": number(),
        "now": number(),
        "revised_from": text(),  # the release in which the old figure stands
        "cause": text(*Cause),
    },
    key=["table_name", "key", "figure"],
)
# A joint distribution is marked in the estimates that it is about; what has no key column or figure has no mark.
_MONEY = {str(one.name): one for one in (HEADLINE, BALANCE, PARTIES)}
MARKED = {name: schema for name, schema in {**RELEASED_TABLES, **_MONEY}.items() if name != JOINT.name}


def wrong_by(cause: Cause) -> dict[str, pa.DataFrameSchema]:
    """The tables that this cause can have made wrong: no measured figure hangs on a price."""
    return _MONEY if cause is Cause.PRICE else MARKED
