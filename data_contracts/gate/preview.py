"""What the gate would at most let out of a question that a researcher asked: rounded counts of people, with labels.

A count is a whole number in a column whose name is n or begins with n_. Not in it: the audit over everything that was
published and the ledger of earlier releases, which can only hide more.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from data_contracts.gate.admission import objection
from data_contracts.gate.rounding import rounded_count
from data_contracts.protection import Thresholds

Flags = NDArray[np.bool_]
HIDDEN = "·"
_YEARS = range(1990, 2101)


def previewed(answer: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """The answer as text: counts under the threshold hidden, the others rounded, and nothing else but labels and years.

    With one row hidden the next smallest goes too: beside a total it would tell the first.
    """
    counts = [name for name in answer if _is_count(str(name), answer[name])]
    if not counts:
        return pd.DataFrame(HIDDEN, index=answer.index, columns=answer.columns)
    numbers = answer[counts].fillna(0).astype("int64")
    smallest = numbers.min(axis=1).to_numpy()
    shown = smallest >= _thresholds(answer, thresholds).to_numpy()
    if (~shown).sum() == 1 and shown.any():
        shown[np.where(shown, smallest, np.iinfo(np.int64).max).argmin()] = False
    told = {name: _column(answer[name], name in counts, shown, thresholds.round_to) for name in answer}
    return pd.DataFrame(told, index=answer.index)


def _is_count(name: str, column: pd.Series) -> bool:
    return (name == "n" or name.startswith("n_")) and pd.api.types.is_integer_dtype(column.dtype)


def _thresholds(answer: pd.DataFrame, thresholds: Thresholds) -> pd.Series:
    """Per row; where no life domain is named the stricter one, because it may be about a sensitive one."""
    if "life_domain" not in answer:
        return pd.Series(thresholds.sensitive_clients, index=answer.index)
    return answer["life_domain"].astype(str).map(thresholds.of)


def _column(column: pd.Series, is_count: bool, shown: Flags, base: int) -> list[str]:
    if is_count:
        rounded = rounded_count(column.fillna(0).to_numpy(dtype=np.int64), base)
        return [str(n) if keep else HIDDEN for n, keep in zip(rounded, shown, strict=True)]
    return [str(value) if _is_label(value) else HIDDEN for value in column]


def _is_label(value: object) -> bool:
    if isinstance(value, int | np.integer):
        return int(value) in _YEARS
    return isinstance(value, str) and objection(value, is_declared=True) is None
