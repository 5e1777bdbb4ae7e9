"""A quick look at whether a frame keeps its contract; what it is not sure of, pandera judges and counts.

pandera takes milliseconds per column whatever the number of rows, and a run looks at some two hundred small tables.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import pandera.pandas as pa


def plainly_kept(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> pd.DataFrame | None:
    """The frame with the types of its contract, where every rule surely holds; otherwise nothing."""
    if schema.checks or list(frame.columns) != list(schema.columns):
        return None
    try:
        typed = frame.astype(_other_types(schema, frame))
    except (TypeError, ValueError):
        return None
    if schema.unique and typed.duplicated(schema.unique).any():
        return None
    return typed if all(_keeps(typed[name], col) for name, col in schema.columns.items()) else None


def _other_types(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> dict[str, Any]:
    """The types of the contract, of the columns that have another."""
    found = frame.dtypes.to_dict()
    wanted = {str(name): _type_of(col) for name, col in schema.columns.items()}
    return {name: kind for name, kind in wanted.items() if found[name] != kind}


def _type_of(col: pa.Column) -> Any:
    """The type that pandera gives a column; of some it names the class only."""
    found = col.dtype.type
    return found() if isinstance(found, type) else found


def _keeps(values: pd.Series, col: pa.Column) -> bool:
    known = values.dropna()
    if len(known) < len(values) and not col.nullable:
        return False
    return all(_passes(known, check) for check in col.checks)


def _passes(known: pd.Series, check: pa.Check) -> bool:
    """Whether all known values pass a check that our contracts use; of another one this cannot say it."""
    bound: dict[str, Any] = check.statistics
    match check.name:
        case "in_range":
            return bool(known.between(bound["min_value"], bound["max_value"]).all())
        case "greater_than_or_equal_to":
            return bool(known.ge(bound["min_value"]).all())
        case "less_than_or_equal_to":
            return bool(known.le(bound["max_value"]).all())
        case "isin":
            return bool(known.isin(list(bound["allowed_values"])).all())
    return False
