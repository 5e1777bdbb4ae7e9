"""Which figures of a table are others than in a release that was rectified."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import NDArray
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from data_contracts.contract import canonical
from data_contracts.tables.released_parts import Status

Floats = NDArray[np.float64]


def revised_figures(contract: pa.DataFrameSchema, now: pd.DataFrame, since: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Key, figure, was and now of each figure that was another in the first of `since`; the index is its row in `now`.

    `since` are the same table in the rectified release and in all that were published after it. A row in which yet
    another figure stood in between was put right by that one, and is left out; so is one that shows an old figure.
    """
    figures = [str(name) for name, column in now.items() if name not in contract.unique and _is_figure(column)]
    keys = _keys(contract, now)
    new = now[figures].to_numpy(np.float64, na_value=np.nan)
    old, *later = (_figures(contract, frame, figures, keys) for frame in since)
    differs = ~np.isnan(new) & ~np.isnan(old) & (new != old)
    for frame in later:
        other = ~np.isnan(frame) & (frame != old) & (frame != new)
        differs &= ~other.any(axis=1)[:, None]
    if "status" in now:
        differs &= (now["status"] != Status.HELD).to_numpy()[:, None]
    rows, columns = np.nonzero(differs)
    return pd.DataFrame(
        {
            "key": [key_of(contract, now.iloc[row]) for row in rows],
            "figure": [figures[column] for column in columns],
            "was": old[rows, columns],
            "now": new[rows, columns],
        },
        index=now.index[rows],
    )


def key_of(contract: pa.DataFrameSchema, row: pd.Series) -> str:
    """The key of a row as it stands in the list of what was put right."""
    return canonical({name: None if pd.isna(row[name]) else str(row[name]) for name in contract.unique})


def _keys(contract: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.Index:
    return pd.Index([key_of(contract, row) for _, row in frame[contract.unique].iterrows()], dtype="str")


def _is_figure(column: pd.Series) -> bool:
    return is_numeric_dtype(column.dtype) and not is_bool_dtype(column.dtype)


def _figures(contract: pa.DataFrameSchema, frame: pd.DataFrame, figures: list[str], keys: pd.Index) -> Floats:
    """The figures of these keys as real numbers; of a column or a row that is not there nothing is known."""
    known = frame.set_index(_keys(contract, frame)).reindex(columns=figures)
    return known.reindex(keys).to_numpy(np.float64, na_value=np.nan)
