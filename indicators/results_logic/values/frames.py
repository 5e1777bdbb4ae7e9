"""Rows as a frame that has the columns and types of its contract."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa

from data_contracts.contract import empty_frame


def frame_of(schema: pa.DataFrameSchema, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The frame; an absent value stays missing."""
    return pd.DataFrame(rows, columns=list(schema.columns)).astype(empty_frame(schema).dtypes.to_dict())
