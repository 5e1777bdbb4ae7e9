"""What one client adds to one figure, as whole numbers that are the same exactly where the contribution is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from data_contracts.contract import empty_frame
from data_contracts.tables.contributions import CONTRIBUTIONS
from indicators.arrays import Integers

LEVELS = 16  # more than any scale has


@dataclass(frozen=True, slots=True)
class Added:
    """One outcome: who adds to it (N,), what (N,), and what else the figure may hang on (N,), if anything."""

    outcome: str
    client_no: Integers
    contribution: Integers
    beside: Integers | None = None


def as_contributions(added: Sequence[Added]) -> pd.DataFrame:
    """closed_gate__contributions of these outcomes."""
    if not added:
        return empty_frame(CONTRIBUTIONS)
    codes = np.repeat(np.arange(len(added)), [len(one.client_no) for one in added])
    names = pd.Categorical.from_codes(codes, pd.Index([one.outcome for one in added]))
    has_beside = np.concatenate([np.full(len(one.client_no), one.beside is not None) for one in added])
    beside = np.concatenate([one.contribution if one.beside is None else one.beside for one in added])
    return pd.DataFrame(
        {
            "outcome": names,
            "client_no": np.concatenate([one.client_no for one in added]).astype(np.int64),
            "contribution": np.concatenate([one.contribution for one in added]).astype(np.int64),
            "beside": pd.Series(beside.astype(np.int64)).astype("Int64").where(has_beside),
        }
    )


def as_code(values: object) -> Integers:
    """Real numbers as whole ones that are the same exactly where the numbers are; minus zero is zero."""
    return (np.asarray(values, dtype=np.float64) + 0.0).view(np.int64)


def as_one_code(owner: Integers, code: Integers, n_owners: int) -> Integers:
    """One number for all codes of each owner, in whatever order they come."""
    with np.errstate(over="ignore"):
        mixed = (code.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed ^= mixed >> np.uint64(32)
        total = np.zeros(n_owners, np.uint64)
        np.add.at(total, owner, mixed)
    return total.view(np.int64)


def of_all(columns: pd.DataFrame) -> Integers:
    """One number per row for everything in it."""
    return pd.util.hash_pandas_object(columns, index=False).to_numpy(np.uint64).view(np.int64)
