"""Every out_mkba__ table, and rows of the engine as frames that keep their contract."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import empty_frame
from data_contracts.tables import mkba_balance, mkba_choice

MKBA_TABLES = {
    schema.name: schema
    for module in (mkba_balance, mkba_choice)
    for schema in vars(module).values()
    if isinstance(schema, pa.DataFrameSchema)
}


def mkba_frames(rows: Mapping[str, Sequence[Mapping[str, object]]]) -> dict[str, pd.DataFrame]:
    """Every table of MKBA_TABLES as a frame that keeps its contract; euros to the cent.

    The engine gives rows and knows no database; the contracts, which do, stay on this side.
    """
    return {name: _frame(schema, rows.get(name, [])) for name, schema in MKBA_TABLES.items()}


def _frame(schema: pa.DataFrameSchema, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    if not rows:
        return empty_frame(schema)
    frame = pd.DataFrame(rows, columns=list(schema.columns))
    frame = frame.astype({name: str(column.dtype) for name, column in schema.columns.items()})
    euros = [name for name in schema.columns if name.endswith("_eur")]
    frame[euros] = frame[euros].round(2) + 0.0  # no "-0.00" in a report
    return frame
